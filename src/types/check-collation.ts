import type { Capabilities } from './capabilities.ts';
import type { Op } from './op.ts';
import type { Refused } from './refused.ts';
import type { IsNever } from './type-fest.ts';

/**
 * Checks a collation with its filter: a non-public `_id` has to be matched exactly, and a collation would match other strings too.
 * Nested filters are checked only by the guard.
 */
export type CheckCollation<C extends Capabilities, F, X> = F extends { readonly _id: infer Id }
  ? IsNever<Extract<C['public'], '_id' | `_id.${string}`>> extends true
    ? X extends { readonly locale: 'simple' }
      ? unknown
      : IsNever<TextIn<Id>> extends true
        ? unknown
        : Refused<"'_id' is not public, so it must match exactly: a collation would match other ids too">
    : unknown
  : unknown;

type TextIn<Id> = Id extends string
  ? Id
  : Id extends Op<infer Operators>
    ? TextOf<Operators[keyof Operators]>
    : Id extends { readonly [name: `$${string}`]: unknown }
      ? TextOf<Id[keyof Id]>
      : never;

type TextOf<Operand> = Operand extends readonly (infer Element)[] ? Extract<Element, string> : Extract<Operand, string>;
