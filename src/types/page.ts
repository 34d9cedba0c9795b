/** A page of documents, as `paginate()` returns it. */
export type Page<T> = {
  /** The documents, in the order of the sort. */
  readonly items: T[];
  /** The cursor for `before`, to get the page before this one. `null` on the first page. */
  readonly previous: string | null;
} & (
  | {
      /** Whether there are documents after this page. */
      readonly hasNext: true;
      /** The cursor for `after`, to get the page after this one. */
      readonly next: string;
    }
  | { readonly hasNext: false; readonly next: null }
);
