import type { BSONRegExp } from 'mongodb';

import type { ArraysOf } from './array-paths.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { BuiltUp } from './filter.ts';
import type { Op } from './op.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { ScopeScalar } from './scalar.ts';
import type { Trusted, Untrusted } from './trusted.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** Checks the `shardKey` of a view: paths with one scalar each. */
export type CheckShardKeyPart<TDoc, C extends Capabilities, X> =
  IsNever<keyof X> extends true
    ? Refused<"'shardKey' names no path: leave it out if the collection is not sharded">
    : {
        readonly [K in keyof X]: IsAny<X[K]> extends true
          ? never
          : string extends K
            ? Refused<'write the path as a literal'>
            : [X[K]] extends [1 | 'hashed']
              ? [PathKind<ValueAt<Stored<TDoc>, K & string>>, NonNullable<ValueAt<Stored<TDoc>, K & string>>] extends [
                  'leaf',
                  ScopeScalar,
                ]
                ? IsNever<ArraysOf<TDoc, C, K & string>> extends true
                  ? unknown
                  : Refused<`'${K & string}' goes through an array, which no shard key does`>
                : Refused<`'${K & string}' is not a path of this document that holds one scalar`>
              : Refused<"write 1 or 'hashed'">;
      };

/**
 * The filter of a write of one document: with the scope and a trusted filter, it compares the whole shard key with one value. The key is passed
 * beside the capabilities, so that code that is generic over these compiles; there only the guard knows it.
 */
export type CheckTargeted<C extends Capabilities, Key, F, O> = [Key] extends [never]
  ? unknown
  : 0 extends 1 & Key
    ? unknown
    : CheckMissing<F extends unknown ? Missing<C, Key, F, O> : never>;

/** The same for a write of many documents: only an upsert has to say where the new one is stored. */
export type CheckTargetedUpsert<C extends Capabilities, Key, F, O> = [Key] extends [never]
  ? unknown
  : O extends object
    ? true extends O['upsert' & keyof O]
      ? CheckTargeted<C, Key, F, O>
      : unknown
    : unknown;

type CheckMissing<P> = [P] extends [never]
  ? unknown
  : Refused<`the filter has to name the shard key: it does not compare '${P & string}' with one value`>;

/** The paths of the shard key that nothing compares with one value. Of a filter that code built, only the guard knows. */
type Missing<C extends Capabilities, Key, F, O> = [F, IsNever<keyof F>] extends [BuiltUp, false]
  ? never
  : Exclude<Key, Fixed<Untrusted<F>> | C['scope'] | FixedByTrusted<O>>;

type FixedByTrusted<O> = O extends { readonly trusted?: infer T }
  ? T extends Trusted<{ readonly filter: infer Own }>
    ? Fixed<Untrusted<Own>>
    : never
  : never;

/** The paths that a filter compares with one value. */
type Fixed<F> = {
  [K in keyof F]-?: K extends '$and'
    ? F[K] extends readonly (infer Part)[]
      ? Part extends unknown
        ? Fixed<Untrusted<Part>>
        : never
      : never
    : IsOneValue<F[K]> extends true
      ? K
      : never;
}[keyof F];

type IsOneValue<X> = [Extract<X, null | undefined | RegExp | BSONRegExp | readonly unknown[]>] extends [never]
  ? [X] extends [Op<infer Operators>]
    ? IsEquality<Operators>
    : [X] extends [{ readonly [name: `$${string}`]: unknown }]
      ? IsEquality<X>
      : true
  : false;

type IsEquality<Operators> = Operators extends { readonly $eq: infer V }
  ? IsOneValue<V>
  : Operators extends { readonly $in: readonly [infer V] }
    ? IsOneValue<V>
    : false;
