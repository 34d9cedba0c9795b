import { append } from '../../input/append.ts';
import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import type { DecodeOptions } from './decode-options.ts';
import { eachElement, eachField } from './each-value.ts';
import { nextLevel } from './nesting.ts';
import { NOT_DECODED, scalarReader } from './read-scalar.ts';

/** A stored value with its type, as the driver would send it again. */
export interface StoredValue {
  readonly type: number;
  readonly value: unknown;
}

/** The type of a value, and where it is in the memory of an answer. */
export interface ValuePlace {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** Keeps every type, so that the value that is sent compares as the stored one. */
const AS_STORED: DecodeOptions = Object.freeze({
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: true,
  validatesUtf8: true,
});

const readScalar = scalarReader(AS_STORED);

/** The values of a document at the paths of a sort, as a BSON array: a copy of the stored bytes. */
export function encodePosition(bytes: Buffer, places: readonly ValuePlace[]): Buffer {
  const elements = places.map(({ type, start, end }, index) => ({ key: `${index}\0`, type, start, end }));
  const length = elements.reduce((sum, { key, start, end }) => sum + 1 + key.length + end - start, 5);
  const position = Buffer.alloc(length);
  let at = position.writeInt32LE(length);
  for (const { key, type, start, end } of elements) {
    at = position.writeUInt8(type, at);
    at += position.write(key, at, 'latin1');
    at += bytes.copy(position, at, start, end);
  }
  return position;
}

/** The values of a position. */
export function decodePosition(position: Buffer): readonly StoredValue[] {
  const values: StoredValue[] = [];
  eachElement(position, 0, position.length, (type, start, end) => {
    append(values, Object.freeze({ type, value: readStored(type, position, start, end, 0) }));
  });
  return values;
}

/** Only an `_id` can be a document. It becomes a Map: an object would put keys that look like numbers first, and so be another document. */
function readStored(type: number, bytes: Buffer, at: number, end: number, level: number): unknown {
  if (type === BSON_TYPE.object) {
    const document = new Map<string, unknown>();
    eachField(bytes, at, end, false, (key, inner, start, innerEnd) => {
      document.set(key, readStored(inner, bytes, start, innerEnd, nextLevel(level)));
    });
    return document;
  }
  if (type !== BSON_TYPE.array) {
    const value = readScalar(type, bytes, at, end);
    return value === NOT_DECODED ? drifted('_id') : value;
  }
  const elements: unknown[] = [];
  eachElement(bytes, at, end, (inner, start, innerEnd) => {
    append(elements, readStored(inner, bytes, start, innerEnd, nextLevel(level)));
  });
  return elements;
}
