/** What a path of a set covers: the value there, or everything below it. */
export type Reach = 'value' | 'subtree';

/** The sets of a view in a lock file. */
export const SETS = ['returns', 'filters', 'sorts', 'joins', 'locates', 'writes', 'wholes'] as const;
export type SetName = (typeof SETS)[number];

/** What one view allows. Views that allow the same are equal here, even if they are written differently. */
export interface ViewLock {
  /** Its name in messages: the collection's name if it is known. */
  readonly label: string;
  readonly document: string;
  readonly returns: Readonly<Record<string, Reach>>;
  readonly filters: Readonly<Record<string, Reach>>;
  readonly sorts: Readonly<Record<string, Reach>>;
  readonly joins: Readonly<Record<string, Reach>>;
  /** The paths that filters take geo operators at. */
  readonly locates: Readonly<Record<string, Reach>>;
  readonly writes: Readonly<Record<string, Reach>>;
  /** The arrays that updates may compare and write as a whole. */
  readonly wholes: Readonly<Record<string, Reach>>;
  /** The paths that say whose row a document is, or `shared` for rows of every scope. Without it, the view has no scopes. */
  readonly scope?: 'shared' | readonly string[];
  /** The opaque ids among the public paths: what each is made of, as `_id` or `user_id of userView`. Without it, there is none. */
  readonly opaque?: Readonly<Record<string, string>>;
  readonly operators: 'tagged' | 'plain';
  /** The allowed depths of arrays, by path. */
  readonly arrays: Readonly<Record<string, readonly number[]>>;
  /** The source of every other part. Every change of one is shown. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly version: 1;
  readonly views: Readonly<Record<string, ViewLock>>;
}
