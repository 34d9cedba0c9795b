import { BSONRegExp } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { MOST_PATHS } from '../../grammar/size-limits.ts';
import { append } from '../../input/append.ts';
import { isDocument, type Emitted } from '../emit.ts';
import { isWholeValue } from '../filter/filter-paths.ts';
import { refuseMany } from './assert-few-fields.ts';

/** A path that an upsert may copy from the filter into the new document, with the values that it may copy. */
export interface CopiedEquality {
  readonly path: string;
  readonly values: readonly unknown[];
}

/** Operators whose operand an upsert may copy into the new document (mongod 6.0.5: `$eq`, `$in` and `$all` of one). */
const COPIED: readonly string[] = ['$eq', '$in', '$all'];

/**
 * The equalities that an upsert copies from the filter into the new document, at any depth of `$and` and `$or`. They count as
 * writes.
 */
export function upsertEqualities(filter: Emitted, call: CallContext): readonly CopiedEquality[] {
  const copied: CopiedEquality[] = [];
  collect(filter, copied, call);
  return copied;
}

/** Ends as soon as there are too many: the list of a long filter is many times its size. */
function collect(filter: Emitted, copied: CopiedEquality[], call: CallContext): void {
  if (copied.length > MOST_PATHS) refuseMany(call);
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if ((key === '$and' || key === '$or') && Array.isArray(value))
      for (const each of value) collect(each as Emitted, copied, call);
    else if (!key.startsWith('$')) for (const each of equalitiesAt(key, value)) append(copied, each);
  }
}

function equalitiesAt(path: string, value: unknown): readonly CopiedEquality[] {
  if (!isDocument(value) || isWholeValue(value)) return copiesOf(path, value instanceof BSONRegExp ? [] : [value]);
  const names = COPIED.filter((name) => Object.hasOwn(value, name));
  if (names.length === 0) return [];
  return copiesOf(
    path,
    names.flatMap((name) => copiedOf(value[name])),
  );
}

/** The equality at a path. A whole `_id` is one for each of its fields. */
function copiesOf(path: string, values: readonly unknown[]): readonly CopiedEquality[] {
  const whole = values.filter(isWholeValue);
  if (whole.length === 0) return [{ path, values }];
  return whole.flatMap((value) => Object.entries(value).flatMap(([key, below]) => copiesOf(`${path}.${key}`, [below])));
}

/** The values that the server copies: it copies none of several values, and no regular expression. */
function copiedOf(operand: unknown): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  return values.length === 1 ? values.filter((value) => !(value instanceof BSONRegExp)) : [];
}
