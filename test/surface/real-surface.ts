import { EventEmitter } from 'node:events';

const EVENT_NAMES = new Set([
  ...memberNames(new EventEmitter()),
  // Its declarations have this name; at run time the symbol is called `nodejs.rejection`.
  'Symbol.captureRejectionSymbol',
]);

/**
 * Whether a member comes from Node's EventEmitter. No class of the library inherits from it, so all its members are refused at
 * once, those of later versions of Node too.
 */
export function isOfEvents(name: string): boolean {
  return EVENT_NAMES.has(name);
}

/** The own and inherited members of an object, those of `Object.prototype` left out. */
export function memberNames(object: object): readonly string[] {
  const names = new Set<string>();
  let holder: object | null = object;
  while (holder !== null && holder !== Object.prototype) {
    for (const key of Reflect.ownKeys(holder)) names.add(nameOf(key));
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  names.delete('constructor');
  return [...names];
}

/** Node 20 names the symbol of `await using` after itself. */
function nameOf(key: string | symbol): string {
  if (typeof key === 'string') return key;
  return (key.description ?? '').replace(/^nodejs\./, 'Symbol.');
}
