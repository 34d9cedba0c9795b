/** An id that a view shows sealed, at a path of its own. */
export interface OpaquePath {
  /** The public path. */
  readonly name: string;
  /** The path at which the `ObjectId` is stored, in the same branch. */
  readonly stored: string;
  /** The last segments of both. */
  readonly key: string;
  readonly storedKey: string;
  /** The number that the id is sealed with, which says to which view it belongs. */
  readonly tag: number;
}

/** The opaque ids of a view. */
export class OpaquePaths {
  readonly #byName: ReadonlyMap<string, OpaquePath>;
  readonly #byStored: ReadonlyMap<string, OpaquePath>;

  constructor(paths: readonly OpaquePath[]) {
    this.#byName = new Map(paths.map((path) => [path.name, path] as const));
    this.#byStored = new Map(paths.map((path) => [path.stored, path] as const));
    Object.freeze(this);
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  /** The opaque id with a public path. */
  at(name: string): OpaquePath | undefined {
    return this.#byName.get(name);
  }

  /** Where a path of the view is stored. */
  storedAt(name: string): string {
    return this.#byName.get(name)?.stored ?? name;
  }

  /** What the view calls a stored path. */
  nameOf(stored: string): string {
    return this.#byStored.get(stored)?.name ?? stored;
  }

  /** Whether the stored `_id` is shown as an opaque id. */
  get hidesId(): boolean {
    return this.#byStored.has('_id');
  }

  [Symbol.iterator](): IterableIterator<OpaquePath> {
    return this.#byName.values();
  }
}

/** The last segment of a path. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The branch that a path is in, with a dot at its end; empty at the top. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}
