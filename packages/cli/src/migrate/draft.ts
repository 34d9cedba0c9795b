import type { Edit } from './edit.ts';
import type { Elsewhere } from './elsewhere.ts';

/** A name that the migrated code imports from the library. */
export type LibraryName = 'op' | 'trusted' | 'everything';

/** The new arguments of a call, and the changes that they need elsewhere. */
export interface Draft {
  arguments: string[];
  readonly names: Set<LibraryName>;
  /** The new name of the method, if it is another one. */
  method?: string | undefined;
  mark?: string | undefined;
  more?: readonly Edit[];
  elsewhere?: Elsewhere | undefined;
}
