import { BSONRegExp, Decimal128, Double, Int32, Long } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { bsonOf } from '../../input/bson-of.ts';
import { isArray } from '../../input/read.ts';
import { emptyDocument, isDocument } from '../emit.ts';

/** Values that an upsert may copy, and whether it copies them for sure. */
export interface CopiedValues {
  readonly values: readonly unknown[];
  readonly isSure: boolean;
}

const NOTHING: CopiedValues = Object.freeze({ values: Object.freeze([]), isSure: true });

/**
 * What an upsert copies of an `$in`. The server makes an equality of it if all its values are equal (mongod 6.0.5): numbers of any type
 * by their value, strings by the collation of the call, but not by that of the collection. With a pattern it stays an `$in`.
 */
export function foldedValues(list: unknown, isLoose: boolean, call: CallContext): CopiedValues {
  if (!isArray(list) || list.length === 0 || list.some((value) => value instanceof BSONRegExp)) return NOTHING;
  if (areAlike(list, exact, call)) return { values: list.slice(0, 1), isSure: true };
  return areAlike(list, isLoose ? ignoringText : rounded, call) ? { values: list, isSure: false } : NOTHING;
}

function areAlike(list: readonly unknown[], like: (scalar: unknown) => unknown, call: CallContext): boolean {
  if (list.length === 1) return true;
  const bytesOf = (value: unknown) => bsonOf({ value: alike(value, like) }, 'The filter', call);
  const first = bytesOf(list[0]);
  return list.every((value) => Buffer.compare(first, bytesOf(value)) === 0);
}

function alike(value: unknown, like: (scalar: unknown) => unknown): unknown {
  if (isArray(value)) return value.map((each) => alike(each, like));
  if (!isDocument(value)) return like(value);
  const document = emptyDocument();
  for (const [key, below] of Object.entries(value)) document[key] = alike(below, like);
  return document;
}

/** A number by its value, if a double holds it exactly. The value of a decimal is not looked at. */
function exact(value: unknown): unknown {
  if (value instanceof Decimal128) return value;
  const isInteger = typeof value === 'bigint' || value instanceof Long;
  return isInteger && !Number.isSafeInteger(Number(String(value))) ? value : rounded(value);
}

/** A number as a double. So unequal numbers may be alike, but equal ones always are. */
function rounded(value: unknown): unknown {
  // Adding 0 makes 0 of -0: they are equal.
  return isNumber(value) ? new Double(Number(String(value)) + 0) : value;
}

/** Nothing is known of a collation but that it compares strings. */
function ignoringText(value: unknown): unknown {
  return typeof value === 'string' ? '' : rounded(value);
}

function isNumber(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  return [Int32, Double, Long, Decimal128].some((type) => value instanceof type);
}
