import type { FilterValue, Op } from './op.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { Stored } from './document.ts';
import type { IsAny, IsNever } from './type-fest.ts';

declare const trustedParts: unique symbol;

/** What the program itself demands of a call, made by `trusted()`. No JSON can make one. */
export interface Trusted<out T> {
  readonly [trustedParts]: T;
}

/** The parts that `trusted()` takes. */
export interface TrustedShape {
  readonly filter: object;
}

/** The parts written inside `trusted()`: their names are checked here, their contents where the value is used. */
export type CheckTrustedParts<T> =
  IsAny<T> extends true
    ? never
    : { readonly [K in keyof T]: K extends keyof TrustedShape ? unknown : Refused<`'${K & string}' is not a part of trusted()`> };

/** A trusted filter held to the document type: any of its paths, at the place where the value is used. */
export type CheckTrusted<TDoc, T> =
  IsAny<T> extends true
    ? never
    : T extends Trusted<{ readonly filter: infer F }>
      ? TrustedProblem<TDoc, F> extends infer Problem
        ? IsNever<Problem> extends true
          ? unknown
          : Refused<Problem & string>
        : never
      : Refused<'options.trusted takes what trusted() made'>;

/** The sentences for the refused keys of a trusted filter, or `never`. */
type TrustedProblem<TDoc, F> =
  IsAny<F> extends true
    ? 'a trusted filter is any'
    : F extends unknown
      ? {
          [K in keyof F & string]: IsAny<F[K]> extends true
            ? `'${K}' is any in a trusted filter`
            : K extends '$and' | '$or' | '$nor'
              ? TrustedBranchesProblem<TDoc, F[K], K>
              : TrustedValueProblem<ValueAt<Stored<TDoc>, K>, F[K], K>;
        }[keyof F & string]
      : never;

type TrustedBranchesProblem<TDoc, X, K extends string> = X extends readonly [infer E, ...infer Rest]
  ? TrustedProblem<TDoc, E | Rest[number]>
  : X extends readonly []
    ? `'${K}' takes a non-empty array of filters`
    : X extends readonly (infer E)[]
      ? TrustedProblem<TDoc, E>
      : `'${K}' takes a non-empty array of filters`;

type TrustedValueProblem<V, X, K extends string> =
  IsNever<V> extends true
    ? `'${K}' is not a path of this document`
    : [X] extends [FilterValue<V> | Op<{ readonly $elemMatch: object }>]
      ? never
      : `'${K}' is compared with a value of another type`;
