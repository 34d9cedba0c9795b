import { types } from 'node:util';

import { Binary, BSONRegExp } from 'mongodb';

import { copyBytes } from './bytes.ts';
import { BSON_COPIES } from './copy-bson.ts';

const LARGEST_LONG = 2n ** 63n;

/** The result of `copyScalar` if the value is not a scalar. */
export const NOT_A_SCALAR: unique symbol = Symbol('not a scalar');

/**
 * Copies a scalar: primitives are returned as they are, dates, bytes and BSON scalars are cloned. `NOT_A_SCALAR` for everything
 * else, including a plain object with a forged `_bsontype` key and an invalid date.
 */
export function copyScalar(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return value >= -LARGEST_LONG && value < LARGEST_LONG ? value : NOT_A_SCALAR;
    case 'object':
      return value === null ? null : copyObjectScalar(value);
    default:
      return NOT_A_SCALAR;
  }
}

function copyObjectScalar(value: object): unknown {
  if (types.isProxy(value)) return NOT_A_SCALAR;
  if (types.isDate(value)) return copyDate(value);
  if (types.isRegExp(value)) return attempt(copyRegExp, value);
  if (types.isUint8Array(value)) return attempt(copyPlainBytes, value);
  const copy = BSON_COPIES.get(bsonTypeOf(value) ?? '');
  return copy === undefined ? NOT_A_SCALAR : attempt(copy, value);
}

/** `NOT_A_SCALAR` if the copy fails: an object that only has the tag of a class lacks its fields. */
function attempt(copy: (value: never) => unknown, value: object): unknown {
  try {
    return copy(value as never);
  } catch {
    return NOT_A_SCALAR;
  }
}

/** What a RegExp is made of. An own property of that name could be the caller's code; `flags` reads those after it. */
const REG_EXP_FIELDS = [
  'source',
  'flags',
  'hasIndices',
  'global',
  'ignoreCase',
  'multiline',
  'dotAll',
  'unicode',
  'unicodeSets',
  'sticky',
] as const satisfies readonly (keyof RegExp | 'unicodeSets')[];

/**
 * The driver writes JavaScript's `g` as the server's `s` and drops `s` itself (bson 7, serializeRegExp), so the pattern
 * is sent as a BSONRegExp. Flags that have no meaning in a query are refused. An instance may have an own `source` that is not a
 * string: the driver would write it character by character and could write more fields of the command with it.
 */
function copyRegExp(value: RegExp): unknown {
  if (REG_EXP_FIELDS.some((name) => Object.hasOwn(value, name)) || types.isProxy(Object.getPrototypeOf(value)))
    return NOT_A_SCALAR;
  const source: unknown = value.source;
  const flags: unknown = value.flags;
  if (typeof source !== 'string' || typeof flags !== 'string') return NOT_A_SCALAR;
  if (!/^[imsu]*$/.test(flags) || source.includes('\0')) return NOT_A_SCALAR;
  return new BSONRegExp(source, flags.replace('u', ''));
}

/** The tag of a BSON class instance. It is on the prototype; an own `_bsontype` is forged. */
export function bsonTypeOf(value: object): string | undefined {
  if (Object.hasOwn(value, '_bsontype')) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || types.isProxy(prototype)) return undefined;
  const tag: unknown = (value as { _bsontype?: unknown })._bsontype;
  return typeof tag === 'string' ? tag : undefined;
}

function copyDate(value: Date): unknown {
  const time = Date.prototype.getTime.call(value);
  return Number.isNaN(time) ? NOT_A_SCALAR : new Date(time);
}

/** `NOT_A_SCALAR` if the array has an own `length`. */
function copyPlainBytes(value: Uint8Array): unknown {
  return new Binary(copyBytes(value));
}
