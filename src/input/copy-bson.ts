import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } from 'mongodb';

import { copyBytes, copyExactly } from './bytes.ts';
import type { InputClass } from '../grammar/bson-classes.ts';

const OBJECT_ID_LENGTH = 12;
const DECIMAL_LENGTH = 16;
const UUID_LENGTH = 16;
const LARGEST_BYTE = 255;

/** The fields of an instance of a BSON class. They may contain anything. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A field of an instance, read once. The accessors of the classes are on their prototypes; one of the instance itself is the caller's code,
 * which is not run.
 */
export function fieldOf(value: object, name: string): unknown {
  const own = Object.getOwnPropertyDescriptor(value, name);
  if (own === undefined) return (value as Fields)[name];
  if (!Object.hasOwn(own, 'value')) throw new TypeError('An instance has an accessor of its own.');
  return own.value;
}

/**
 * The BSON classes whose instances are scalars, by the tag on their prototype, each with a function that makes a new instance. The
 * function reads each field once and throws if it is not a primitive in the right range: the BSON serializer would run the code of an
 * object there. An instance from another copy of the `bson` package becomes one of the driver's copy.
 *
 * MinKey, MaxKey, BSONSymbol, DBRef and Code are not here: no caller needs to compare with them.
 */
const COPIES = {
  ObjectId: copyObjectId,
  Decimal128: copyDecimal,
  Long: copyLong,
  Timestamp: (value) => new Timestamp(new Long(half(fieldOf(value, 'low')), half(fieldOf(value, 'high')), true)),
  Int32: (value) => new Int32(int32(fieldOf(value, 'value'))),
  Double: (value) => new Double(number(fieldOf(value, 'value'))),
  Binary: copyBinary,
  BSONRegExp: copyPattern,
} satisfies Record<InputClass, (value: Fields) => unknown>;

export const BSON_COPIES: ReadonlyMap<string, (value: Fields) => unknown> = new Map(Object.entries(COPIES));

export function copyObjectId(value: Fields): ObjectId {
  return new ObjectId(copyExactly(fieldOf(value, 'id'), OBJECT_ID_LENGTH));
}

export function copyDecimal(value: Fields): Decimal128 {
  return new Decimal128(copyExactly(fieldOf(value, 'bytes'), DECIMAL_LENGTH));
}

/** A Binary or UUID with its own memory. */
export function copyBinary(value: Fields): Binary {
  const all = copyBytes(fieldOf(value, 'buffer'));
  const used = integer(fieldOf(value, 'position'), 0, all.length);
  const bytes = used === all.length ? all : copyBytes(all.subarray(0, used));
  const type = integer(fieldOf(value, 'sub_type'), 0, LARGEST_BYTE);
  return type === Binary.SUBTYPE_UUID && bytes.length === UUID_LENGTH ? new UUID(bytes) : new Binary(bytes, type);
}

function copyLong(value: Fields): Long {
  const unsigned = fieldOf(value, 'unsigned');
  if (typeof unsigned !== 'boolean') throw new TypeError('A flag must be true or false.');
  return new Long(half(fieldOf(value, 'low')), half(fieldOf(value, 'high')), unsigned);
}

function copyPattern(value: Fields): BSONRegExp {
  const [pattern, options] = [fieldOf(value, 'pattern'), fieldOf(value, 'options')];
  if (typeof pattern !== 'string' || typeof options !== 'string' || !/^[imsx]*$/.test(options))
    throw new TypeError('This is not a pattern.');
  return new BSONRegExp(pattern, options);
}

/** One half of a 64-bit number, which may be stored signed or unsigned. */
function half(value: unknown): number {
  return integer(value, -(2 ** 31), 2 ** 32 - 1) | 0;
}

function int32(value: unknown): number {
  return integer(value, -(2 ** 31), 2 ** 31 - 1);
}

function integer(value: unknown, least: number, most: number): number {
  const found = number(value);
  if (!Number.isInteger(found) || found < least || found > most) throw new TypeError('An integer is out of its range.');
  return found;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('This must be a number.');
  return value;
}
