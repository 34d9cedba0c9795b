import type { Capabilities } from './capabilities.ts';
import type { CheckCallersFilter, FilterShape } from './filter.ts';
import type { CapabilitiesIn } from './pipeline/check-lookup.ts';
import type { IsUnion } from './is-union.ts';
import type { CheckProjection, ProjectionShape } from './projection.ts';
import type { CheckPlace } from './populate-place.ts';
import type { Refused } from './refused.ts';
import type { CheckSort, SortShape } from './sort.ts';
import type { IsAny } from './type-fest.ts';
import type { View } from './view.ts';

/**
 * Completions in a joined field: the views that may be joined, and the keys. The compiler does not know yet which view is meant,
 * so it offers the paths of all of them.
 */
export type PopulateShape<C extends Capabilities, J> = {
  readonly [field: string]: JoinOffer<C, keyof J & string, CapabilitiesIn<J[keyof J]>> | object;
};

interface JoinOffer<C extends Capabilities, From extends string, Foreign extends Capabilities> {
  /** The collection to join, by the name of its view in the SafeDb. */
  readonly from?: From;
  readonly localField?: C['joinable'];
  readonly foreignField?: Foreign['joinable'];
  /** The public paths of the joined documents. Required. */
  readonly projection?: ProjectionShape<Foreign>;
  /** Joins one document instead of an array. */
  readonly justOne?: boolean;
  readonly filter?: FilterShape<Foreign>;
  readonly sort?: SortShape<Foreign>;
  readonly skip?: number;
  readonly limit?: number;
  /** The documents to join to the joined documents. */
  readonly populate?: object;
}

/** The joined fields of a call, checked against the registered views: each refused part gets an error message. */
export type CheckPopulate<TPublic, C extends Capabilities, J, P, X> = {
  readonly [As in keyof X]: IsAny<X[As]> extends true
    ? never
    : IsUnion<X[As]> extends true
      ? Refused<'a field of populate must be a literal, not chosen by a condition'>
      : CheckJoin<TPublic, C, J, P, As & string, X[As]>;
};

type CheckJoin<TPublic, C extends Capabilities, J, P, As extends string, X> = X extends {
  readonly from: infer From;
  readonly localField: infer Local extends string;
  readonly foreignField: string;
  readonly projection: unknown;
}
  ? From extends keyof J
    ? CheckPlace<TPublic, C, P, As, Local> extends infer Place
      ? unknown extends Place
        ? { readonly [K in keyof X]: IsAny<X[K]> extends true ? never : CheckPart<C, J, J[From], X, K, X[K]> }
        : Place
      : never
    : { readonly from: Refused<`'${From & string}' is not a view of this SafeDb`> }
  : Refused<'a field of populate takes from, localField, foreignField and projection'>;

type CheckPart<C extends Capabilities, J, Foreign, Join, K, X> =
  Foreign extends View<infer TDoc, infer TPublic, infer F>
    ? K extends 'from'
      ? CheckOneName<X>
      : K extends 'localField'
        ? CheckKey<C, X, 'in this view'>
        : K extends 'foreignField'
          ? CheckKey<F, X, 'in the other view'>
          : K extends 'projection'
            ? CheckProjection<TPublic, F, X>
            : K extends 'filter'
              ? CheckCallersFilter<TDoc, F, X>
              : K extends 'sort'
                ? CheckSort<F, X>
                : K extends 'limit' | 'skip'
                  ? X extends number
                    ? unknown
                    : number
                  : K extends 'justOne'
                    ? CheckJustOne<X>
                    : K extends 'populate'
                      ? CheckPopulate<TPublic, F, J, Join extends { readonly projection: infer P } ? P : never, X>
                      : Refused<`'${K & string}' is not a part of populate`>
    : never;

type CheckOneName<X> = IsUnion<X> extends true ? Refused<'write one name as a literal'> : unknown;

type CheckKey<C extends Capabilities, X, Where extends string> =
  IsUnion<X> extends true
    ? Refused<'write one name as a literal'>
    : X extends C['joinable']
      ? unknown
      : Refused<`'${X & string}' is not joinable ${Where}`>;

type CheckJustOne<X> = boolean extends X
  ? Refused<"'justOne' takes the literal true or false">
  : X extends boolean
    ? unknown
    : boolean;
