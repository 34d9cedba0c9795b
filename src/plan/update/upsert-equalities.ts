import { BSONRegExp } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { MOST_PATHS } from '../../grammar/size-limits.ts';
import { append } from '../../input/append.ts';
import { isArray } from '../../input/read.ts';
import { isDocument, type Emitted } from '../emit.ts';
import { isWholeValue } from '../filter/filter-paths.ts';
import { refuseMany } from './assert-few-fields.ts';

/** A path that an upsert may copy from the filter into the new document, with the values that it may copy. */
export interface CopiedEquality {
  readonly path: string;
  readonly values: readonly unknown[];
  /** Whether it copies them for sure: the server copies nothing from an `$or` of several filters. */
  readonly isSure: boolean;
}

/** Operators whose operand an upsert may copy into the new document (mongod 6.0.5), each with the values that it copies. */
const COPIED: Readonly<Record<string, (operand: unknown) => readonly unknown[]>> = {
  $eq: (operand) => [operand],
  $in: (operand) => (isArray(operand) && operand.length === 1 ? operand.filter(isNoPattern) : []),
  $all: (operand) => (isArray(operand) ? operand.filter(isNoPattern) : []),
};

/**
 * The equalities that an upsert copies from the filter into the new document, at any depth of `$and` and `$or`. They count as
 * writes.
 */
export function upsertEqualities(filter: Emitted, call: CallContext): readonly CopiedEquality[] {
  const copied: CopiedEquality[] = [];
  collect(filter, copied, true, call);
  return copied;
}

/** Ends as soon as there are too many: the list of a long filter is many times its size. */
function collect(filter: Emitted, copied: CopiedEquality[], isSure: boolean, call: CallContext): void {
  if (copied.length > MOST_PATHS) refuseMany(call);
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if ((key === '$and' || key === '$or') && Array.isArray(value)) {
      const isOne = key === '$and' || value.length === 1;
      for (const each of value) collect(each as Emitted, copied, isSure && isOne, call);
    } else if (!key.startsWith('$')) for (const each of equalitiesAt(key, value, isSure)) append(copied, each);
  }
}

function equalitiesAt(path: string, value: unknown, isSure: boolean): readonly CopiedEquality[] {
  if (!isDocument(value) || isWholeValue(value)) return copiesOf(path, [value].filter(isNoPattern), isSure);
  const names = Object.keys(value).filter((name) => Object.hasOwn(COPIED, name));
  if (names.length === 0) return [];
  return copiesOf(
    path,
    names.flatMap((name) => COPIED[name]?.(value[name]) ?? []),
    isSure,
  );
}

/** The equality at a path. A whole `_id` is one for each of its fields. */
function copiesOf(path: string, values: readonly unknown[], isSure: boolean): readonly CopiedEquality[] {
  const whole = values.filter(isWholeValue);
  if (whole.length === 0) return [{ path, values, isSure }];
  return whole.flatMap((value) =>
    Object.entries(value).flatMap(([key, below]) => copiesOf(`${path}.${key}`, [below], isSure)),
  );
}

/** A pattern is matched, and not stored. Only `$eq` compares with the pattern itself. */
function isNoPattern(value: unknown): boolean {
  return !(value instanceof BSONRegExp);
}
