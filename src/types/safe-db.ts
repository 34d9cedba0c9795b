import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { Capabilities } from './capabilities.ts';
import type { Refused } from './refused.ts';
import type { CheckScope, CollectionFor, ScopeValuesOf } from './scope.ts';
import type { IsAny } from './type-fest.ts';
import type { View } from './view.ts';
import type { viewTypes } from './view-types.ts';

/**
 * The collections of a database that have views, by name. Each may join the others. If views have a scope, their collections have only
 * `scoped()`; `scoped()` of the whole binds all of them at once.
 */
export type SafeDb<V extends object> = {
  readonly [K in keyof V | ScopedName<V>]: K extends keyof V
    ? V[K] extends View<infer TDoc, infer TPublic, infer C>
      ? [TDoc] extends [infer D extends Document]
        ? [TPublic] extends [infer P extends object]
          ? CollectionFor<D, P, C, V, Unscoped<V>>
          : never
        : never
      : never
    : <const S extends object>(values: S & CheckScope<ScopeValuesIn<V>, S>) => ScopedDb<V>;
};

/** The collections of a `SafeDb`, bound to the values of one scope. */
export type ScopedDb<V extends object> = {
  readonly [K in keyof V]: V[K] extends View<infer TDoc, infer TPublic, infer C>
    ? [TDoc] extends [infer D extends Document]
      ? [TPublic] extends [infer P extends object]
        ? SafeCollection<D, P, C, V, C['shardKey']>
        : never
      : never
    : never;
};

/** The name of the method that a `SafeDb` has if one of its views has a scope. */
type ScopedName<V> = [ScopeIn<V>] extends [never] ? never : 'scoped';

/** The fields of all scopes. */
type ScopeIn<V> = { [K in keyof V]: CapabilitiesIn<V[K]>['scope'] }[keyof V];

type CapabilitiesIn<W> = IsAny<W> extends true ? never : W extends View<infer _D, infer _P, infer C> ? C : never;

/** The views that may be joined without a scope. */
type Unscoped<V extends object> = [ScopeIn<V>] extends [never]
  ? V
  : { readonly [K in keyof V as [CapabilitiesIn<V[K]>['scope']] extends [never] ? K : never]: V[K] };

/** The values of one scope for all views. A field of several views needs a value for each of their types. */
type ScopeValuesIn<V> = {
  readonly [P in ScopeIn<V> & string]: Every<{ [K in keyof V]: Takes<V[K], P> }[keyof V]>;
};

type Takes<W, P extends string> =
  W extends View<infer TDoc, infer _P, infer C extends Capabilities>
    ? P extends C['scope']
      ? (value: ScopeValuesOf<TDoc, C>[P]) => void
      : never
    : never;

type Every<F> = [F] extends [(value: infer Value) => void] ? Value : never;

/** Checks the views of a `SafeDb`. */
export type CheckViews<V> =
  IsAny<V> extends true
    ? never
    : {
        readonly [K in keyof V]: IsAny<V[K]> extends true
          ? never
          : V[K] extends { readonly [viewTypes]: unknown }
            ? CheckSaid<CapabilitiesIn<V[K]>, ScopeIn<V>>
            : Refused<'this was not made by defineView()'>;
      };

/** Among views with a scope, each has to say its own, or that its rows are shared. */
type CheckSaid<C extends Capabilities, Scope> = [Scope] extends [never]
  ? unknown
  : [C['scope'], C['shared']] extends [never, false]
    ? Refused<"other views have a scope: add `scope` to this view, or scope: 'shared'">
    : unknown;
