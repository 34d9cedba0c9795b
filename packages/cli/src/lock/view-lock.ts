/** How a set holds a path: the value there, or all that is below it. */
export type Reach = 'value' | 'subtree';

/** The sets of a view that a lock keeps. */
export const SETS = ['returns', 'filters', 'sorts', 'joins', 'writes'] as const;
export type SetName = (typeof SETS)[number];

/** What one view allows. Two views that allow the same look the same here, however they are written. */
export interface ViewLock {
  /** What messages call it: its collection's name where it can be told. */
  readonly label: string;
  readonly document: string;
  readonly returns: Readonly<Record<string, Reach>>;
  readonly filters: Readonly<Record<string, Reach>>;
  readonly sorts: Readonly<Record<string, Reach>>;
  readonly joins: Readonly<Record<string, Reach>>;
  readonly writes: Readonly<Record<string, Reach>>;
  readonly operators: 'tagged' | 'plain';
  /** How deep arrays may be, by path. */
  readonly arrays: Readonly<Record<string, readonly number[]>>;
  /** Every other part, as it is written: a change of one is shown, whatever it does. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly version: 1;
  readonly views: Readonly<Record<string, ViewLock>>;
}
