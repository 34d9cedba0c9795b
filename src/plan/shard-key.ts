import { BSONRegExp } from 'mongodb';

import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { isDocument, type Emitted } from './emit.ts';
import { isLooseCollation } from './filter/exact-ids.ts';
import { isWholeValue } from './filter/filter-paths.ts';
import type { BoundFilter } from './scope/bound.ts';

/** The values that a filter compares a path with, for equality. */
type Compared = ReadonlyMap<string, readonly unknown[]>;

/** What decides whether a write goes to one shard. */
export interface ShardedWrite {
  readonly kind: string;
  readonly filter: BoundFilter;
  readonly upsert: boolean;
  readonly collation: unknown;
}

/** The writes of one document. */
const SINGLE: ReadonlySet<string> = new Set(['updateOne', 'deleteOne']);

/**
 * Throws if a write of one document does not say in which shard the document is: its filter and the scope have to compare the whole shard key
 * with one value. The same goes for every upsert, because the new document has to be stored somewhere.
 */
export function assertTargeted({ kind, filter, upsert, collation }: ShardedWrite, call: CallContext<ViewPolicy>): void {
  const { shardKey } = call.policy;
  if (shardKey.length === 0 || (!upsert && !SINGLE.has(kind))) return;
  const compared = equalitiesIn(filter);
  const missing = shardKey.find((path) => compared.get(path)?.length !== 1);
  if (missing !== undefined) return refuse(missing, upsert ? 'An upsert' : 'A write of one document', call);
  const loose = shardKey.find((path) => isLoose(compared.get(path), collation));
  if (loose !== undefined)
    call.refuse(
      'shard_key',
      `With a collation, strings match loosely, so the value of ${quote(call.policy.opaque.nameOf(loose))} does not say which shard has the document. Leave \`collation\` out.`,
      'collation',
    );
}

/** Whether a command goes to all shards: nothing says where the first path of the shard key is. */
export function isBroadcast({ shardKey }: ViewPolicy, filters: readonly Emitted[], collation: unknown): boolean {
  const [first] = shardKey;
  if (first === undefined) return false;
  return !filters.some((filter) => {
    const values = equalitiesIn(filter).get(first);
    return values !== undefined && !isLoose(values, collation);
  });
}

/** The equalities that hold for every document that matches: of the filter itself, and of its `$and`. */
function equalitiesIn(filter: Emitted): Compared {
  const found = new Map<string, readonly unknown[]>();
  for (const [key, value] of Object.entries(filter)) {
    if (key === '$and' && Array.isArray(value))
      for (const part of value as readonly Emitted[])
        for (const [path, values] of equalitiesIn(part)) keep(path, values, found);
    else if (!key.startsWith('$')) keep(key, valuesOf(value), found);
  }
  return found;
}

/** Of two equalities at one path, the one with fewer values says more. */
function keep(path: string, values: readonly unknown[], found: Map<string, readonly unknown[]>): void {
  const known = found.get(path);
  if (values.length > 0 && (known === undefined || values.length < known.length)) found.set(path, values);
}

/** The values of an equality. None for `null`, which also matches a missing field, and for patterns. */
function valuesOf(condition: unknown): readonly unknown[] {
  const values = isDocument(condition) && !isWholeValue(condition) ? operandsOf(condition) : [condition];
  return values.every(isOneValue) ? values : [];
}

function operandsOf(operators: Emitted): readonly unknown[] {
  if (Object.hasOwn(operators, '$eq')) return [operators['$eq']];
  const list = operators['$in'];
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}

function isOneValue(value: unknown): boolean {
  return value !== null && value !== undefined && !Array.isArray(value) && !(value instanceof BSONRegExp);
}

function isLoose(values: readonly unknown[] | undefined, collation: unknown): boolean {
  return isLooseCollation(collation) && values?.some((value) => typeof value === 'string') === true;
}

function refuse(path: string, what: string, call: CallContext<ViewPolicy>): never {
  const name = call.policy.opaque.nameOf(path);
  return call.refuse(
    'shard_key',
    `${what} has to name the shard key, because only one shard has the document: the filter does not compare ${quote(name)} with one value. Add it to the filter, to a \`trusted\` filter or to the scope, or use ${manyOf(call.operation)}.`,
    name,
  );
}

function manyOf(operation: string): string {
  return operation.startsWith('delete') || operation === 'findOneAndDelete' ? 'deleteMany()' : 'updateMany()';
}
