import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { ElementProblem } from '../filter-value.ts';
import type { Op } from '../op.ts';
import type { Refused } from '../refused.ts';
import type { IsNever } from '../type-fest.ts';
import type { CheckElement } from './check-insert.ts';
import type { EndsWithPosition, IsOptionalAt, UpdateValueAt } from './update-path.ts';

/** The operand of an operator that removes or compares whole elements of an array of subdocuments, all of which are the caller's. */
export type CheckElements<
  TDoc,
  C extends Capabilities,
  O,
  P extends string,
  Field extends string,
  X,
> = O extends '$unset'
  ? EndsWithPosition<P> extends true
    ? Refused<`elements of '${Field}' can't be unset: remove them with $pull`>
    : IsOptionalAt<Stored<TDoc>, Field> extends true
      ? '' | 1 | true
      : Refused<`'${Field}' is required, so it can't be unset`>
  : NonNullable<UpdateValueAt<Stored<TDoc>, P>> extends readonly (infer E)[]
    ? O extends '$pop'
      ? 1 | -1
      : O extends '$pull'
        ? CheckPredicate<TDoc, C, Field, X>
        : O extends '$pullAll'
          ? CheckList<E, C, X, Field>
          : O extends '$addToSet'
            ? X extends Op<{ readonly $each: infer List }>
              ? CheckList<E, C, List, Field>
              : CheckElement<E, C['writable'], X, Field>
            : Refused<`'${Field}' is an array of subdocuments: name a leaf below it`>
    : Refused<`'${Field}' is not an array`>;

/** A filter of the elements, with paths below the array. */
type CheckPredicate<TDoc, C extends Capabilities, Field extends string, X> = X extends Op<unknown> | readonly unknown[]
  ? Refused<`$pull takes a filter of the elements of '${Field}'`>
  : X extends object
    ? IsNever<keyof X> extends true
      ? Refused<`$pull on '${Field}' takes at least one condition`>
      : ElementProblem<TDoc, C, Field, X> extends infer Problem extends string
        ? IsNever<Problem> extends true
          ? unknown
          : Refused<Problem>
        : never
    : Refused<`$pull takes a filter of the elements of '${Field}'`>;

type CheckList<E, C extends Capabilities, X, Field extends string> = X extends readonly (infer Each)[]
  ? [Each] extends [CheckElement<E, C['writable'], Each, Field>]
    ? unknown
    : Refused<`an element of '${Field}' has a field that is not writable, or lacks one`>
  : Refused<`'${Field}' takes an array of elements`>;
