import { BSON } from 'mongodb';

/** The paths that a caller may write in the tests' view, written independently of the view. */
const WRITABLE: ReadonlySet<string> = new Set([
  'username',
  'email',
  'age',
  'credits',
  'tags',
  'joined_at',
  'nickname',
  'profile.bio',
  'addresses.city',
  'recovery_phrase',
]);

/** Arrays of subdocuments to which an element of these fields may be added. */
const GROWING: ReadonlyMap<string, readonly string[]> = new Map([
  ['addresses', ['city']],
  ['sessions', ['device']],
  ['profile', ['bio']],
]);

const OPERATORS: ReadonlySet<string> = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$pull',
  '$pop',
  '$currentDate',
  '$setOnInsert',
]);

/**
 * The stored paths that an update may change, computed only from the view and the update; `undefined` if the update
 * has a part that no view allows, so that it has to be refused.
 */
export function mayChange(update: unknown): ReadonlySet<string> | undefined {
  if (typeof update !== 'object' || update === null || Array.isArray(update)) return undefined;
  const allowed = new Set<string>();
  for (const [operator, fields] of Object.entries(update)) {
    if (!OPERATORS.has(operator)) return undefined;
    for (const path of Object.keys(fields as object)) {
      const field = path
        .split('.')
        .filter((segment) => !/^\$(\[[a-z]?\])?$/.test(segment))
        .join('.');
      const grows = operator === '$push' ? GROWING.get(field) : undefined;
      if (grows === undefined && !WRITABLE.has(field)) return undefined;
      for (const each of grows?.map((leaf) => `${field}.${leaf}`) ?? [field]) allowed.add(each);
    }
  }
  return allowed;
}

/**
 * A document without what may change, in a form to compare. Elements of an array of subdocuments may move, by `$push`
 * with `$sort` or `$position`, so the remaining elements are compared in sorted order.
 */
export function rest(document: unknown, allowed: ReadonlySet<string>): string {
  return BSON.EJSON.stringify(without(document, allowed, ''), { relaxed: false });
}

function without(value: unknown, allowed: ReadonlySet<string>, path: string): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => without(element, allowed, path));
    if (!value.some(isDocument)) return elements;
    const kept = elements
      .map((element) => BSON.EJSON.stringify(element as object, { relaxed: false }))
      .filter((text) => text !== '{}');
    return kept.toSorted();
  }
  if (!isDocument(value)) return value;
  const kept = Object.entries(value)
    .filter(([key]) => !allowed.has(join(path, key)))
    .map(([key, below]) => [key, without(below, allowed, join(path, key))] as const)
    // If only paths that may change remain of a branch, it does not count as changed.
    .filter(([key, below]) => !isEmpty(below) || ![...allowed].some((each) => each.startsWith(`${join(path, key)}.`)));
  return Object.fromEntries(kept.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) !== Date.prototype &&
    Object.keys(value).length === 0
  );
}

function isDocument(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)
  );
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
