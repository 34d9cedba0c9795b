import type { MongoServerError } from 'mongodb';

import { scopePathsOf, type ViewPolicy } from '../view/policy.ts';

/** The server's code for a duplicate value in a unique index. */
export const DUPLICATE_KEY = 11000;

const NO_PATHS: readonly string[] = Object.freeze([]);

/** The fields of the unique index that refused a write, if all of them are public; otherwise none. */
export function publicIndexPaths(error: MongoServerError, policy: ViewPolicy | undefined): readonly string[] {
  const pattern: unknown = error['keyPattern'];
  return typeof pattern === 'object' && pattern !== null ? ifPublic(Object.keys(pattern), policy) : NO_PATHS;
}

/**
 * The same for a write of a bulk, whose error has only text. Only the index name is read from it, and only the default name of
 * an index on public fields (`username_1`) is used. The values follow later in the text.
 */
export function publicIndexPathsIn(message: string | undefined, policy: ViewPolicy | undefined): readonly string[] {
  const name = /^E11000 duplicate key error collection: \S+ index: (\S+) dup key: /.exec(message ?? '')?.[1];
  if (name === undefined || !/_-?1$/.test(name)) return NO_PATHS;
  return ifPublic(name.replace(/_-?1$/, '').split(/_-?1_/), policy);
}

/**
 * An index that does not contain the whole scope is unique across scopes: its error says that another scope has the value, so it names
 * nothing.
 */
function ifPublic(paths: readonly string[], policy: ViewPolicy | undefined): readonly string[] {
  if (policy === undefined) return NO_PATHS;
  const scope = scopePathsOf(policy);
  if (!scope.every((path) => paths.includes(path))) return NO_PATHS;
  const named = paths.filter((path) => !scope.includes(path)).map((path) => policy.opaque.nameOf(path));
  return named.every((path) => policy.public.covers(path)) ? named : NO_PATHS;
}
