import type { TextOption } from '../grammar/text-options.ts';
import type { Capabilities } from './capabilities.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { IsAny } from './type-fest.ts';

interface TextOperands {
  /** The words to search for. */
  readonly $search: string;
  readonly $language?: string;
  readonly $caseSensitive?: boolean;
  readonly $diacriticSensitive?: boolean;
}

type TextName = SameNames<TextOption, keyof TextOperands, TextOption>;

/** The operand of `$text`. */
export type TextSearch = Pick<TextOperands, TextName>;

/** The paths that a view lists in `search`. In a pipeline they are not known, because it takes no `$text`. */
type SearchOf<C extends Capabilities> = string extends C['search'] ? never : C['search'];

/** The capabilities inside `$or` and `$nor`, where the server takes no `$text`. No path is named like their `search`. */
export type InsideOr<C extends Capabilities> = [SearchOf<C>] extends [never]
  ? C
  : Omit<C, 'search'> & { readonly search: '$or' };

/** `$text` in a filter that code builds up, if the view takes it. */
export type TextFilter<C extends Capabilities> = [SearchOf<C>] extends [never] ? {} : { $text?: TextSearch };

/** A written `$text`. */
export type CheckText<C extends Capabilities, X> = [SearchOf<C>] extends [never]
  ? Refused<"'$text' is not allowed in a filter: the view lists no `search` paths">
  : C['search'] extends '$or'
    ? Refused<"a filter takes $text at its top or in $and: '$text' is not allowed in $or and $nor">
    : X extends TextSearch
      ? {
          readonly [K in keyof X]: K extends TextName
            ? IsAny<X[K]> extends true
              ? never
              : unknown
            : Refused<`'${K & string}' is not an option of $text`>;
        }
      : Refused<'$text takes { $search: … }: the words to search for'>;

/** The paths of `search`: filterable leaves. */
export type CheckSearch<C extends Capabilities, P> = P extends readonly [unknown, ...unknown[]]
  ? {
      readonly [I in keyof P]: IsAny<P[I]> extends true
        ? never
        : P[I] extends C['filterable']
          ? string extends P[I]
            ? Refused<'write the path as a literal'>
            : unknown
          : Refused<`'${P[I] & string}' is not a filterable leaf of this view`>;
    }
  : Refused<'`search` must be a non-empty array of paths'>;
