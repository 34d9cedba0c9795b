import { types } from 'node:util';

import { quote } from '../../errors/quote.ts';
import type { CallContext, ScopeValues } from '../../errors/call-context.ts';
import { SCOPE_CLASSES } from '../../grammar/bson-classes.ts';
import { bsonTypeOf, copyScalar } from '../../input/copy-scalar.ts';
import { readObject } from '../../input/read.ts';

const PRIMITIVES: ReadonlySet<string> = new Set(['string', 'boolean', 'bigint']);
const CLASSES: ReadonlySet<string> = new Set(SCOPE_CLASSES);

/**
 * Reads the values of a scope: exactly one for each path. A condition in the place of a value would read the rows of others, and `null` would
 * match rows that have no owner.
 */
export function parseScopeValues(values: unknown, paths: readonly string[], call: CallContext): ScopeValues {
  const given = new Map(readObject(values, 'the values of the scope', call));
  const surplus = [...given.keys()].find((path) => !paths.includes(path));
  if (surplus !== undefined)
    call.refuse('scope_value', `${quote(surplus)} is not a path of the scope. It takes ${paths.join(', ')}.`, surplus);
  return new Map(paths.map((path) => [path, parseValue(given, path, call)] as const));
}

function parseValue(given: ReadonlyMap<string, unknown>, path: string, call: CallContext): unknown {
  if (!given.has(path)) return call.refuse('scope_missing', `scoped() needs a value for ${quote(path)}.`, path);
  const value = copyScalar(given.get(path));
  if (isOneValue(value)) return value;
  return call.refuse(
    'scope_value',
    `The scope needs one value at ${quote(path)}: a string, a number, a boolean, a date, an ObjectId, bytes or another scalar of the driver.`,
    path,
  );
}

function isOneValue(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isNaN(value);
  if (PRIMITIVES.has(typeof value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return types.isDate(value) || CLASSES.has(bsonTypeOf(value) ?? '');
}
