import { BSONRegExp } from 'mongodb';

import { isPlainObject } from '../input/read.ts';
import { toRegExp } from './bson/read-reg-exp.ts';

/** A value of the driver's with each regular expression as the driver would have read it, if JavaScript takes it. */
export function withRegExps(value: unknown): unknown {
  if (value instanceof BSONRegExp) return toRegExp(value);
  if (Array.isArray(value)) return value.map(withRegExps);
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withRegExps(below)]))
    : value;
}
