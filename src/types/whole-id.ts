import type { Capabilities } from './capabilities.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import type { Stored } from './document.ts';
import type { FilterPath } from './filter.ts';
import type { ExactOperators, Op } from './op.ts';
import type { ValueAt } from './path-value.ts';
import type { CarrierLike, ScalarLike } from './scalar.ts';
import type { Tail } from './split.ts';
import type { IsNever } from './type-fest.ts';
import type { Unwritable } from './write/required-fields.ts';

/** A whole compound `_id`: the members of its type that are objects of fields. */
export type WholeId<Id> = Id extends ScalarLike | CarrierLike | readonly unknown[] ? never : DeepReadonly<Id>;

/** What a whole compound `_id` is compared with, for which the view has only filterable parts. */
export type WholeIdValue<TDoc, C extends Capabilities> =
  IsNever<Unwritable<ValueAt<Stored<TDoc>, '_id'>, Tail<FilterPath<C>, '_id'>>> extends true
    ? WholeId<ValueAt<Stored<TDoc>, '_id'>> | Op<ExactOperators<ValueAt<Stored<TDoc>, '_id'>>>
    : never;
