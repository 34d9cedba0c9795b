import type { MergedPart, PathPart } from '../grammar/view-parts.ts';
import type { CapabilitiesOf, SpecOffer, SpecShape } from './capabilities.ts';
import type { CheckPart } from './check-view-spec.ts';
import type { CheckOf, Faults } from './every-member.ts';
import type { StoredOf, WithIds } from './opaque-document.ts';
import type { PublicOfSpec } from './public-document.ts';
import type { Refused } from './refused.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { View } from './view.ts';

/** Completions in an extension. */
export type ExtensionOffer<TDoc> = Partial<SpecOffer<TDoc>>;

/** The specification that a view's capabilities were made from. */
type SpecIn<C> = C extends CapabilitiesOf<infer S extends SpecShape, infer _A> ? S : never;

/** The specification of both, as in one `defineView()`: what the extension says about a path replaces what the view says. */
type Merged<S, E> = {
  readonly [Part in keyof S | keyof E]: Part extends keyof E
    ? Part extends keyof S & MergedPart
      ? {
          readonly [P in Exclude<keyof S[Part] | keyof E[Part], Removed<E, Part>>]: P extends keyof E[Part]
            ? E[Part][P]
            : S[Part][P & keyof S[Part]];
        }
      : E[Part]
    : S[Part & keyof S];
};

/** The public paths that an extension removes. */
type Removed<E, Part> = Part extends 'public' ? RemovedIn<E[Part & keyof E]> : never;
type RemovedIn<P> = { [K in keyof P]: P[K] extends 0 ? K : never }[keyof P];

/** The view that extends a view. */
export type ExtendedView<TDoc, C, E> =
  Merged<SpecIn<C>, E> extends infer M extends SpecShape
    ? View<WithIds<StoredOf<TDoc>, M>, PublicOfSpec<TDoc, M>, CapabilitiesOf<M>>
    : never;

/** An extension checked together with the view: each refused path gets an error message. */
export type CheckExtension<TDoc, C, E> =
  IsAny<C | E> extends true
    ? IsAny<E> extends true
      ? never
      : Refused<'the view is not known here: extend it where it is defined'>
    : [keyof SpecShape, SpecShape] extends [keyof E, E]
      ? Refused<'an extension must be a literal'>
      : CheckMerged<TDoc, SpecIn<C>, E, Merged<SpecIn<C>, E>>;

type CheckMerged<TDoc, S, E, M> = CheckName<S, E> & CheckMergedParts<TDoc, S, E, M>;

type CheckMergedParts<TDoc, S, E, M> = M extends SpecShape
  ? CheckOf<OtherFaults<WithIds<StoredOf<TDoc>, M>, E, M>> & {
      readonly [Part in keyof E]: CheckAdded<WithIds<StoredOf<TDoc>, M>, S, E, M, Part>;
    }
  : Refused<'an extension must be a literal'>;

/** The same for an audience, which is named by its key. */
export type CheckAudienceParts<TDoc, C, E> =
  IsAny<C | E> extends true
    ? never
    : [keyof SpecShape, SpecShape] extends [keyof E, E]
      ? Refused<'an audience must be a literal, or a view'>
      : CheckMergedParts<TDoc, SpecIn<C>, E, Merged<SpecIn<C>, E>>;

type CheckName<S, E> = 'name' extends keyof E
  ? S extends { readonly name: E['name'] }
    ? string extends E['name']
      ? unknown
      : { readonly name: Refused<'this is the name of the extended view: give another'> }
    : unknown
  : Refused<'a view that extends another needs a `name` of its own'>;

/** The entries that the extension has. Those that it does not have are in `OtherFaults`. */
type CheckAdded<TDoc, S, E, M extends SpecShape, Part extends keyof E> =
  IsAny<E[Part]> extends true
    ? never
    : Part extends MergedPart & keyof M
      ? CheckPart<TDoc, M, Part, unknown> extends infer Check
        ? Check extends Refused<string>
          ? Check
          : {
              readonly [P in keyof E[Part]]: P extends keyof Check
                ? Check[P]
                : P extends Removed<E, Part>
                  ? CheckRemoved<S, E, P>
                  : unknown;
            }
        : never
      : CheckPart<TDoc, M, Part & keyof M, unknown>;

type CheckRemoved<S, E, P> = P extends keyof At<S, 'public'>
  ? IsNever<Undecided<S, E, P>> extends true
    ? unknown
    : Refused<`'${P & string}' is no longer public, but the extended view names it in '${Undecided<S, E, P>}': say there too if it is removed (0) or stays (1)`>
  : Refused<`0 removes a path, and '${P & string}' is not public in the extended view`>;

/** The sets in which the view names a path and the extension does not say if it stays. */
type Undecided<S, E, P> = {
  [Part in Exclude<PathPart, 'public' | 'writable'>]: P extends keyof At<S, Part>
    ? P extends keyof At<E, Part>
      ? never
      : At<S, Part>[P] extends 1
        ? Part
        : never
    : never;
}[Exclude<PathPart, 'public' | 'writable'>];

type At<S, Part> = Part extends keyof S ? S[Part] : {};

/** The sentences about entries of the extended view that the extension made wrong. Its arrays are taken over, needed or not. */
type OtherFaults<TDoc, E, M extends SpecShape> = {
  [Part in keyof M]: Part extends MergedPart
    ? Part extends 'arrays'
      ? never
      : Faults<Omit<CheckPart<TDoc, M, Part, unknown>, keyof At<E, Part>>>
    : Part extends keyof E
      ? never
      : Faults<CheckPart<TDoc, M, Part, unknown>>;
}[keyof M];
