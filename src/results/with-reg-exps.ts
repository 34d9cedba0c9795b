import { BSONRegExp } from 'mongodb';

import { isPlainObject } from '../input/read.ts';
import { toRegExp } from './bson/read-reg-exp.ts';

/** Converts each BSONRegExp in a value of the driver to a RegExp, as the driver does, unless JavaScript rejects it. */
export function withRegExps(value: unknown): unknown {
  if (value instanceof BSONRegExp) return toRegExp(value);
  if (Array.isArray(value)) return value.map(withRegExps);
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withRegExps(below)]))
    : value;
}
