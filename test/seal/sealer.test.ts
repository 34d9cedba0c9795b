import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { callContext } from '../../src/errors/call-context.ts';
import { sealContext, Sealer, type SealPurpose } from '../../src/seal/sealer.ts';

const call = callContext('paginate', 'users');
const keys = [1, 2, 3].map(() => createSecretKey(randomBytes(32)));
const [first, second, third] = keys as [never, never, never];
const sealer = new Sealer([first, second]);
const PARTS = ['shop.orders', 'orders', Buffer.from([1, 2, 3])];
const CONTEXT = sealContext(PARTS);
const EMPTY = sealContext([]);
const PLAIN = Buffer.from('the price is 42');

function sealed(by = sealer): string {
  return by.seal('page', CONTEXT, PLAIN);
}

function open(token: unknown, { by = sealer, purpose = 'page' as SealPurpose, context = CONTEXT } = {}) {
  return by.open(purpose, context, token, 'after', call).bytes;
}

/** The error of a token that is not opened. */
function refusal(token: unknown, how: Parameters<typeof open>[1] = {}): Error {
  try {
    open(token, how);
  } catch (error) {
    expect(error).toMatchObject({ name: 'RefusedCallError', code: 'token_invalid', path: 'after' });
    return error as Error;
  }
  throw new Error('This token was opened.');
}

describe('a token', () => {
  it('is opened to the same bytes, also if there are none', () => {
    expect(open(sealed())).toEqual(PLAIN);
    expect(open(sealer.seal('page', EMPTY, Buffer.alloc(0)), { context: EMPTY })).toEqual(Buffer.alloc(0));
  });

  it('shows neither the bytes nor the context, and is another one each time', () => {
    const bytes = Buffer.from(sealed(), 'base64url').toString('latin1');
    expect(bytes).not.toContain('price');
    expect(bytes).not.toContain('orders');
    expect(sealed()).not.toBe(sealed());
  });

  it('has a random number that no other token has', () => {
    const numbers = Array.from({ length: 1_000 }, () => Buffer.from(sealed(), 'base64url').toString('hex', 5, 17));
    expect(new Set(numbers).size).toBe(1_000);
  });

  it('is refused if any bit of it differs', () => {
    const bytes = Buffer.from(sealed(), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      refusal(flipped.toString('base64url'));
    }
  });

  it('is refused if any character of it is another one, is missing, or comes twice', () => {
    // Lengths of 0, 1 and 2 modulo 3: the last character has unused bits in two of them.
    for (const length of [0, 1, 2, 3]) {
      const token = sealer.seal('page', CONTEXT, Buffer.alloc(length, 7));
      for (let at = 0; at < token.length; at += 1) {
        const [before, after] = [token.slice(0, at), token.slice(at + 1)];
        for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= \n.\0é')
          if (other !== token[at]) refusal(`${before}${other}${after}`);
        refusal(before + after);
        refusal(`${before}${token[at]}${token[at]}${after}`);
      }
      refusal(`${token}=`);
      refusal(` ${token}`);
    }
  });

  it('is refused if it is cut, is too short, or is not text', () => {
    const token = sealed();
    for (let length = 0; length < token.length; length += 1) refusal(token.slice(0, length));
    for (const other of [undefined, null, 0, {}, [token], Object(token), Buffer.from(token, 'base64url')])
      refusal(other);
  });

  it.each<readonly [string, Parameters<typeof open>[1]]>([
    ['another purpose', { purpose: 'resume' }],
    ['another namespace', { context: sealContext(['shop.users', 'orders', Buffer.from([1, 2, 3])]) }],
    ['another query', { context: sealContext(['shop.orders', 'orders', Buffer.from([1, 2, 4])]) }],
    [
      'parts that are moved into each other',
      { context: sealContext(['shop.ordersorders', '', Buffer.from([1, 2, 3])]) },
    ],
    ['fewer parts', { context: sealContext(['shop.orders', 'orders']) }],
    ['more parts', { context: sealContext([...PARTS, '']) }],
    ['another key', { by: new Sealer([third]) }],
  ])('is refused for %s', (_, how) => {
    refusal(sealed(), how);
  });

  it('has the same error for every reason', () => {
    const reasons = ['', 'x', `${sealed()}A`, sealed(new Sealer([third])), sealer.seal('resume', CONTEXT, PLAIN)];
    expect(new Set(reasons.map((token) => refusal(token).message)).size).toBe(1);
  });
});

describe('keys', () => {
  it('the newest seals, and each of them opens', () => {
    const old = sealed(new Sealer([second]));
    expect(open(old)).toEqual(PLAIN);
    expect(open(sealed(), { by: new Sealer([first]) })).toEqual(PLAIN);
    refusal(sealed(), { by: new Sealer([second]) });
  });

  it('a token says whether the newest sealed it', () => {
    const old = sealed(new Sealer([second]));
    expect(sealer.open('page', CONTEXT, old, 'after', call)).toMatchObject({ token: old, isNewest: false });
    expect(sealer.open('page', CONTEXT, sealed(), 'after', call)).toMatchObject({ isNewest: true });
  });

  it('are not shown by any print or property of the sealer', () => {
    sealed();
    expect(inspect(sealer, { depth: 9, showHidden: true, getters: true })).not.toMatch(/KeyObject|Map|#/);
    expect(Reflect.ownKeys(sealer)).toEqual([]);
    expect(JSON.stringify(sealer)).toBe('{}');
  });
});

it('a context is as short for a long query as for a short one', () => {
  expect(sealContext(['shop.orders', new Uint8Array(1_000_000)])).toHaveLength(CONTEXT.length);
});
