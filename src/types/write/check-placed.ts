import type { ArraysOn, NamedPath } from '../array-paths.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { BuiltUp } from '../filter.ts';
import type { GivenAt } from '../given-at.ts';
import type { Refused } from '../refused.ts';
import type { BranchOf } from '../split.ts';
import type { IsNever } from '../type-fest.ts';
import type { TrustedFilterOf } from './trusted-part.ts';
import type { FieldOf, WrittenPaths } from './update-path.ts';

/** A path with the position `$`, which means the element that the filter matched. */
type Placed = `${string}.$` | `${string}.$.${string}`;

/**
 * The server takes the position of `$` from any array that the filter matched. So the caller's filter has to name the array of `$`, and
 * no filter may name another array. A filter that code built is checked only by the guard.
 */
export type CheckPlaced<TDoc, C extends Capabilities, F, U, O> = 0 extends 1 & C
  ? unknown
  : IsNever<Extract<WrittenPaths<U>, Placed>> extends true
    ? unknown
    : [F, IsNever<keyof F>] extends [BuiltUp, false]
      ? unknown
      : {
          readonly [Name in keyof U]: {
            readonly [P in keyof GivenAt<U, Name>]: P extends Placed
              ? CheckArray<TDoc, C, P, PlacedAt<P>, PathsIn<F>, PathsIn<TrustedFilterOf<O>>>
              : unknown;
          };
        };

type PlacedAt<P> = P extends `${infer Array}.$.${string}`
  ? FieldOf<Array>
  : P extends `${infer Array}.$`
    ? FieldOf<Array>
    : never;

type CheckArray<TDoc, C extends Capabilities, P extends string, Array extends string, Asked, Demanded> =
  IsNever<Extract<Asked, Array | `${Array}.${string}`>> extends true
    ? Refused<`'${P}' needs a condition on '${Array}' in the filter, or '${Array}.$[id]' with arrayFilters`>
    : OtherArray<TDoc, C, Array, Asked & string, Demanded & string> extends infer Other extends string
      ? IsNever<Other> extends true
        ? unknown
        : Refused<`'${P}' could take its position from '${Other}', which is filtered too: write '${Array}.$[id]' with arrayFilters`>
      : never;

/** Other paths that may decide the position of `$`: another array, and paths that the view does not know. */
type OtherArray<TDoc, C extends Capabilities, Array, Asked extends string, Demanded extends string> =
  | Exclude<ArraysOn<Stored<TDoc>, Asked | Demanded>[0], Array>
  | Exclude<Demanded, NamedPath<C> | BranchOf<NamedPath<C>> | '_id'>;

/** The paths of a filter. */
type PathsIn<F> = F extends object
  ? {
      [K in keyof F & string]: K extends '$and' | '$or' | '$nor'
        ? GivenAt<F, K> extends readonly (infer E)[]
          ? PathsIn<E>
          : never
        : K;
    }[keyof F & string]
  : never;
