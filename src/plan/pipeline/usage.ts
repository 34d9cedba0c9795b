/** What a pipeline needs of the leaves of one view. The parser notes it while it resolves the paths. */
export class ViewUsage {
  readonly #kept = new Set<string>();
  readonly #read = new Set<string>();

  /** The leaf has to be in the documents. */
  keep(path: string): void {
    this.#kept.add(path);
  }

  /** The stored value decides something: a stage computes with it, groups or sorts by it. */
  read(path: string): void {
    this.#kept.add(path);
    this.#read.add(path);
  }

  isKept(path: string): boolean {
    return this.#kept.has(path);
  }

  isRead(path: string): boolean {
    return this.#read.has(path);
  }
}

/** A leaf of a view that may be found at some place of a document, as it is stored. */
export interface ViewLeaf {
  readonly usage: ViewUsage;
  readonly path: string;
}
