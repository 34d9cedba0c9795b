/** One path of a view that is to be written. */
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
  /** Array depths by path, of named leaves and of branches above them. */
  readonly arrays: ReadonlyMap<string, readonly number[]>;
  readonly leftOut: readonly LeftOut[];
  /** Paths that code writes from what a client sends. */
  readonly writable?: readonly string[];
}

/** Where the document type comes from: the project, or a new interface written beside the view. */
export type DocumentSource =
  | { readonly kind: 'imported'; readonly name: string; readonly file: string; readonly isDefault: boolean }
  | { readonly kind: 'written'; readonly name: string; readonly text: string; readonly isSampled: boolean };
