import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { Head, Tail } from './split.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { Method } from './write/required-fields.ts';

/** A view's `whole`: arrays of subdocuments whose every field is public, writable and filterable. */
export type CheckWholeArrays<TDoc, C extends Capabilities, P> = {
  readonly [K in keyof P]: IsAny<P[K]> extends true
    ? never
    : string extends K
      ? Refused<'write the path as a literal'>
      : [P[K]] extends [1]
        ? CheckArray<ValueAt<Stored<TDoc>, K & string>, C, K & string>
        : Refused<'write 1'>;
};

type CheckArray<V, C extends Capabilities, K extends string> = [NonNullable<V>] extends [readonly (infer E)[]]
  ? [PathKind<E>] extends ['branch']
    ? UnnamedIn<E, Tail<C['public'] & C['writable'] & C['filterable'], K>> extends infer Field extends string
      ? IsNever<Field> extends true
        ? unknown
        : Refused<`'${K}' has the field '${Field}', which is not public, writable and filterable`>
      : never
    : Refused<`'${K}' is not an array of subdocuments`>
  : Refused<`'${K}' is not an array of subdocuments`>;

/** The fields of a subdocument, through arrays, that are not among these paths. The methods of a class are no fields. */
type UnnamedIn<V, W extends string> = V extends readonly (infer E)[]
  ? UnnamedIn<E, W>
  : V extends unknown
    ? {
        [K in keyof V & string]-?: K extends W
          ? never
          : V[K] extends Method
            ? never
            : K extends Head<W>
              ? `${K}.${UnnamedIn<NonNullable<V[K]>, Tail<W, K>>}`
              : K;
      }[keyof V & string]
    : never;

/** These arrays, and arrays inside their elements. */
export type WholePath<C extends Capabilities> = C['whole'] | `${C['whole']}.${string}`;
