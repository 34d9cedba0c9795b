import * as fc from 'fast-check';

import type { DecodeOptions } from '../../../src/results/bson/decode-options.ts';
import type { NodeKind, PathNode } from '../../../src/view/path-tree.ts';
import { cstring, encode, encodeDocument, int32, textBytes, type Element, type Encoded } from './encode.ts';

/** Keys that are planned, some of which JavaScript has a meaning for, or orders before others. */
const PLANNED_KEYS = [
  'a',
  'b',
  'name',
  'ключ',
  '',
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  'x'.repeat(30),
].concat(['"\\\n\u2028', '0', '10', '9', '01', '-1', '1.5', '4294967294', '4294967295']);
/** Keys that are stored next to them. */
const OTHER_KEYS = ['z', 'nam', 'names', '$ref', '$id', '$db', '$other', '❤', '2', '00', '\u0001\ud83d\ude00'];

const bytesOf = (length: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes));
const someBytes = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
/** Characters that JSON escapes, and some that look like it. */
const UNUSUAL = Array.from('\u0000\b\t\n\f\r\u001f"\\/\u007f\u2028\ufeff\ud83d\ude00');
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: 'binary-ascii', maxLength: 90 }),
    fc.string({
      unit: fc.constantFrom(...UNUSUAL),
      maxLength: 12,
    }),
    fc.string({ unit: 'binary-ascii', minLength: 38, maxLength: 43 }).map((value) => value.replace(/[^ -~]/g, 'x')),
    fc.constant('\ufffd'),
  )
  .map((value) => Buffer.from(value));
/** Not UTF-8: a half of a surrogate pair, more bytes than needed, too few, beyond Unicode, and bytes that never come. */
const damagedText = fc
  .tuple(
    text,
    fc.constantFrom(
      [0xed, 0xa0, 0x80],
      [0xed, 0xbf, 0xbf],
      [0xc0, 0x80],
      [0xe2, 0x82],
      [0xf4, 0x90, 0x80, 0x80],
      [0xff],
    ),
    text,
  )
  .map(([before, damage, after]) => Buffer.concat([before, Buffer.from(damage), after]));
const long = fc.oneof(
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), -(2n ** 53n) - 1n, 0n, -1n),
);
const int64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
const float64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};
const of = (type: number, bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Encoded> =>
  bytes.map((value) => encode.raw(type, value));
const nothing = fc.constant(Buffer.alloc(0));

const binary = fc.oneof(
  fc
    .tuple(someBytes, fc.constantFrom(0, 1, 3, 4, 5, 6, 8, 9, 128, 255))
    .map(([bytes, subtype]) => encode.binary(bytes, subtype)),
  bytesOf(16).map((bytes) => encode.binary(bytes, 4)),
  someBytes.map((bytes) => encode.binary(Buffer.concat([int32(bytes.length), bytes]), 2)),
  fc
    .constantFrom([0x03, 0, 1, 2], [0x27, 0, 0, 0, 0, 0], [0x10, 3, 0xf8])
    .map((vector) => encode.binary(Buffer.from(vector), 9)),
);

const pattern = fc
  .tuple(fc.constantFrom('', '^a', 'ключ', '(', 'a|b'), fc.constantFrom('', 'i', 'ims', 'sx', 'ii'))
  .map(([source, options]) => encode.raw(0x0b, Buffer.concat([cstring(source), cstring(options)])));

const int = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(0, 9, 10, -9, -10, 99, 100, 999_999_999, 1_000_000_000, 2 ** 31 - 1, -(2 ** 31)),
);
const double = fc.oneof(
  fc.double(),
  int,
  fc.constantFrom(-0, NaN, Infinity, 5e-324, 1e21, 123456789012345680000, 2 ** 31, -(2 ** 31) - 1, 0.1, 1e-7),
);
/** Also dates before 1970, after 9999, and beyond what JavaScript holds. */
const date = fc.oneof(
  fc.bigInt(-8_640_000_000_000_000n, 8_640_000_000_000_000n),
  fc.bigInt(0n, 253_402_300_799_999n),
  fc.constantFrom(-1n, -62_167_219_200_001n, 253_402_300_799_999n, 253_402_300_800_000n, 253_402_318_800_000n),
  fc.constantFrom(8_640_000_000_000_001n, -8_640_000_000_000_001n, 2n ** 63n - 1n, -(2n ** 63n)),
);

const scalar: fc.Arbitrary<Encoded> = fc.oneof(
  { weight: 4, arbitrary: text.map((bytes) => encode.stringOf(bytes)) },
  { weight: 2, arbitrary: int.map((value) => encode.int(value)) },
  of(0x01, double.map(float64)),
  binary,
  of(0x06, nothing),
  of(0x07, bytesOf(12)),
  of(
    0x08,
    fc.boolean().map((value) => Buffer.of(value ? 1 : 0)),
  ),
  of(0x09, date.map(int64)),
  of(0x0a, nothing),
  pattern,
  of(0x0e, text.map(textBytes)),
  of(0x11, bytesOf(8)),
  of(0x12, long.map(int64)),
  of(0x13, bytesOf(16)),
  of(0xff, nothing),
  of(0x7f, nothing),
);

/** Values that contain documents, or look like it. */
const carrier: fc.Arbitrary<Encoded> = fc.oneof(
  of(0x0d, text.map(textBytes)),
  of(
    0x0c,
    fc.tuple(text, bytesOf(12)).map(([name, id]) => Buffer.concat([textBytes(name), id])),
  ),
  fc.tuple(text, fc.constantFrom(encodeDocument([]), encodeDocument([['a', encode.int(1)]]))).map(([code, scope]) => {
    const body = Buffer.concat([textBytes(code), scope]);
    return encode.raw(0x0f, Buffer.concat([int32(body.length + 4), body]));
  }),
  fc.constantFrom(
    encode.document([
      ['$ref', encode.string('users')],
      ['$id', encode.int(1)],
    ]),
    encode.document([
      ['$ref', encode.string('users')],
      ['$id', encode.int(1)],
      ['$db', encode.int(2)],
    ]),
    encode.document([
      ['a', encode.int(1)],
      ['$ref', encode.raw(0x0e, textBytes(Buffer.from('users')))],
      ['$id', encode.string('x')],
    ]),
  ),
);

const { value } = fc.letrec<{ value: Encoded; elements: readonly Element[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 24, arbitrary: scalar },
    {
      weight: 1,
      arbitrary: fc.oneof(
        damagedText.map((bytes) => encode.stringOf(bytes)),
        fc.constant(encode.raw(0x08, Buffer.of(2))),
      ),
    },
    { weight: 3, arbitrary: carrier },
    { weight: 12, arbitrary: tie('elements').map((elements) => encode.document(elements)) },
    { weight: 12, arbitrary: fc.array(tie('value'), { maxLength: 4 }).map((values) => encode.array(values)) },
  ),
  elements: fc.array(fc.tuple(fc.constantFrom(...PLANNED_KEYS, ...OTHER_KEYS), tie('value')), { maxLength: 6 }),
}));

/** Any BSON value. */
export const anyValue: fc.Arbitrary<Encoded> = value;

/** The elements of a document; keys come twice now and then. At the top the server returns no key that begins with `$`. */
export const anyElements: fc.Arbitrary<readonly Element[]> = fc
  .array(fc.tuple(fc.constantFrom(...PLANNED_KEYS, ...OTHER_KEYS), value), { maxLength: 8 })
  .map((elements) => elements.filter(([key]) => !key.startsWith('$')));

/** A node of a shape. */
export function node(
  kind: NodeKind,
  path: string,
  children: readonly (readonly [string, PathNode])[] = [],
  mayBeScalar = false,
  depths?: PathNode['depths'],
): PathNode {
  return { kind, path, children: new Map(children), mayBeScalar, depths };
}

/** How deep the arrays of a node may be: mostly any, so that much comes out. */
const anyDepths = fc.constantFrom<PathNode['depths']>(undefined, undefined, undefined, [0], [1], [0, 1], [2], [0, 2]);

function anyNode(path: string, depth: number): fc.Arbitrary<PathNode> {
  const end = fc
    .tuple(fc.constantFrom<NodeKind>('leaf', 'leaf', 'subtree'), anyDepths)
    .map(([kind, depths]) => node(kind, path, [], false, kind === 'leaf' ? depths : undefined));
  return depth === 0 ? end : fc.oneof(end, anyBranch(path, depth - 1));
}

function anyBranch(path: string, depth: number): fc.Arbitrary<PathNode> {
  const keys = fc.uniqueArray(fc.constantFrom(...PLANNED_KEYS), { minLength: 1, maxLength: 8 });
  return fc.tuple(keys, fc.boolean(), anyDepths).chain(([names, mayBeScalar, depths]) =>
    fc.tuple(...names.map((name) => anyNode(`${path}.${name}`, depth))).map((nodes) =>
      node(
        'branch',
        path,
        names.map((name, index) => [name, nodes[index] as PathNode] as const),
        mayBeScalar,
        mayBeScalar ? undefined : depths,
      ),
    ),
  );
}

/** Any shape, with leaves, subtrees, and branches of a view and of an aggregation. */
export const anyShape: fc.Arbitrary<PathNode> = anyBranch('', 2);

/** Every way to read values that the driver takes. */
export const anyOptions: fc.Arbitrary<DecodeOptions> = fc
  .record({
    promoteValues: fc.boolean(),
    promoteLongs: fc.boolean(),
    promoteBuffers: fc.boolean(),
    useBigInt64: fc.boolean(),
    bsonRegExp: fc.boolean(),
    validatesUtf8: fc.boolean(),
  })
  .filter(({ useBigInt64, promoteValues, promoteLongs }) => !useBigInt64 || (promoteValues && promoteLongs));
