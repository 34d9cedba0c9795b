import { BSON } from 'mongodb';

import type { EjsonMode } from '../../grammar/ejson-modes.ts';
import { BSON_TYPE } from '../bson/bson-type.ts';
import type { DecodeOptions } from '../bson/decode-options.ts';
import { NOT_DECODED, scalarReader, timeAt, type ReadValue } from '../bson/read-scalar.ts';
import { int32At } from '../bson/value-end.ts';
import type { JsonBuffer } from './json-buffer.ts';
import { writeDate } from './write-date.ts';
import { writeInt, writeNumber } from './write-number.ts';
import { HEX, writeText } from './write-text.ts';

/** The result of a reader that has written a value. */
export const WRITTEN: unique symbol = Symbol('written');

const OBJECT_ID_LENGTH = 12;
/** The milliseconds of the latest date that JavaScript holds, and of the earliest with the other sign. */
const LATEST_DATE = 8_640_000_000_000_000;
const QUOTE = 0x22;
const [TRUE, FALSE, NULL] = ['true', 'false', 'null'].map((word) => Buffer.from(word)) as [Buffer, Buffer, Buffer];

/** A reader that writes scalars as `JSON.stringify` writes the driver's values. Its result is `undefined` for the type of that name, which JSON leaves out. */
export function jsonScalar(out: JsonBuffer, options: DecodeOptions): ReadValue {
  const readScalar = scalarReader(options);
  return (type, bytes, at, end) => {
    if (writesAlike(out, options, type, bytes, at, end)) return WRITTEN;
    switch (type) {
      case BSON_TYPE.int:
        writeInt(out, int32At(bytes, at));
        return WRITTEN;
      case BSON_TYPE.double:
        writeNumber(out, bytes.readDoubleLE(at));
        return WRITTEN;
      case BSON_TYPE.date:
        writeDate(out, timeAt(bytes, at));
        return WRITTEN;
      case BSON_TYPE.objectId:
        writeHex(out, bytes, at);
        return WRITTEN;
      default:
        return writeOther(out, readScalar(type, bytes, at, end), JSON.stringify);
    }
  };
}

/** The same as Extended JSON v2. It keeps the stored types and every date, and the driver's `promote` options have no effect on it. */
export function ejsonScalar(out: JsonBuffer, options: DecodeOptions, mode: EjsonMode): ReadValue {
  const readScalar = scalarReader({ ...options, ...STORED_TYPES });
  const stringify = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: mode === 'relaxed' });
  return (type, bytes, at, end) => {
    if (writesAlike(out, options, type, bytes, at, end)) return WRITTEN;
    if (type === BSON_TYPE.undefined) {
      out.raw(NULL);
      return WRITTEN;
    }
    if (type === BSON_TYPE.date && Math.abs(timeAt(bytes, at)) > LATEST_DATE) {
      // The driver would write `NaN`, as a `Date` can't hold it.
      out.text(`{"$date":{"$numberLong":"${bytes.readBigInt64LE(at)}"}}`);
      return WRITTEN;
    }
    return writeOther(out, readScalar(type, bytes, at, end), stringify);
  };
}

/** Options with which no type becomes another one. */
export const STORED_TYPES = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: true,
} as const;

/** Writes the scalars that are the same in all modes. Returns false for all others. */
function writesAlike(
  out: JsonBuffer,
  { validatesUtf8 }: DecodeOptions,
  type: number,
  bytes: Buffer,
  at: number,
  end: number,
): boolean {
  switch (type) {
    case BSON_TYPE.string:
      writeText(out, bytes, at + 4, end - 1, validatesUtf8);
      return true;
    case BSON_TYPE.null:
      out.raw(NULL);
      return true;
    case BSON_TYPE.bool:
      if ((bytes[at] as number) > 1) return false;
      out.raw(bytes[at] === 1 ? TRUE : FALSE);
      return true;
    default:
      return false;
  }
}

function writeOther(out: JsonBuffer, value: unknown, stringify: (value: unknown) => string): unknown {
  if (value === NOT_DECODED || value === undefined) return value;
  out.text(stringify(value));
  return WRITTEN;
}

function writeHex(out: JsonBuffer, bytes: Uint8Array, start: number): void {
  const target = out.reserve(OBJECT_ID_LENGTH * 2 + 2);
  let at = out.length;
  target[at++] = QUOTE;
  for (let index = start; index < start + OBJECT_ID_LENGTH; index += 1) {
    const byte = bytes[index] as number;
    target[at++] = HEX[byte >> 4] as number;
    target[at++] = HEX[byte & 15] as number;
  }
  target[at++] = QUOTE;
  out.length = at;
}
