import { BSONRegExp } from 'mongodb';

import { isDocument, type Emitted } from '../emit.ts';
import { isWholeValue } from '../filter/filter-paths.ts';

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
export function upsertEqualities(filter: Emitted): readonly CopiedEquality[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === '$and' || key === '$or') return Array.isArray(value) ? value.flatMap(upsertEqualities) : [];
    if (key.startsWith('$')) return [];
    if (!isDocument(value) || isWholeValue(value)) return copiesOf(key, value instanceof BSONRegExp ? [] : [value]);
    const names = COPIED.filter((name) => Object.hasOwn(value, name));
    return names.length === 0
      ? []
      : copiesOf(
          key,
          names.flatMap((name) => copiedOf(value[name])),
        );
  });
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
