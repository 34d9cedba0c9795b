import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

import { createSafeDb, SafeCollection } from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { userView } from '../support/worlds.ts';
import { testServer } from '../write/support/server.ts';

const server = testServer();
const key = randomBytes(32);
const text = key.toString('base64url');

const make = {
  createSafeDb: (sealKeys: unknown): object => createSafeDb(server.db, { users: userView }, { sealKeys } as never),
  'new SafeCollection': (sealKeys: unknown): object =>
    new SafeCollection(server.db.collection('users') as never, userView, { sealKeys } as never),
};

const GIVEN: Readonly<Record<string, unknown>> = {
  'a Buffer': [key],
  'a Uint8Array': [new Uint8Array(key)],
  base64url: [text],
  'several keys': [randomBytes(32), text, new Uint8Array(32).fill(3)],
  undefined: undefined,
};

/** Each with the code of its refusal. */
const REFUSED: Readonly<Record<string, readonly [keys: unknown, code: string]>> = {
  'no key': [[], 'option_value'],
  'a single key': [text, 'input_invalid'],
  null: [null, 'input_invalid'],
  'a short key': [[randomBytes(31)], 'option_value'],
  'a long key': [[randomBytes(33)], 'option_value'],
  'an empty text': [[''], 'option_value'],
  'base64 with padding': [[`${text}=`], 'option_value'],
  'hexadecimal text': [[key.toString('hex')], 'option_value'],
  'text with unused bits': [
    [`${text.slice(0, -1)}${text.endsWith('A') ? 'B' : nextCharacter(text.slice(-1))}`],
    'option_value',
  ],
  'a second key that is no key': [[key, 'secret'], 'option_value'],
  numbers: [[[...key]], 'option_value'],
  'a proxy of a key': [[new Proxy(key, {})], 'option_value'],
  'a proxy of the list': [new Proxy([key], {}), 'input_invalid'],
  'a list with a hole': [Object.assign([key], { length: 2 }), 'input_invalid'],
  'bytes with a length of their own': [
    [Object.defineProperty(new Uint8Array(40), 'length', { value: 32 })],
    'option_value',
  ],
};

/** The last of 43 characters has two unused bits: the next character has the same bytes. */
function nextCharacter(last: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(last) + 1] as string;
}

describe.each(Object.entries(make))('%s', (_, made) => {
  it.each(Object.entries(GIVEN))('takes sealKeys: %s', (__, keys) => {
    expect(made(keys)).toBeTypeOf('object');
  });

  it.each(Object.entries(REFUSED))('refuses sealKeys: %s', (__, [keys, code]) => {
    let thrown: unknown;
    try {
      made(keys);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code });
    expect(inspect(thrown, { depth: 9 })).not.toContain(text.slice(0, 20));
  });

  it('shows its keys in no print, and no property leads to them', () => {
    const shown = inspect(made([key, text]), { depth: 20, showHidden: true, getters: true });
    for (const secret of [text, key.toString('hex'), key.toString('base64'), inspect(key).slice(8, 40)])
      expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/KeyObject|Sealer/);
  });
});
