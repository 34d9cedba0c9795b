import type { Capabilities } from './capabilities.ts';
import type { Op } from './op.ts';
import type { Refused } from './refused.ts';
import type { IsNever } from './type-fest.ts';

/**
 * A collation beside a filter: an `_id` that is not public is matched exactly, and a collation would match other texts too. What
 * stands deeper in a filter is left to the guard.
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
