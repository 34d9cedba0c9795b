import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { PrivilegedCollection } from '../privileged/privileged-collection.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { ScopeScalar } from './scalar.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { View } from './view.ts';

/** Checks the `scope` of a view: top-level fields with one value each, which no caller writes, or `'shared'`. */
export type CheckScopePart<TDoc, C extends Capabilities, X> = [X] extends ['shared']
  ? unknown
  : [X] extends [string]
    ? Refused<"'scope' takes an object of fields, or 'shared'">
    : IsNever<keyof X> extends true
      ? Refused<"'scope' names no field: if every row is for everybody, write 'shared'">
      : {
          readonly [K in keyof X]: IsAny<X[K]> extends true
            ? never
            : [X[K]] extends [1]
              ? CheckScopeField<C, K, PathKind<ValueAt<Stored<TDoc>, K & string>>, ValueAt<Stored<TDoc>, K & string>>
              : Refused<'write 1'>;
        };

type CheckScopeField<C extends Capabilities, K, Kind, V> = string extends K
  ? Refused<'write the path as a literal'>
  : K extends '_id' | `${string}.${string}`
    ? Refused<`'${K}' is not allowed: name top-level fields whose values are the same in all rows of a scope`>
    : [Kind, NonNullable<V>] extends ['leaf', ScopeScalar]
      ? K extends C['writable'] | C['own']
        ? Refused<`'${K & string}' is set by the scope, so nothing else may write it`>
        : unknown
      : Refused<`'${K & string}' is not a field of this document that holds one scalar`>;

/** The values of one scope, by field. */
export type ScopeValuesOf<TDoc, C extends Capabilities> = {
  readonly [P in C['scope']]: NonNullable<ValueAt<Stored<TDoc>, P>>;
};

/** Checks the values of `scoped()`: exactly one for each field of the scope. */
export type CheckScope<Values, S> =
  IsNever<keyof Values> extends true
    ? Refused<'the view has no scope'>
    : { readonly [K in keyof Values]: K extends keyof S ? CheckValue<Values[K], S[K], K> : Values[K] } & {
        readonly [K in Exclude<keyof S, keyof Values>]: Refused<`'${K & string}' is not in the scope`>;
      };

type CheckValue<V, X, K> =
  IsAny<X> extends true
    ? never
    : [X] extends [V]
      ? unknown
      : Refused<`the value of '${K & string}' does not have the type of the field`>;

/** The views that a collection may join if it is bound by itself: those without a scope, and those with the same fields or fewer. */
export type JoinsWithin<J, C extends Capabilities> =
  IsNever<keyof J> extends true
    ? J & object
    : {
        readonly [
          K in keyof J as J[K] extends View<infer _D, infer _P, infer F extends Capabilities>
            ? [F['scope']] extends [C['scope']]
              ? K
              : never
            : never
        ]: J[K];
      };

/** The collection of a view with a scope, before it is bound to one: its only method is `scoped()`. */
export type UnscopedCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities,
  J extends object = object,
> = Pick<SafeCollection<TDoc, TPublic, C, J, C['shardKey']>, 'scoped'>;

/** What a view makes of a collection: without a scope, all methods; with one, only `scoped()`. Of an unknown view the guard decides. */
export type CollectionFor<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities,
  J extends object = object,
  Unscoped extends object = J,
> =
  IsScoped<C> extends true
    ? UnscopedCollection<TDoc, TPublic, C, J>
    : SafeCollection<TDoc, TPublic, C, Unscoped, C['shardKey']>;

/** The same for a `PrivilegedCollection`. */
export type PrivilegedFor<TDoc extends Document, TPublic extends object, C extends Capabilities> =
  IsScoped<C> extends true ? UnscopedPrivilegedCollection<TDoc, TPublic, C> : PrivilegedCollection<TDoc, TPublic, C>;

/** The privileged collection of a view with a scope, before it is bound to one. */
export type UnscopedPrivilegedCollection<TDoc extends Document, TPublic extends object, C extends Capabilities> = Pick<
  PrivilegedCollection<TDoc, TPublic, C>,
  'scoped'
>;

type IsScoped<C extends Capabilities> = [C['scope']] extends [never] ? false : string extends C['scope'] ? false : true;
