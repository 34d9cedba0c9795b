import { types } from 'node:util';

import { append } from '../input/append.ts';
import { isExcludedId } from './parse-projection.ts';
import type { PathTree } from './path-tree.ts';

/** Clients may send any number of different field lists, so the cache is limited. After that, projections are parsed each time. */
const MOST_KEYS = 2_000;

/** Separates the keys. The parser accepts no path that contains it. */
const SEPARATOR = '\0';

interface Remembered {
  readonly tree: PathTree;
  readonly count: number;
}

/**
 * The trees of the projections that a view has parsed, by their keys in order. A program uses the same few projections in
 * all its calls. The cache only returns a tree for a projection that the parser would accept; all others go to the parser.
 */
export class ProjectionCache {
  readonly #trees = new Map<string, Remembered>();
  #keys = 0;

  /** The tree of a projection with the same keys, or `undefined` if it has to be parsed. */
  find(projection: unknown): PathTree | undefined {
    const keys = keysOf(projection);
    if (keys === undefined) return undefined;
    const remembered = this.#trees.get(keys.join(SEPARATOR));
    // A key that contains the separator looks like two keys, but the count shows the difference.
    return remembered?.count === keys.length ? remembered.tree : undefined;
  }

  /** Stores the tree of these paths, in their order. It has none of them yet. */
  keep(paths: readonly string[], tree: PathTree): void {
    const name = paths.join(SEPARATOR);
    const count = paths.length;
    if (this.#keys + count > MOST_KEYS) return;
    this.#keys += count;
    this.#trees.set(name, { tree, count });
  }
}

/** The paths of a plain projection, or `undefined` if it is not plain data. */
function keysOf(projection: unknown): readonly string[] | undefined {
  if (typeof projection !== 'object' || projection === null || types.isProxy(projection)) return undefined;
  if (isAccessorHidden()) return undefined;
  const prototype: unknown = Object.getPrototypeOf(projection);
  if (prototype === Object.prototype) return keysOfObject(projection);
  return prototype === Array.prototype && Array.isArray(projection) ? keysOfArray(projection) : undefined;
}

function keysOfObject(projection: object): readonly string[] | undefined {
  if (Object.getOwnPropertySymbols(projection).length > 0) return undefined;
  const keys = Object.getOwnPropertyNames(projection);
  if (keys.length > MOST_KEYS) return undefined;
  let hasExcludedId = false;
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(projection, key);
    if (property?.enumerable !== true) return undefined;
    const mark: unknown = property.value;
    if (isExcludedId(key, mark)) hasExcludedId = true;
    else if (mark !== 1 && mark !== true) return undefined;
  }
  return hasExcludedId ? keys.filter((key) => key !== '_id') : keys;
}

function keysOfArray(projection: readonly unknown[]): readonly string[] | undefined {
  const { length } = projection;
  if (length > MOST_KEYS) return undefined;
  if (Reflect.ownKeys(projection).length !== length + 1) return undefined;
  const keys: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const property = Object.getOwnPropertyDescriptor(projection, index);
    const path: unknown = property?.enumerable === true ? property.value : undefined;
    if (typeof path !== 'string') return undefined;
    append(keys, path);
  }
  return keys;
}

/** Whether Object.prototype has a `value`, which would make the descriptor of an accessor look like one of a value. */
function isAccessorHidden(): boolean {
  return 'value' in Object.prototype;
}
