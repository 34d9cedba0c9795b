import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { objectDecoder } from '../../src/results/bson/object-decoder.ts';
import { recorder, whilePolluted } from '../plan/support/pollute.ts';
import { node } from './support/arbitraries.ts';
import { encode, encodeDocument } from './support/encode.ts';
import { notes } from './support/notes.ts';

const { fill, safe } = notes({ client: { monitorCommands: false } });
const projection = { _id: 1, title: 1, body: 1, 'parts.label': 1 } as const;
const expected = { _id: 0, title: 'title 0', body: { inner: 0 }, parts: [{ label: 'one' }] };
const OPTIONS = {
  promoteValues: true,
  promoteLongs: true,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: false,
  validatesUtf8: true,
};
const KEYS = ['title', 'body', 'parts', 'label', 'inner'] as const;

beforeAll(() => fill(3));
afterEach(() => {
  for (const key of KEYS) delete (Object.prototype as Record<string, unknown>)[key];
});

/** Runs with a key on Object.prototype, and takes it away again before anything else looks. */
async function polluted<T>(key: string, property: PropertyDescriptor, read: () => Promise<T>): Promise<T> {
  const prototype: object = Object.prototype;
  Object.defineProperty(prototype, key, { ...property, configurable: true });
  try {
    return await read();
  } finally {
    delete (Object.prototype as Record<string, unknown>)[key];
  }
}

describe.each(KEYS)("with '%s' on Object.prototype", (key) => {
  it.each([
    ['findOne', () => safe.findOne({ _id: 0 }, { projection })],
    ['next', () => safe.find({}, { projection }).next()],
    ['toArray', async () => (await safe.find({}, { projection }).toArray())[0]],
    ['findOneAndUpdate', () => safe.findOneAndUpdate({ _id: 0 }, { $set: { title: 'title 0' } }, { projection })],
  ])('a setter is not run, and there is no answer (%s)', async (_name, read) => {
    let ran = false;
    const setter = { get: () => undefined, set: () => void (ran = true) };
    for (const property of [setter, { value: 'forged', writable: false }]) {
      const error = await polluted(key, property, () => read().catch((thrown: unknown) => thrown));
      expect(error).toMatchObject({ code: 'prototype_polluted', path: key });
    }
    expect(ran).toBe(false);
    expect(await read()).toStrictEqual(expected);
  });
});

it.each(['0', '1'])(
  "with an accessor at '%s' of Array.prototype, a text is whole, and no part of it is taken",
  async (index) => {
    const decoder = objectDecoder(node('branch', '', [['title', node('leaf', 'title')]]), OPTIONS);
    const bytes = encodeDocument([['title', encode.string('short')]]);
    const { property, taken } = recorder();
    const result = await whilePolluted(Array.prototype, index, property, async () => {
      decoder.prepare();
      return decoder.read(bytes, 0, bytes.length);
    });
    expect([taken, result]).toEqual([[], { title: 'short' }]);
  },
);

it('a key that comes onto Object.prototype between two reads of a cursor is not obeyed either', async () => {
  const cursor = safe.find({}, { projection });
  await cursor.next();
  let ran = false;
  const second = await polluted('title', { get: () => undefined, set: () => void (ran = true) }, () => cursor.next());
  expect([ran, second?.title]).toEqual([false, 'title 1']);
});

it.each(['get', 'set'])("with '%s' on Object.prototype, fields of that name and others are read", (key) => {
  const names = ['get', 'set', 'constructor', 'a'];
  const decoder = objectDecoder(
    node('branch', '', [...names.map((name) => [name, node('leaf', name)] as const), ['s', node('subtree', 's')]]),
    OPTIONS,
  );
  const fields = names.map((name, index) => [name, encode.int(index)] as const);
  const bytes = encodeDocument([...fields, ['s', encode.document(fields)]]);
  let result: unknown;
  Reflect.set(Object.prototype, key, 'polluted');
  try {
    decoder.prepare();
    result = decoder.read(bytes, 0, bytes.length);
  } finally {
    Reflect.deleteProperty(Object.prototype, key);
  }
  const expectedFields = { get: 0, set: 1, constructor: 2, a: 3 };
  expect(result).toStrictEqual({ ...expectedFields, s: expectedFields });
});

it("a stored or planned '__proto__' is an ordinary field", () => {
  const value = encode.document([['admin', encode.int(1)]]);
  const bytes = encodeDocument([
    ['__proto__', value],
    ['a', encode.document([['__proto__', value]])],
  ]);
  for (const kind of ['subtree', 'branch'] as const) {
    const below = kind === 'branch' ? ([['__proto__', node('subtree', 'p')]] as const) : [];
    const decoder = objectDecoder(
      node('branch', '', [
        ['__proto__', node('subtree', '__proto__')],
        ['a', node(kind, 'a', below)],
      ]),
      OPTIONS,
    );
    decoder.prepare();
    const result = decoder.read(bytes, 0, bytes.length) as { a: object; admin?: unknown };
    for (const holder of [result, result.a]) {
      expect(Object.getPrototypeOf(holder)).toBe(Object.prototype);
      expect(Object.getOwnPropertyDescriptor(holder, '__proto__')?.value).toEqual({ admin: 1 });
      expect((holder as { admin?: unknown }).admin).toBeUndefined();
    }
  }
});
