import { BSONSymbol, Decimal128, Double, Int32, MaxKey, MinKey, Timestamp, Long, ObjectId } from 'mongodb';

import { copyBytes } from '../../input/bytes.ts';
import { BSON_TYPE } from './bson-type.ts';
import { malformed } from './decode-fault.ts';
import type { DecodeOptions } from './decode-options.ts';
import { readBinary, readBytes } from './read-binary.ts';
import { readBsonRegExp, readRegExp } from './read-reg-exp.ts';
import { readText } from './read-text.ts';
import { int32At } from './value-end.ts';
import { keepsBytes } from '../../input/own-scalar.ts';

const LENGTH = 12;
const scratch = new Uint8Array(LENGTH);

const TWO_TO_THE_32ND = 2 ** 32;
/** The upper half of 2 ** 53, the largest integer that the driver converts to a number. */
const LARGEST_HIGH = 2 ** 21;

/** Reads the value between two offsets; the end was found by `endOfValue`. */
export type ReadValue = (type: number, bytes: Buffer, at: number, end: number) => unknown;

/** The result of a scalar reader for everything else: documents, arrays, and types that contain documents (DBPointer, Code). */
export const NOT_DECODED: unique symbol = Symbol('not decoded');

/** A reader of scalars that returns the same values as the driver with these options. They share no memory with the reply. */
export function scalarReader(options: DecodeOptions): ReadValue {
  const { promoteValues, promoteLongs, promoteBuffers, useBigInt64, bsonRegExp, validatesUtf8 } = options;
  const promotesLongs = promoteLongs && promoteValues;
  const promotesBuffers = promoteBuffers && promoteValues;
  return (type, bytes, at, end) => {
    switch (type) {
      case BSON_TYPE.string:
        return readText(bytes, at + 4, end - 1, validatesUtf8);
      case BSON_TYPE.int:
        return promoteValues ? int32At(bytes, at) : new Int32(int32At(bytes, at));
      case BSON_TYPE.double:
        return promoteValues ? bytes.readDoubleLE(at) : new Double(bytes.readDoubleLE(at));
      case BSON_TYPE.date:
        return readDate(bytes, at);
      case BSON_TYPE.objectId:
        return readObjectId(bytes, at);
      case BSON_TYPE.bool:
        return readBool(bytes, at);
      case BSON_TYPE.null:
        return null;
      case BSON_TYPE.undefined:
        return undefined;
      case BSON_TYPE.long:
        if (useBigInt64) return bytes.readBigInt64LE(at);
        return promotesLongs ? readPromotedLong(bytes, at) : readLong(bytes, at);
      case BSON_TYPE.binary:
        return promotesBuffers ? readBytes(bytes, at, end) : readBinary(bytes, at, end);
      case BSON_TYPE.decimal:
        return new Decimal128(copyBytes(bytes.subarray(at, end)));
      case BSON_TYPE.timestamp:
        return new Timestamp({ i: int32At(bytes, at) >>> 0, t: int32At(bytes, at + 4) >>> 0 });
      case BSON_TYPE.regExp:
        return bsonRegExp ? readBsonRegExp(bytes, at, end) : readRegExp(bytes, at, end);
      case BSON_TYPE.symbol:
        return readSymbol(readText(bytes, at + 4, end - 1, validatesUtf8), promoteValues);
      case BSON_TYPE.minKey:
        return new MinKey();
      case BSON_TYPE.maxKey:
        return new MaxKey();
      default:
        return NOT_DECODED;
    }
  };
}

/** Whether a value of this type is a scalar. */
export function isScalarType(type: number): boolean {
  switch (type) {
    case BSON_TYPE.object:
    case BSON_TYPE.array:
    case BSON_TYPE.dbPointer:
    case BSON_TYPE.code:
    case BSON_TYPE.codeWithScope:
      return false;
    default:
      return true;
  }
}

/** Whether a value of this type is `null` or the deprecated undefined. */
export function isNullType(type: number): boolean {
  return type === BSON_TYPE.null || type === BSON_TYPE.undefined;
}

function readBool(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  return byte === 0 || byte === 1 ? byte === 1 : malformed('a boolean is neither true nor false');
}

function readSymbol(text: string, promotes: boolean): string | BSONSymbol {
  return promotes ? text : new BSONSymbol(text);
}

/** A 64-bit integer as a number if that is exact, otherwise as the driver's `Long`. */
function readPromotedLong(bytes: Uint8Array, at: number): number | Long {
  const low = int32At(bytes, at);
  const high = int32At(bytes, at + 4);
  const isExact = (high < LARGEST_HIGH && high >= -LARGEST_HIGH) || (high === LARGEST_HIGH && low === 0);
  return isExact ? high * TWO_TO_THE_32ND + (low >>> 0) : new Long(low, high);
}

function readLong(bytes: Uint8Array, at: number): Long {
  return new Long(int32At(bytes, at), int32At(bytes, at + 4));
}

function readDate(bytes: Uint8Array, at: number): Date {
  return new Date(timeAt(bytes, at));
}

/** The milliseconds of a date. */
export function timeAt(bytes: Uint8Array, at: number): number {
  return int32At(bytes, at + 4) * TWO_TO_THE_32ND + (int32At(bytes, at) >>> 0);
}

/** An ObjectId with copied bytes, because the source belongs to the reply. */
function readObjectId(bytes: Uint8Array, at: number): ObjectId {
  const own = keepsBytes ? new Uint8Array(LENGTH) : scratch;
  for (let index = 0; index < LENGTH; index += 1) own[index] = bytes[at + index] as number;
  return new ObjectId(own);
}
