import type { Edit } from './edit.ts';

/** A name that a file has to import for a change in it. */
export interface Need {
  readonly file: string;
  readonly from: 'library' | 'privileged' | 'views';
  /** `op`, or `type SafeFilter`. */
  readonly name: string;
}

/** The changes of a value that is built elsewhere, with the names that those files have to import. */
export interface Elsewhere {
  readonly edits: readonly Edit[];
  readonly needs: readonly Need[];
}

export function together(...parts: readonly (Elsewhere | undefined)[]): Elsewhere {
  return {
    edits: parts.flatMap((part) => part?.edits ?? []),
    needs: parts.flatMap((part) => part?.needs ?? []),
  };
}
