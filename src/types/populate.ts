import type { Capabilities } from './capabilities.ts';
import type { Exposed } from './exposed.ts';
import type { CheckCallersFilter, FilterShape } from './filter.ts';
import type { CapabilitiesIn, CheckLookupPart } from './pipeline/check-lookup.ts';
import type { IsUnion } from './is-union.ts';
import type { InitialState } from './pipeline/source-state.ts';
import type { PipelineState } from './pipeline/state.ts';
import type { CheckProjection, ProjectionShape, ResultOf } from './projection.ts';
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
  /** Joins one document instead of an array. The field is missing if no document matches. */
  readonly justOne?: boolean;
  readonly filter?: FilterShape<Foreign>;
  readonly sort?: SortShape<Foreign>;
  readonly skip?: number;
  readonly limit?: number;
}

/** The joined fields of a call, checked against the registered views: each refused part gets an error message. */
export type CheckPopulate<TDoc, TPublic, C extends Capabilities, J, X> = {
  readonly [As in keyof X]: IsAny<X[As]> extends true
    ? never
    : IsUnion<X[As]> extends true
      ? Refused<'a field of populate must be a literal, not chosen by a condition'>
      : CheckJoin<InitialState<TDoc, TPublic, C, J>, As, X[As]>;
};

type CheckJoin<S extends PipelineState, As, X> = X extends {
  readonly from: infer From;
  readonly localField: string;
  readonly foreignField: string;
  readonly projection: unknown;
}
  ? From extends keyof S['joins']
    ? CheckLookupPart<S, S['joins'][From], 'as', As> extends infer Name
      ? unknown extends Name
        ? { readonly [K in keyof X]: IsAny<X[K]> extends true ? never : CheckPart<S, S['joins'][From], K, X[K]> }
        : Name
      : never
    : { readonly from: Refused<`'${From & string}' is not a view of this SafeDb`> }
  : Refused<'a field of populate takes from, localField, foreignField and projection'>;

type CheckPart<S extends PipelineState, Foreign, K, X> = K extends 'from' | 'localField' | 'foreignField'
  ? CheckLookupPart<S, Foreign, K, X>
  : Foreign extends View<infer TDoc, infer TPublic, infer C>
    ? K extends 'projection'
      ? CheckProjection<TPublic, C, X>
      : K extends 'filter'
        ? CheckCallersFilter<TDoc, C, X>
        : K extends 'sort'
          ? CheckSort<C, X>
          : K extends 'limit' | 'skip'
            ? X extends number
              ? unknown
              : number
            : K extends 'justOne'
              ? boolean extends X
                ? Refused<"'justOne' takes the literal true or false">
                : X extends boolean
                  ? unknown
                  : boolean
              : Refused<`'${K & string}' is not a part of populate`>
    : never;

/** The result of `findPopulated`: the projected shape with the joined fields. */
export type PopulatedOf<TPublic, J, O> = O extends { readonly projection: infer P; readonly populate: infer X }
  ? Exposed<Joined<ResultOf<TPublic, P>, J, X>>
  : never;

type Joined<Result, J, X> = (Result extends Exposed<infer R> ? R : never) & {
  -readonly [As in keyof X as X[As] extends { readonly justOne: true } ? never : As]: ForeignOf<J, X[As]>[];
} & {
  -readonly [As in keyof X as X[As] extends { readonly justOne: true } ? As : never]?: ForeignOf<J, X[As]>;
} extends infer Both
  ? { -readonly [K in keyof Both as K extends string ? K : never]: Both[K] }
  : never;

type ForeignOf<J, X> = X extends { readonly from: infer From extends keyof J; readonly projection: infer P }
  ? J[From] extends View<infer _D, infer TPublic, infer _C>
    ? ResultOf<TPublic, P> extends Exposed<infer R>
      ? { -readonly [K in keyof R as K extends string ? K : never]: R[K] }
      : never
    : never
  : never;
