import { types } from 'node:util';

import type { PathTree } from './path-tree.ts';

/** Field lists that a client varies can't make the memory of a view grow without end: past this, they are just parsed. */
const MOST_KEYS = 2_000;

/** The keys so far of remembered projections. Most go on in one way only, which is found without a Map. */
class KeyNode {
  tree: PathTree | undefined;
  #key: string | undefined;
  #child: KeyNode | undefined;
  #others: Map<string, KeyNode> | undefined;

  after(key: string): KeyNode | undefined {
    return key === this.#key ? this.#child : this.#others?.get(key);
  }

  grow(key: string): KeyNode {
    const child = new KeyNode();
    if (this.#key === undefined) {
      this.#key = key;
      this.#child = child;
    } else {
      this.#others ??= new Map();
      this.#others.set(key, child);
    }
    return child;
  }
}

/**
 * The trees of the projections that a view has parsed, by their keys in their order, because a program writes the same few
 * again with each call. It only ever recognizes: whatever is not exactly an accepted projection with remembered keys is
 * left to the parser, which refuses it or not as it always does.
 */
export class ProjectionCache {
  readonly #root = new KeyNode();
  #keys = 0;

  /** The tree of a projection with the same keys, or `undefined` where the parser has to look at it. */
  find(projection: unknown): PathTree | undefined {
    if (typeof projection !== 'object' || projection === null || types.isProxy(projection)) return undefined;
    if (isAccessorHidden()) return undefined;
    const prototype: unknown = Object.getPrototypeOf(projection);
    if (prototype === Object.prototype) return this.#ofObject(projection);
    return prototype === Array.prototype && Array.isArray(projection) ? this.#ofArray(projection) : undefined;
  }

  /** Remembers the tree of the paths that a projection named, in their order. */
  keep(paths: readonly string[], tree: PathTree): void {
    let node = this.#root;
    for (const path of paths) {
      const next = node.after(path);
      if (next === undefined && this.#keys >= MOST_KEYS) return;
      if (next === undefined) this.#keys += 1;
      node = next ?? node.grow(path);
    }
    node.tree ??= tree;
  }

  #ofObject(projection: object): PathTree | undefined {
    const keys = Object.getOwnPropertyNames(projection);
    let node = this.#root;
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] as string;
      const property = Object.getOwnPropertyDescriptor(projection, key);
      if (property?.enumerable !== true) return undefined;
      const mark: unknown = property.value;
      if (key === '_id' && mark === 0) continue;
      const next = mark === 1 || mark === true ? node.after(key) : undefined;
      if (next === undefined) return undefined;
      node = next;
    }
    return Object.getOwnPropertySymbols(projection).length === 0 ? node.tree : undefined;
  }

  #ofArray(projection: readonly unknown[]): PathTree | undefined {
    const { length } = projection;
    if (Reflect.ownKeys(projection).length !== length + 1) return undefined;
    let node = this.#root;
    for (let index = 0; index < length; index += 1) {
      const property = Object.getOwnPropertyDescriptor(projection, index);
      const path: unknown = property?.enumerable === true ? property.value : undefined;
      const next = typeof path === 'string' ? node.after(path) : undefined;
      if (next === undefined) return undefined;
      node = next;
    }
    return node.tree;
  }
}

/** Whether the descriptor of an accessor would seem to have a value, which somebody put on Object.prototype. */
function isAccessorHidden(): boolean {
  return 'value' in Object.prototype;
}
