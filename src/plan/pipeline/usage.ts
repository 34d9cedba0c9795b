/** The leaves of one view that a pipeline needs. The parser notes them while it resolves paths. */
export class ViewUsage {
  readonly #kept = new Set<string>();
  readonly #read = new Set<string>();

  /** Notes that the leaf has to be in the documents. */
  keep(path: string): void {
    this.#kept.add(path);
  }

  /** Notes that a stage uses the stored value: it computes with it, groups by it or sorts by it. */
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

/** A leaf of a view whose stored value may be at a path of a document. */
export interface ViewLeaf {
  readonly usage: ViewUsage;
  readonly path: string;
}
