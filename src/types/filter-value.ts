import type { LogicalOperator } from '../grammar/query-operators.ts';
import type { Capabilities } from './capabilities.ts';
import type { AllowedValue, FilterPath } from './filter.ts';
import type { GivenAt } from './given-at.ts';
import type { HoldsAny, Op, PresenceOperators } from './op.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Dotted, OpenTail, Tail } from './split.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** Checks a value at a filterable leaf. */
export type CheckLeafValue<Allowed, X, K extends string> = [X] extends [Allowed]
  ? X extends { readonly [name: `$${string}`]: unknown }
    ? HoldsAny<X> extends true
      ? never
      : unknown
    : unknown
  : undefined extends X
    ? Refused<`'${K}' may be undefined: leave the key out instead`>
    : IsNever<OperatorKeys<X>> extends true
      ? Refused<Mismatch<Allowed, X, K>>
      : Refused<`an operator on '${K}' is written op({ … })`>;

/** The operators of a plain object, as in an injected query string. */
type OperatorKeys<X> = X extends unknown ? Extract<keyof X, `$${string}`> : never;

type Mismatch<Allowed, X, K extends string> =
  Extract<X, Op<unknown>> extends never
    ? `'${K}' is compared with a value of another type`
    : Op<{ readonly $gt: never }> extends Allowed
      ? `an operator on '${K}' takes a value of another type`
      : Op<{ readonly $ne: never }> extends Allowed
        ? `'${K}' is an opaque id: it takes a text, $eq, $ne, $in, $nin, $all, $exists, $size and $not`
        : `'${K}' is not public: it is matched exactly, by a value, $eq or $in`;

/**
 * A value at a branch: comparing a whole branch would tell its private parts. `$elemMatch` goes into it. Where a leaf below is public,
 * so are its presence and its number of elements.
 */
export type CheckBranchValue<TDoc, C extends Capabilities, K extends string, X> = RefusedIf<
  BranchProblem<TDoc, C, K, X>
>;

type RefusedIf<Problem> = IsNever<Problem> extends true ? unknown : Refused<Problem & string>;

type BranchProblem<TDoc, C extends Capabilities, K extends string, X> = X extends null
  ? K extends BranchOf<C['public'] & Dotted>
    ? never
    : `'${K}' is a branch without a public leaf: only $elemMatch compares with it`
  : X extends Op<infer O>
    ? OperatorsProblem<TDoc, C, K, O>
    : `'${K}' is a branch: name a leaf below it, or use $elemMatch`;

type OperatorsProblem<TDoc, C extends Capabilities, K extends string, O> = {
  [N in keyof O & string]: N extends '$elemMatch'
    ? ElementProblem<TDoc, C, K, O[N]>
    : K extends BranchOf<C['public'] & Dotted>
      ? N extends '$not'
        ? OperatorsProblem<TDoc, C, K, O[N] extends Op<infer Negated> ? Negated : O[N]>
        : N extends keyof PresenceOperators
          ? [O[N]] extends [PresenceOperators[N]]
            ? never
            : `${N} on '${K}' takes a value of another type`
          : `'${K}' is a branch: it takes $elemMatch, $exists, $size, $not and null`
      : `'${K}' is a branch without a public leaf: only $elemMatch compares with it`;
}[keyof O & string];

/** The error messages for the refused keys of an `$elemMatch`, reported at its branch; `never` if no key is refused. */
export type ElementProblem<TDoc, C extends Capabilities, Prefix extends string, E> = E extends readonly (infer Each)[]
  ? ElementProblem<TDoc, C, Prefix, Each>
  : E extends unknown
    ? IsNever<keyof E> extends true
      ? `$elemMatch on '${Prefix}' takes at least one condition`
      : { [K in keyof E & string]: EntryProblem<TDoc, C, Prefix, K, GivenAt<E, K>> }[keyof E & string]
    : never;

type EntryProblem<TDoc, C extends Capabilities, Prefix extends string, K extends string, X> =
  IsAny<X> extends true
    ? `'${Prefix}.${K}' is compared with any`
    : K extends LogicalOperator
      ? ElementProblem<TDoc, C, Prefix, X>
      : K extends OpenTail<FilterPath<C>, Prefix>
        ? [X] extends [AllowedValue<TDoc, C, `${Prefix}.${K}`>]
          ? never
          : `'${Prefix}.${K}' is compared with a value of another type`
        : K extends Tail<BranchOf<C['filterable'] & Dotted>, Prefix>
          ? BranchProblem<TDoc, C, `${Prefix}.${K}`, X>
          : `'${Prefix}.${K}' is not filterable in this view`;
