/** A path of a view to be written. */
export interface PlannedPath {
  readonly path: string;
  readonly mark: '1' | 'subtree';
  readonly note: string | undefined;
}

/** A path that was left out, and why. */
export interface LeftOut {
  readonly path: string;
  readonly why: string;
}

export interface ViewPlan {
  readonly collection: string;
  /** The name of the constant: `userView`. */
  readonly name: string;
  readonly document: DocumentSource;
  readonly paths: readonly PlannedPath[];
  /** Array depths by path, for leaves of the view and branches above them. */
  readonly arrays: ReadonlyMap<string, readonly number[]>;
  readonly leftOut: readonly LeftOut[];
  /** Paths that code writes from what a client sends. */
  readonly writable?: readonly string[];
}

/** The source of the document type: the project, or a new interface written next to the view. */
export type DocumentSource =
  | { readonly kind: 'imported'; readonly name: string; readonly file: string; readonly isDefault: boolean }
  | { readonly kind: 'written'; readonly name: string; readonly text: string; readonly isSampled: boolean };
