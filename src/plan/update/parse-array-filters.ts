import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import type { Emitted } from '../emit.ts';
import type { FilteredId, FilterRules } from '../filter/filter-rules.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import type { UpdatePath } from './update-path.ts';

/** The arrays that an identifier may stand for: each condition is checked at each of them. */
const MOST_ARRAYS = 100;

const NO_FILTERS: ReadonlyMap<string, Emitted> = new Map();
const NONE: readonly Emitted[] = Object.freeze([]);

/**
 * Parses `arrayFilters` into the filter of each identifier. An identifier stands for the elements of the arrays at which the update
 * uses it, so the filter rules of these paths apply: a condition on a private path would be revealed by the elements that change.
 */
export function parseArrayFilters(
  arrayFilters: InputCopy,
  paths: readonly UpdatePath[],
  rules: FilterRules,
  call: CallContext,
): ReadonlyMap<string, Emitted> {
  if (arrayFilters === undefined) return NO_FILTERS;
  const arrays = arraysByIdentifier(paths, call);
  if (!isInputArray(arrayFilters))
    return call.refuse('option_value', "The option 'arrayFilters' must be an array of filters.", 'arrayFilters');
  const parsed = new Map<string, Emitted>();
  for (const filter of arrayFilters) {
    const emitted = parseFilter(filter, elementRules(arrays, rules), call);
    const identifier = identifierOf(filter, call);
    if (parsed.has(identifier))
      call.refuse(
        'option_value',
        `Two array filters use the identifier $[${identifier}]: combine them with $and.`,
        'arrayFilters',
      );
    parsed.set(identifier, emitted);
  }
  return parsed;
}

/** Whose paths use the identifiers of array filters. */
interface FilteredPaths {
  readonly callers: readonly UpdatePath[];
  readonly trusted: readonly UpdatePath[];
  /** Whether the program's update replaces the caller's, so that both lists are for it. */
  readonly areShared: boolean;
}

/** The caller's array filters and the program's: an identifier belongs to one of them, and each that is used is defined. */
export function joinArrayFilters(
  callerFilters: ReadonlyMap<string, Emitted>,
  trustedFilters: ReadonlyMap<string, Emitted>,
  { callers, trusted, areShared }: FilteredPaths,
  call: CallContext,
): readonly Emitted[] {
  assertDefined(callers, [callerFilters], call);
  assertDefined(trusted, areShared ? [callerFilters, trustedFilters] : [trustedFilters], call);
  if (callerFilters.size + trustedFilters.size === 0) return NONE;
  const shared = [...callerFilters.keys()].find((identifier) => trustedFilters.has(identifier));
  if (shared !== undefined) {
    call.refuse(
      'write_conflict',
      `$[${shared}] is used by the input and by \`trusted\`: rename one of them.`,
      'arrayFilters',
    );
  }
  return [...callerFilters.values(), ...trustedFilters.values()];
}

function assertDefined(
  paths: readonly UpdatePath[],
  filters: readonly ReadonlyMap<string, Emitted>[],
  call: CallContext,
): void {
  for (const { arrays } of paths) {
    if (arrays.size === 0) continue;
    const missing = [...arrays.keys()].find((identifier) => !filters.some((each) => each.has(identifier)));
    if (missing !== undefined)
      call.refuse('option_value', `The update uses $[${missing}], but no array filter defines it.`, 'arrayFilters');
  }
}

function arraysByIdentifier(paths: readonly UpdatePath[], call: CallContext): ReadonlyMap<string, ReadonlySet<string>> {
  const arrays = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const [identifier, at] of path.arrays) {
      const known = arrays.get(identifier) ?? new Set<string>();
      for (const array of at) known.add(array);
      if (known.size > MOST_ARRAYS)
        call.refuse(
          'write_size',
          `$[${identifier}] stands for more than ${MOST_ARRAYS} arrays: use several identifiers.`,
        );
      arrays.set(identifier, known);
    }
  }
  return arrays;
}

/** A path of an array filter begins with an identifier, and has to be allowed below each array of that identifier. */
function elementRules(arrays: ReadonlyMap<string, ReadonlySet<string>>, rules: FilterRules): FilterRules {
  const { opaqueAt } = rules;
  const named = (path: string): readonly string[] => {
    const [identifier = '', ...rest] = path.split('.');
    return [...(arrays.get(identifier) ?? [])].map((array) => [array, ...rest].join('.'));
  };
  return {
    operators: rules.operators,
    idFields: undefined,
    accessTo(path) {
      const [first, ...others] = named(path);
      if (first === undefined) return undefined;
      const access = rules.accessTo(first);
      // One condition is sent for all arrays, so a name that means different stored keys in two of them is not allowed.
      const isSame = others.every(
        (each) => rules.accessTo(each) === access && isSameId(opaqueAt?.(each), opaqueAt?.(first)),
      );
      if (!isSame) return undefined;
      // An identifier is an element, so the presence of its array does not matter.
      return access === 'shown branch' && !path.includes('.') ? 'branch' : access;
    },
    mayBeArray: () => false,
    ...(opaqueAt === undefined ? {} : { opaqueAt: (path) => elementId(path, opaqueAt(named(path)[0] ?? path)) }),
  };
}

function isSameId(one: FilteredId | undefined, other: FilteredId | undefined): boolean {
  return one?.tag === other?.tag && one?.storedKey === other?.storedKey;
}

/** The opaque id at a path of an array filter. An identifier by itself is an element, and is sent as it is. */
function elementId(path: string, id: FilteredId | undefined): FilteredId | undefined {
  return id === undefined || path.includes('.') ? id : { tag: id.tag, storedKey: path };
}

/** The identifier of a filter. The server requires exactly one (code 9). */
function identifierOf(filter: InputCopy, call: CallContext): string {
  const [identifier, ...others] = new Set(identifiersIn(filter));
  if (identifier !== undefined && others.length === 0) return identifier;
  return call.refuse(
    'option_value',
    'An array filter must use one identifier: write a separate filter for each.',
    'arrayFilters',
  );
}

function identifiersIn(filter: InputCopy): readonly string[] {
  if (isInputArray(filter)) return filter.flatMap(identifiersIn);
  if (!isInputObject(filter)) return [];
  return Object.entries(filter).flatMap(([key, below]) =>
    key.startsWith('$') ? identifiersIn(below) : [key.split('.')[0] ?? key],
  );
}
