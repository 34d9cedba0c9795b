import type { Edit } from './edit.ts';
import type { SharedFilter } from './shared-filters.ts';

/** A name that a file has to import for a change in it. */
export interface Need {
  readonly file: string;
  readonly from: 'library' | 'privileged' | 'views' | { readonly specifier: string };
  /** `op`, or `type SafeFilter`. */
  readonly name: string;
}

/** The changes of a value that is built elsewhere, with the names that those files have to import. */
export interface Elsewhere {
  readonly edits: readonly Edit[];
  readonly needs: readonly Need[];
  /** Filters that other calls may use too. Their edits are not in `edits`. */
  readonly shared?: readonly SharedFilter[] | undefined;
}

export function together(...parts: readonly (Elsewhere | undefined)[]): Elsewhere {
  return {
    edits: parts.flatMap((part) => part?.edits ?? []),
    needs: parts.flatMap((part) => part?.needs ?? []),
    shared: parts.flatMap((part) => part?.shared ?? []),
  };
}
