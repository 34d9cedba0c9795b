import type { Site } from '../../errors/site.ts';
import { isInertObject, snapshot } from '../../inert/snapshot.ts';
import type { Emitted } from '../emit.ts';
import type { FilterRules } from '../filter-rules.ts';
import { parseFilter } from '../parse-filter.ts';
import type { UpdatePath } from './update-path.ts';

/**
 * Parses `arrayFilters`. An identifier stands for the elements of the arrays at which the update uses it, so its
 * predicates are held to the filter rules of those paths: a private predicate would tell by which elements change.
 */
export function parseArrayFilters(arrayFilters: unknown, paths: readonly UpdatePath[], rules: FilterRules, site: Site): readonly Emitted[] {
  const arrays = arraysByIdentifier(paths);
  const filters = arrayFilters === undefined ? [] : snapshot(arrayFilters, 'arrayFilters', site);
  if (!Array.isArray(filters)) return site.refuse('option_value', "The option 'arrayFilters' takes an array of filters.", 'arrayFilters');
  const parsed = filters.map((filter) => parseFilter(filter, elementRules(arrays, rules), site));
  const defined = new Set(filters.flatMap(identifiersIn));
  const missing = [...arrays.keys()].find((identifier) => !defined.has(identifier));
  if (missing !== undefined) site.refuse('option_value', `The update uses $[${missing}], and no array filter says which elements it means.`, 'arrayFilters');
  return parsed;
}

function arraysByIdentifier(paths: readonly UpdatePath[]): ReadonlyMap<string, readonly string[]> {
  const arrays = new Map<string, string[]>();
  for (const path of paths) {
    for (const [identifier, array] of path.arrays) arrays.set(identifier, [...(arrays.get(identifier) ?? []), array]);
  }
  return arrays;
}

/** A path of an array filter begins with an identifier; it has to be allowed below each array that it stands for. */
function elementRules(arrays: ReadonlyMap<string, readonly string[]>, rules: FilterRules): FilterRules {
  return {
    operators: rules.operators,
    mayMatchAll: true,
    accessTo(path) {
      const [identifier = '', ...rest] = path.split('.');
      const accesses = arrays.get(identifier)?.map((array) => rules.accessTo([array, ...rest].join('.'))) ?? [];
      return accesses.every((access) => access === accesses[0]) ? accesses[0] : undefined;
    },
  };
}

function identifiersIn(filter: unknown): readonly string[] {
  if (Array.isArray(filter)) return filter.flatMap(identifiersIn);
  if (!isInertObject(filter)) return [];
  return Object.entries(filter).flatMap(([key, below]) => (key.startsWith('$') ? identifiersIn(below) : [key.split('.')[0] ?? key]));
}

