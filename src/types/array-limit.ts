import type { ProjectionOperator, UnmatchedOperator } from '../grammar/projection-operators.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { ElementProblem } from './filter-value.ts';
import type { AllowedValue, FilterPath } from './filter.ts';
import type { IsUnion } from './is-union.ts';
import type { Op } from './op.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { Scalar } from './scalar.ts';
import type { Dotted } from './split.ts';
import type { IsNever } from './type-fest.ts';

interface LimitOperands {
  readonly $slice: number | readonly [skip: number, limit: number];
  readonly $elemMatch: object;
}

type LimitName = SameNames<ProjectionOperator, keyof LimitOperands, ProjectionOperator>;

/** An operator at an array of a projection. `Source` is the document type, or `never` if the method takes no such operator. */
export type CheckLimit<Source, C extends Capabilities, K extends string, O> = [Source] extends [never]
  ? Refused<`the projection takes no $slice or $elemMatch here (at '${K}'), only that of find(), findOne() and findOneAnd…()`>
  : true extends IsNever<keyof O> | IsUnion<keyof O>
    ? Refused<`a projection takes $slice or $elemMatch at '${K}', and only one of them`>
    : keyof O extends LimitName
      ? K extends C['subtree'] | `${C['subtree']}.${string}`
        ? Refused<`'${K}' has no fixed leaves: a projection takes no ${keyof O} there`>
        : CheckArray<Source, C, K, O, Extract<ValueAt<Stored<Source>, K>, readonly unknown[]>>
      : Refused<`'${keyof O & string}' is not allowed in a projection`>;

type CheckArray<Source, C extends Capabilities, K extends string, O, List> = [List] extends [never]
  ? Refused<`'${K}' is not an array, so a projection takes no ${keyof O & string} there`>
  : O extends { readonly $slice: infer X }
    ? [X] extends [LimitOperands['$slice']]
      ? unknown
      : Refused<`$slice at '${K}' takes an integer, or [skip, limit]`>
    : O extends { readonly $elemMatch: infer E }
      ? K extends Dotted
        ? Refused<`a projection takes $elemMatch at a field of the document itself, and not at '${K}'`>
        : List extends readonly (infer Element)[]
          ? [Extract<Element, readonly unknown[]>] extends [never]
            ? CheckMatch<Source, C, K, O, E>
            : Refused<`'${K}' has arrays in its array, so a projection takes no $elemMatch there`>
          : never
      : never;

type CheckMatch<Source, C extends Capabilities, K extends string, O, E> =
  IsNever<UnmatchedIn<E>> extends false
    ? Refused<`${UnmatchedIn<E>} is not allowed in the $elemMatch of a projection`>
    : K extends C['public']
      ? K extends FilterPath<C>
        ? [Op<O>] extends [AllowedValue<Source, C, K>]
          ? unknown
          : Refused<`an operator on '${K}' takes a value of another type`>
        : Refused<`'${K}' is not filterable in this view`>
      : ElementProblem<Source, C, K, E> extends infer Problem
        ? [Problem] extends [never]
          ? unknown
          : Refused<Problem & string>
        : never;

/** The operators in a condition that have no expression. */
type UnmatchedIn<E> =
  E extends Op<infer O>
    ? UnmatchedIn<O>
    : E extends Scalar
      ? never
      : E extends readonly (infer Each)[]
        ? UnmatchedIn<Each>
        : { [K in keyof E]: K extends UnmatchedOperator ? K : UnmatchedIn<E[K]> }[keyof E];

/** The keys of a projection that have an `$elemMatch`. The server leaves such a field out if no element matches. */
export type MatchedKeys<P> = {
  [K in keyof P]: P[K] extends Op<{ readonly $elemMatch: unknown }> ? K : never;
}[keyof P] &
  string;

/** A projected type some of whose fields may be missing. */
export type Loosened<T, K extends string> = T extends unknown
  ? { [F in keyof T as F extends K ? never : F]: T[F] } & { [F in keyof T & K]?: T[F] } extends infer Both
    ? { [F in keyof Both]: Both[F] }
    : never
  : never;
