import type { Refused } from './refused.ts';

/** The error message for an option that does not exist. One of them is asked for often, so its message names what does the same safely. */
export type UnknownOption<K, Where extends string> = K extends 'ignoreUndefined'
  ? Refused<`'ignoreUndefined' is not an option of ${Where}: it would drop conditions of a filter. Drop undefined keys with defined(object)`>
  : Refused<`'${K & string}' is not an option of ${Where}`>;

/** Makes the compiler say why a collection has no such option. */
export interface NoIgnoreUndefined {
  readonly ignoreUndefined?: UnknownOption<'ignoreUndefined', 'a collection'>;
}

/** Lets the option get its own error message. */
export interface AskedFor {
  readonly ignoreUndefined?: unknown;
}
