import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { BSON } from 'mongodb';

import { DriftedValue, MalformedBson } from '../../../src/results/bson/decode-fault.ts';
import type { DecodeOptions } from '../../../src/results/bson/decode-options.ts';
import { objectDecoder } from '../../../src/results/bson/object-decoder.ts';
import { sortKeyReader } from '../../../src/results/bson/sort-key-reader.ts';
import { decodePosition } from '../../../src/results/bson/sort-position.ts';
import { JsonBuffer } from '../../../src/results/json/json-buffer.ts';
import { jsonDecoder } from '../../../src/results/json/json-decoder.ts';
import type { PathNode } from '../../../src/view/path-tree.ts';
import { cstring, encode, encodeDocument, int32, textBytes, type Element } from '../../decode/support/encode.ts';

const OPTIONS: DecodeOptions = {
  promoteValues: true,
  promoteLongs: true,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: false,
  validatesUtf8: true,
};

const shapeWith = (rules: Pick<PathNode, 'depths' | 'mayBeScalar'>): PathNode => {
  const node = (kind: PathNode['kind'], path: string, children: readonly PathNode[] = []): PathNode => ({
    kind,
    path,
    children: new Map(children.map((child) => [child.path.split('.').at(-1) as string, child])),
    ...rules,
  });
  return node('branch', '', [
    node('leaf', 'v'),
    node('leaf', 'w'),
    node('subtree', 'any'),
    node('branch', 'doc', [node('leaf', 'doc.v'), node('leaf', 'doc.10'), node('leaf', 'doc.9')]),
  ]);
};

/** Shapes with the same fields, and other rules for them. */
const SHAPES = {
  loose: shapeWith({ depths: [0, 1], mayBeScalar: false }),
  single: shapeWith({ depths: [0], mayBeScalar: false }),
  list: shapeWith({ depths: [1], mayBeScalar: false }),
  grid: shapeWith({ depths: [2], mayBeScalar: false }),
  any: shapeWith({ depths: undefined, mayBeScalar: false }),
  scalar: shapeWith({ depths: undefined, mayBeScalar: true }),
} as const;

/** How the bytes are read. */
interface How extends Partial<DecodeOptions> {
  readonly shape?: keyof typeof SHAPES;
  readonly mode?: 'relaxed' | 'canonical';
  /** The first size of the buffer for JSON. */
  readonly size?: number;
}

/** One value of each type of BSON, as bytes. */
const VALUES: Readonly<Record<string, { readonly type: number; readonly bytes: Buffer }>> = {
  double: encode.raw(1, Buffer.from('000000000000f83f', 'hex')),
  string: encode.string('text'),
  document: encode.document([['a', encode.int(1)]]),
  array: encode.array([encode.int(1), encode.string('b')]),
  binary: encode.binary(Buffer.from([1, 2, 3]), 0),
  oldBinary: encode.binary(Buffer.concat([int32(2), Buffer.from([7, 8])]), 2),
  uuid: encode.binary(Buffer.alloc(16, 5), 4),
  undefined: encode.raw(6, Buffer.alloc(0)),
  id: encode.raw(7, Buffer.alloc(12, 3)),
  bool: encode.raw(8, Buffer.of(1)),
  date: encode.raw(9, Buffer.from('0010000000000000', 'hex')),
  null: encode.raw(10, Buffer.alloc(0)),
  regExp: encode.raw(11, Buffer.concat([cstring('a+'), cstring('im')])),
  pointer: encode.raw(12, Buffer.concat([textBytes(Buffer.from('x')), Buffer.alloc(12, 2)])),
  code: encode.raw(13, textBytes(Buffer.from('f'))),
  symbol: encode.raw(14, textBytes(Buffer.from('s'))),
  scoped: encode.raw(15, Buffer.concat([int32(15), textBytes(Buffer.from('f')), encodeDocument([])])),
  int: encode.int(-5),
  timestamp: encode.raw(17, Buffer.from('0100000002000000', 'hex')),
  long: encode.raw(18, Buffer.from('ffffffffffffffff', 'hex')),
  decimal: encode.raw(19, Buffer.alloc(16, 1)),
  minKey: encode.raw(255, Buffer.alloc(0)),
  maxKey: encode.raw(127, Buffer.alloc(0)),
  unknown: encode.raw(20, Buffer.alloc(4)),
};

/** What both decoders, and the reader of sort keys, make of some bytes. */
function outcomesWith({ shape = 'loose', mode, size = 16, ...given }: How = {}): (bytes: Buffer) => string {
  const options = { ...OPTIONS, ...given };
  const decoder = objectDecoder(SHAPES[shape], options);
  const out = new JsonBuffer(size);
  const write = jsonDecoder(SHAPES[shape], options, out, mode);
  const keys = sortKeyReader([
    { path: 'v', segments: ['v'] },
    { path: 'doc.v', segments: ['doc', 'v'] },
  ]);
  return (bytes) => {
    decoder.prepare();
    out.length = 0;
    return [
      tried(() => shown(decoder.read(bytes, 0, bytes.length))),
      tried(() => {
        write(bytes, 0, bytes.length);
        return out.take().toString();
      }),
      tried(() => {
        keys.read(bytes, 0, bytes.length);
        return shown(decodePosition(keys.position()));
      }),
    ].join(' / ');
  };
}

const shown = (value: unknown): string =>
  inspect(value, { depth: 9, breakLength: Infinity, compact: true, maxStringLength: 60 });

function tried(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof DriftedValue) return `drift at ${error.path}`;
    if (error instanceof MalformedBson) return error.message;
    return (error as Error).name;
  }
}

const documentOf = (name: string): Buffer => {
  const value = VALUES[name] as (typeof VALUES)[string];
  const elements: readonly Element[] = [
    ['other', value],
    ['v', value],
    [
      'any',
      encode.document([
        ['k', value],
        ['l', encode.array([value, value])],
      ]),
    ],
    ['doc', encode.document([['v', value]])],
    ['w', encode.int(7)],
  ];
  return encodeDocument(elements);
};

/** The names of calls that damage bytes. */
export const DAMAGED = {
  types: Object.keys(VALUES),
  /** A document with values of one type. */
  stored: (name: string, how?: How): string => outcomesWith(how)(documentOf(name)),
  /** The same with each byte changed in turn: a digest of the outcomes, and the faults with their number. */
  damaged: (name: string, byte: number): string => {
    const whole = documentOf(name);
    const outcomes = outcomesWith();
    const found = Array.from(whole, (_, at) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      return outcomes(bytes);
    });
    return `${new Set(found).size} ${createHash('sha256').update(found.join('\n')).digest('base64url')}`;
  },
  /** The same, cut off at each length. */
  cut: (name: string): string => {
    const whole = documentOf(name);
    const outcomes = outcomesWith();
    const found = Array.from(whole, (_, end) => {
      const bytes = Buffer.from(whole.subarray(0, end));
      if (end >= 4) bytes.writeInt32LE(end, 0);
      if (end >= 5) bytes[end - 1] = 0;
      return outcomes(bytes);
    });
    return [...new Set(found)].filter((each) => !each.includes('{')).join(' | ');
  },
  /** A document that the driver wrote. */
  written: (document: object, how?: How): string => outcomesWith(how)(serialized(document)),
  /** Several of them, read by the same decoders. */
  inTurn: (documents: readonly object[], how?: How): readonly string[] =>
    documents.map(serialized).map(outcomesWith(how)),
  /** A document with these keys, some of them twice, and the same in the subtree. */
  repeated: (...names: readonly string[]): string => {
    const elements = names.map((name, at): Element => [name, encode.int(at)]);
    return outcomesWith()(encodeDocument([...elements, ['any', encode.document(elements)]]));
  },
  /** A text of some length with a byte that is not UTF-8. */
  invalid: (length: number, at: number, how?: How): string => {
    const text = textBytes(Buffer.alloc(length, 'x').fill(255, at, at + 1));
    return [2, 14].map((type) => outcomesWith(how)(encodeDocument([['v', encode.raw(type, text)]]))).join(' | ');
  },
  /** A number of milliseconds as a date, also one that JavaScript does not have. */
  dated: (milliseconds: bigint, how?: How): string => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(milliseconds);
    return outcomesWith(how)(encodeDocument([['v', encode.raw(9, bytes)]]));
  },
};

const serialized = (document: object): Buffer => Buffer.from(BSON.serialize(document as never));
