import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DecodeOptions } from '../../src/results/bson/decode-options.ts';
import { anyElements, anyOptions, anyShape, anyValue, node } from './support/arbitraries.ts';
import { encode, encodeDocument, int32, textBytes, type Encoded } from './support/encode.ts';
import { areEqual, byDriver, readerOf } from './support/outcome.ts';

const DEFAULTS: DecodeOptions = {
  promoteValues: true,
  promoteLongs: true,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: false,
  validatesUtf8: true,
};

interface Change {
  readonly at: number;
  readonly byte: number;
}

/** Bytes that mean something as a length, a type or an end are more likely than others. */
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  byte: fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 0x0f, 0x10, 0x7f, 0x80, 0xff), fc.nat(255)),
});

function damage(bytes: Buffer, changes: readonly Change[], from: number, to: number): Buffer {
  const copy = Buffer.from(bytes);
  for (const { at, byte } of changes) copy[from + (at % Math.max(to - from, 1))] = byte;
  return copy;
}

/** The document with other bytes on both sides of it. */
function within(bytes: Buffer, fill: number): { readonly bytes: Buffer; readonly at: number } {
  const around = Buffer.alloc(64, fill);
  return { bytes: Buffer.concat([around, bytes, around]), at: around.length };
}

describe('damaged bytes', () => {
  it("end in a fault, or in the result of the driver's decoder: never in another error or in adjacent bytes", () => {
    fc.assert(
      fc.property(
        anyElements,
        anyShape,
        anyOptions,
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (elements, shape, options, changes) => {
          const whole = encodeDocument(elements);
          const bytes = damage(whole, changes, 0, whole.length);
          const read = readerOf(shape, options);
          const alone = read(bytes);
          for (const fill of [0x00, 0x01, 0x10, 0x41, 0xff]) {
            const { bytes: around, at } = within(bytes, fill);
            expect(areEqual(read(around, at, at + bytes.length), alone)).toBe(true);
          }
          const expected = byDriver(bytes, shape, options);
          if (alone.kind === 'result' && expected.kind === 'result') expect(areEqual(alone, expected)).toBe(true);
        },
      ),
      { numRuns: 2500 },
    );
  });

  it('end in a fault wherever they are cut off', () => {
    fc.assert(
      fc.property(anyElements, anyShape, anyOptions, (elements, shape, options) => {
        const bytes = encodeDocument(elements);
        const read = readerOf(shape, options);
        for (let end = 0; end < bytes.length; end += 1) {
          expect(read(bytes, 0, end).kind).toBe('malformed');
          const cut = Buffer.from(bytes.subarray(0, end));
          if (end >= 4) cut.writeInt32LE(end);
          const { bytes: around, at } = within(cut, 0x41);
          expect(areEqual(read(around, at, at + end), read(cut))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("are refused below a subtree wherever the driver's decoder refuses them: nothing planned is stepped over", () => {
    const shape = node('branch', '', [['a', node('subtree', 'a')]]);
    let refused = 0;
    fc.assert(
      fc.property(anyValue, anyOptions, fc.array(change, { minLength: 1, maxLength: 3 }), (value, options, changes) => {
        const whole = encodeDocument([['a', value]]);
        const start = 4 + 1 + 2;
        const bytes = damage(whole, changes, start, whole.length - 1);
        const expected = byDriver(bytes, shape, options);
        if (expected.kind === 'result') return;
        refused += 1;
        expect(readerOf(shape, options)(bytes).kind).not.toBe('result');
      }),
      { numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

const LEAF = node('branch', '', [['a', node('leaf', 'a')]]);
const BRANCH = node('branch', '', [['a', node('branch', 'a', [['b', node('leaf', 'a.b')]])]]);
const SUBTREE = node('branch', '', [['a', node('subtree', 'a')]]);

function nested(levels: number, wrap: (value: Encoded) => Encoded): Encoded {
  let value = encode.int(1);
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
}

const longText = (length: number): Encoded =>
  encode.raw(0x02, Buffer.concat([int32(length), Buffer.from('text'), Buffer.of(0)]));

const FAULTS: Readonly<Record<string, Encoded>> = {
  'a text longer than its document': longText(1000),
  'a text of negative length': longText(-1),
  'a text of the largest length': longText(2 ** 31 - 1),
  'a text of no length': longText(0),
  'a text without an end': encode.raw(0x02, Buffer.concat([int32(3), Buffer.from('abc')])),
  'a text that is not UTF-8': encode.stringOf(Buffer.from([0xc3, 0x28])),
  'a text that is cut off in a character': encode.stringOf(Buffer.from([0xe2, 0x9d])),
  'a lone surrogate': encode.stringOf(Buffer.from([0xed, 0xa0, 0x80])),
  'a symbol that is not UTF-8': encode.raw(0x0e, textBytes(Buffer.from([0xff]))),
  'a document shorter than one can be': encode.raw(0x03, int32(4)),
  'a document longer than the one around it': encode.raw(0x03, Buffer.concat([int32(100), Buffer.of(0)])),
  'a document without an end': encode.raw(0x03, Buffer.concat([int32(6), Buffer.of(1, 1)])),
  'an array that ends before its end': encode.raw(0x04, Buffer.concat([int32(7), Buffer.of(0, 0, 0)])),
  'a type that BSON does not have': encode.raw(0x14, Buffer.alloc(8)),
  'a type that BSON does not have, without a value': encode.raw(0x80, Buffer.alloc(0)),
  'a boolean that is neither': encode.raw(0x08, Buffer.of(2)),
  'a binary of negative length': encode.raw(0x05, Buffer.concat([int32(-1), Buffer.of(0)])),
  'a binary longer than its document': encode.raw(0x05, Buffer.concat([int32(99), Buffer.of(0)])),
  'an old binary whose lengths differ': encode.binary(Buffer.concat([int32(3), Buffer.from('ab')]), 2),
  'an old binary without its inner length': encode.binary(Buffer.from('ab'), 2),
  'a regular expression without an end': encode.raw(0x0b, Buffer.from('abc')),
  'a number that is cut off': encode.raw(0x12, Buffer.alloc(3)),
  'documents nested too deep': nested(5000, (value) => encode.document([['a', value]])),
  'arrays nested too deep': nested(5000, (value) => encode.array([value])),
};

describe.each(Object.entries(FAULTS))('%s', (_name, value) => {
  const bytes = encodeDocument([
    ['a', value],
    ['b', encode.int(1)],
  ]);

  it('is a fault at a subtree', () => {
    expect(readerOf(SUBTREE, DEFAULTS)(bytes).kind).toBe('malformed');
  });

  it('gives no result at a leaf', () => {
    expect(readerOf(LEAF, DEFAULTS)(bytes).kind).not.toBe('result');
  });

  it('lets nothing through at a branch', () => {
    const outcome = readerOf(BRANCH, DEFAULTS)(bytes);
    const given = outcome.kind === 'result' ? JSON.stringify(outcome.result) : outcome.kind;
    expect(['malformed', 'drift', '{}', '{"a":{}}']).toContain(given);
  });
});

it('documents nested as deep as a server lets them are read', () => {
  const bytes = encodeDocument([['a', nested(250, (value) => encode.document([['a', value]]))]]);
  expect(areEqual(readerOf(SUBTREE, DEFAULTS)(bytes), byDriver(bytes, SUBTREE, DEFAULTS))).toBe(true);
});

it('text that is not UTF-8 is read if the collection does not validate', () => {
  const bytes = encodeDocument([['a', encode.stringOf(Buffer.from([0x61, 0xff]))]]);
  expect(readerOf(LEAF, { ...DEFAULTS, validatesUtf8: false })(bytes)).toEqual({
    kind: 'result',
    result: { a: 'a\ufffd' },
  });
});
