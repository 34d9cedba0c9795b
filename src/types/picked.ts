import type { DeepReadonly } from './deep-readonly.ts';
import type { Exposed } from './exposed.ts';
import type { PartialDeep } from './projected.ts';
import type { Refused } from './refused.ts';
import type { IsAny } from './type-fest.ts';

/** The document of `pick()`: what its type has of the public fields is of the type that the view has. */
export type CheckPicked<TPublic, D> =
  IsAny<D> extends true
    ? unknown
    : [D] extends [DeepReadonly<PartialDeep<TPublic>> | null]
      ? unknown
      : {
          readonly [K in keyof D]: K extends keyof TPublic
            ? [D[K]] extends [MaybePart<TPublic[K]>]
              ? unknown
              : Refused<`'${K & string}' is of another type in this view`>
            : unknown;
        };

/** A stored branch may be `null` if the public one is missing. */
type MaybePart<V> = DeepReadonly<PartialDeep<V>> | null | undefined;

/** What `pick()` gives: complete if the document is, and otherwise any field may be missing. */
export type Picked<TDoc, TPublic, D, Result> =
  IsAny<D> extends true
    ? PartialResult<Result>
    : [D] extends [DeepReadonly<Omit<TDoc, '_id'>> | DeepReadonly<TPublic>]
      ? Result
      : PartialResult<Result>;

type PartialResult<Result> = Result extends Exposed<infer R> ? Exposed<PartialDeep<Plain<R>>> : never;

/** The fields without the brand. */
type Plain<R> = { readonly [K in keyof R as K extends string ? K : never]: R[K] };
