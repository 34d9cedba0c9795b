import { BSONRegExp } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { MOST_PATHS } from '../../grammar/size-limits.ts';
import { append } from '../../input/append.ts';
import { isArray } from '../../input/read.ts';
import { isDocument, type Emitted } from '../emit.ts';
import { isLooseCollation } from '../filter/exact-ids.ts';
import { isWholeValue } from '../filter/filter-paths.ts';
import { refuseMany } from './assert-few-fields.ts';
import { foldedValues, type CopiedValues } from './folded-values.ts';

/** A path that an upsert may copy from the filter into the new document. The server copies nothing from an `$or` of several filters. */
export interface CopiedEquality extends CopiedValues {
  readonly path: string;
}

/** How an upsert's filter is read. */
interface Reading {
  readonly call: CallContext;
  /** Whether the call has a collation that compares strings loosely. */
  readonly isLoose: boolean;
}

/** Operators whose operand an upsert may copy into the new document (mongod 6.0.5), each with what it copies. */
const COPIED: Readonly<Record<string, (operand: unknown, reading: Reading) => CopiedValues>> = {
  $eq: (operand) => ({ values: [operand], isSure: true }),
  $in: (operand, { isLoose, call }) => foldedValues(operand, isLoose, call),
  $all: (operand) => ({ values: isArray(operand) ? operand.filter(isNoPattern) : [], isSure: true }),
};

/**
 * The equalities that an upsert copies from the filter into the new document, at any depth of `$and` and `$or`. They count as
 * writes.
 */
export function upsertEqualities(filter: Emitted, collation: unknown, call: CallContext): readonly CopiedEquality[] {
  const copied: CopiedEquality[] = [];
  collect(filter, copied, true, { call, isLoose: isLooseCollation(collation) });
  return copied;
}

/** Ends as soon as there are too many: the list of a long filter is many times its size. */
function collect(filter: Emitted, copied: CopiedEquality[], isSure: boolean, reading: Reading): void {
  if (copied.length > MOST_PATHS) refuseMany(reading.call);
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if ((key === '$and' || key === '$or') && Array.isArray(value)) {
      const isOne = key === '$and' || value.length === 1;
      for (const each of value) collect(each as Emitted, copied, isSure && isOne, reading);
    } else if (!key.startsWith('$'))
      for (const each of equalitiesAt(key, value, reading)) append(copied, isSure ? each : { ...each, isSure });
  }
}

function equalitiesAt(path: string, value: unknown, reading: Reading): readonly CopiedEquality[] {
  if (!isDocument(value) || isWholeValue(value))
    return copiesOf(path, { values: [value].filter(isNoPattern), isSure: true });
  return Object.keys(value).flatMap((name) => {
    const copiedBy = Object.hasOwn(COPIED, name) ? COPIED[name] : undefined;
    return copiedBy === undefined ? [] : copiesOf(path, copiedBy(value[name], reading));
  });
}

/** The equality at a path. A whole `_id` is one for each of its fields. */
function copiesOf(path: string, { values, isSure }: CopiedValues): readonly CopiedEquality[] {
  const whole = values.filter(isWholeValue);
  if (whole.length === 0) return [{ path, values, isSure }];
  return whole.flatMap((value) =>
    Object.entries(value).flatMap(([key, below]) => copiesOf(`${path}.${key}`, { values: [below], isSure })),
  );
}

/** A pattern is matched, and not stored. Only `$eq` compares with the pattern itself. */
function isNoPattern(value: unknown): boolean {
  return !(value instanceof BSONRegExp);
}
