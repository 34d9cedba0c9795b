import { operatorsIn } from '../../marks/op.ts';
import { isInertObject, type Inert } from '../../inert/snapshot.ts';

/** Operators whose operand an upsert may copy into the new document (mongod 6.0.5: `$eq`, `$in` and `$all` of one). */
const COPIED: readonly string[] = ['$eq', '$in', '$all'];

/**
 * The paths whose values an upsert copies from the filter into the new document: equalities at any depth of `$and` and
 * `$or`. They count as writes.
 */
export function upsertEqualities(filter: Inert): readonly string[] {
  if (!isInertObject(filter)) return [];
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === '$and' || key === '$or') return Array.isArray(value) ? value.flatMap(upsertEqualities) : [];
    if (key.startsWith('$')) return [];
    const operators = operatorsIn(value) ?? (isInertObject(value) ? value : undefined);
    const isCopied = operators === undefined || COPIED.some((name) => Object.hasOwn(operators, name));
    return isCopied ? [key] : [];
  });
}
