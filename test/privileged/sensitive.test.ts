import { inspect } from 'node:util';

import { Binary, BSON } from 'mongodb';
import { describe, expect, it } from 'vitest';

import { RefusedCallError, SafeCollectionError } from '../../src/index.ts';
import { Sensitive } from '../../src/values/sensitive.ts';

const SECRET = 's3cr3t-value-of-ada';
const sealed = () => new Sensitive(SECRET);

describe('a Sensitive refuses', () => {
  it('to be written as BSON', () => {
    expect(() => BSON.serialize({ hash: sealed() })).toThrow(RefusedCallError);
  });

  it('to be changed, also through its prototype', () => {
    expect(() => Object.assign(sealed(), { toJSON: () => 'mine' })).toThrow(TypeError);
    expect(() => Object.assign(Sensitive.prototype, { toJSON: () => 'mine' })).toThrow(TypeError);
    expect(() => Object.defineProperty(Sensitive, Symbol.hasInstance, { value: () => true })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(sealed(), null)).toThrow(TypeError);
  });

  it('a subclass', () => {
    class Mine extends Sensitive<string> {}
    expect(() => new Mine(SECRET)).toThrow(RefusedCallError);
  });

  it('to lend its methods to a look-alike, which is not an instance', () => {
    const lookAlike = Object.create(Sensitive.prototype) as Sensitive<string>;
    expect(lookAlike).not.toBeInstanceOf(Sensitive);
    expect(new Proxy(sealed(), {})).not.toBeInstanceOf(Sensitive);
    expect(sealed()).toBeInstanceOf(Sensitive);
    expect(() => lookAlike.expose()).toThrow(TypeError);
  });
});

it('expose() gives the value', () => {
  expect(sealed().expose()).toBe(SECRET);
});

describe('verify()', () => {
  it('gives the verdict of a function that looks at the value', async () => {
    expect(sealed().verify((value) => value === SECRET)).toBe(true);
    expect(sealed().verify((value) => value === 'other')).toBe(false);
    expect(await sealed().verify(async (value) => value === SECRET)).toBe(true);
    expect(await sealed().verify(async () => false)).toBe(false);
  });

  it('refuses any other result, so that no value leaves by it', async () => {
    const leak = ((value: string) => value) as never;
    expect(() => sealed().verify(leak)).toThrow(RefusedCallError);
    await expect(sealed().verify((async (value: string) => value) as never)).rejects.toThrow(RefusedCallError);
  });

  it('does not pass on an error, which may contain the value', async () => {
    const fail = (value: string): boolean => {
      throw new Error(`bad hash ${value}`);
    };
    const caught = [
      await Promise.resolve()
        .then(() => sealed().verify(fail))
        .catch((error: unknown) => error),
      await sealed()
        .verify(async (value) => fail(value))
        .catch((error: unknown) => error),
    ];
    for (const error of caught) {
      expect(error).toBeInstanceOf(SafeCollectionError);
      expect(error).toMatchObject({ code: 'sensitive_verify' });
      expect(inspect(error, { showHidden: true, depth: null })).not.toContain(SECRET);
    }
  });
});

describe('equals()', () => {
  it('compares strings of any length', () => {
    expect(sealed().equals(SECRET)).toBe(true);
    expect(sealed().equals(sealed())).toBe(true);
    expect(sealed().equals(`${SECRET}x`)).toBe(false);
    expect(sealed().equals('')).toBe(false);
    expect(new Sensitive('\ud800').equals('\ud801')).toBe(false);
  });

  it('compares bytes in any of their forms, and never bytes with a string', () => {
    const bytes = Buffer.from(SECRET);
    expect(new Sensitive(bytes).equals(new Uint8Array(bytes))).toBe(true);
    expect(new Sensitive(new Binary(bytes)).equals(bytes)).toBe(true);
    expect(new Sensitive(bytes).equals(SECRET)).toBe(false);
  });

  it('holds a stored null equal to nothing', () => {
    expect(new Sensitive<string | null>(null).equals('')).toBe(false);
    expect(new Sensitive<string | null>(null).equals('null')).toBe(false);
  });

  it.each([[undefined], [null], [42], [['a']], [{}], [{ length: 19 }]])(
    'refuses a presented %j, on every stored value',
    (presented) => {
      expect(() => sealed().equals(presented as never)).toThrow(RefusedCallError);
      expect(() => new Sensitive<string | null>(null).equals(presented as never)).toThrow(RefusedCallError);
    },
  );

  it('refuses a stored value that is neither', () => {
    expect(() => (new Sensitive(42) as never as Sensitive<string>).equals('42')).toThrow(RefusedCallError);
  });
});
