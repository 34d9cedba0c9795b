import { types } from 'node:util';

import { quote } from '../errors/quote.ts';

/** What a refused value is, and what to do instead. */
interface Refused {
  readonly what: string;
  readonly advice: string;
}

const NO_DATA = ', which is not plain data and not a BSON scalar';

/** Describes a refused value without running its code: no proxy traps and no accessors. */
export function describeRefused(value: unknown): Refused {
  if (value === undefined) return { what: 'undefined', advice: '; leave it out' };
  if (typeof value === 'bigint') return { what: "a bigint out of BSON's range", advice: NO_DATA };
  if (typeof value !== 'object' || value === null) return { what: `a ${typeof value}`, advice: NO_DATA };
  if (types.isProxy(value)) return { what: 'a proxy', advice: NO_DATA };
  if (types.isDate(value)) return { what: 'an invalid date', advice: '; check what it was parsed from' };
  if (types.isRegExp(value)) return describePattern(value);
  const name = ownValue(ownValue(Object.getPrototypeOf(value), 'constructor'), 'name');
  return {
    what: typeof name === 'string' ? `an instance of ${quote(name)}` : 'an object of no known class',
    advice: NO_DATA,
  };
}

/** The refused flags, each with the built-in getter: an instance may override the property. */
const REFUSED_FLAGS = (
  [
    ['g', 'global'],
    ['y', 'sticky'],
    ['d', 'hasIndices'],
    ['v', 'unicodeSets'],
  ] as const
).map(([flag, name]) => [flag, Object.getOwnPropertyDescriptor(RegExp.prototype, name)] as const);

function describePattern(pattern: RegExp): Refused {
  const flags = REFUSED_FLAGS.filter(([, property]) => property?.get?.call(pattern) === true).map(([flag]) => flag);
  if (flags.length === 0)
    return { what: "a RegExp that BSON can't store", advice: '; its source must not contain null bytes' };
  const named = flags.map(quote).join(', ');
  return {
    what: `a RegExp with the flag${flags.length === 1 ? '' : 's'} ${named}`,
    advice: ', which has no meaning in a query; leave it out. The flags i, m, s and u are allowed',
  };
}

function ownValue(holder: unknown, key: string): unknown {
  if ((typeof holder !== 'object' && typeof holder !== 'function') || holder === null || types.isProxy(holder))
    return undefined;
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
