import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { Capabilities, CapabilitiesOf, SpecShape } from './capabilities.ts';
import type { CheckAudienceParts, ExtendedView, ExtensionOffer } from './extended-view.ts';
import type { IsUnion } from './is-union.ts';
import type { Refused } from './refused.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { View } from './view.ts';
import type { StoredOf } from './opaque-document.ts';
import type { PublicOf } from './view-helpers.ts';

/**
 * The views of one collection, by audience. It is a view itself: that of the smallest audience.
 */
export interface Audiences<TDoc, TPublic, C extends Capabilities, V extends object> extends View<TDoc, TPublic, C> {
  /** The view of each audience, as a projection or for `PublicOf`. */
  readonly views: V;
}

/** Completions for the audiences of a view. */
export type AudiencesOffer<TDoc> = { readonly [audience: string]: ExtensionOffer<TDoc> | object };

/** The views that the description of audiences makes. */
export type AudienceViews<TDoc, C, A> = {
  readonly [K in keyof A]: A[K] extends View<infer _D, infer _P, infer _C> ? A[K] : ExtendedView<TDoc, C, A[K]>;
};

/** What `defineAudiences()` returns. */
export type AudiencesOf<TDoc, V extends object> =
  V[Smallest<V>] extends View<TDoc, infer TPublic, CapabilitiesOf<infer S extends SpecShape, infer _A>>
    ? Audiences<TDoc, TPublic, CapabilitiesOf<S, V>, V>
    : never;

/** Checks the audiences of a view. One of them has to be contained in all others: it is what a call without an audience sees. */
export type CheckAudiences<TDoc, C extends Capabilities, A> =
  IsAny<C | A> extends true
    ? never
    : string extends keyof A
      ? Refused<'write the audiences as literals'>
      : { readonly [K in keyof A]: CheckOneAudience<TDoc, C, A[K]> } & CheckSmallest<
          Smallest<AudienceViews<TDoc, C, A>>
        >;

type CheckOneAudience<TDoc, C extends Capabilities, X> =
  IsAny<X> extends true
    ? never
    : IsUnion<X> extends true
      ? Refused<'an audience cannot be chosen by a condition'>
      : X extends View<infer D, infer _P, infer Own extends Capabilities>
        ? IsSame<StoredOf<D>, StoredOf<TDoc>> extends true
          ? CheckSameRows<C, Own>
          : Refused<'this is a view of other documents'>
        : CheckAudienceParts<TDoc, C, X> & CheckNoRows<X>;

type IsSame<A, B> = [A, B] extends [B, A] ? true : false;

type CheckNoRows<X> =
  IsNever<keyof X & ('scope' | 'shardKey')> extends true
    ? unknown
    : Refused<`an audience has no '${keyof X & ('scope' | 'shardKey')}' of its own: all audiences of a collection have the same`>;

type CheckSameRows<C extends Capabilities, Own extends Capabilities> =
  IsSame<[C['scope'], C['shared'], C['shardKey']], [Own['scope'], Own['shared'], Own['shardKey']]> extends true
    ? unknown
    : Refused<'this view has another `scope` or `shardKey`: all audiences of a collection have the same'>;

type CheckSmallest<K> =
  IsNever<K> extends true
    ? Refused<'none of the audiences is contained in all others: one has to be, because a call without an audience sees it'>
    : IsUnion<K> extends true
      ? Refused<'two audiences allow the same: leave one out'>
      : unknown;

/** The audience that is contained in all others. */
type Smallest<V> = { [K in keyof V]: IsNever<NotContaining<V, K>> extends true ? K : never }[keyof V];

/** The audiences that lack something that an audience has. */
type NotContaining<V, K extends keyof V> = {
  [Other in keyof V]: IsWithin<CapabilitiesIn<V[K]>, CapabilitiesIn<V[Other]>> extends true ? never : Other;
}[keyof V];

type CapabilitiesIn<W> = W extends View<infer _D, infer _P, infer C> ? C : never;

type IsWithin<C extends Capabilities, In extends Capabilities> = [
  C['public'],
  C['subtree'],
  C['writable'],
  C['writableSubtree'],
  C['filterable'],
  C['sortable'],
  C['joinable'],
  C['geo'],
  C['search'],
  C['whole'],
  C['operators'],
] extends [
  Covered<In['public'], In['subtree']>,
  Covered<In['subtree'], In['subtree']>,
  Covered<In['writable'], In['writableSubtree']>,
  Covered<In['writableSubtree'], In['writableSubtree']>,
  Covered<In['filterable'], In['subtree'] & In['filterable']>,
  Covered<In['sortable'], In['subtree'] & In['sortable']>,
  Covered<In['joinable'], In['subtree'] & In['joinable']>,
  In['geo'],
  In['search'],
  In['whole'],
  In['operators'] | 'tagged',
]
  ? true
  : false;

type Covered<Paths extends string, Subtrees extends string> = Paths | `${Subtrees}.${string}`;

/** Checks the name of an audience. In code that is generic over views nothing is known of it. */
export type CheckAudience<C extends Capabilities, A> = 0 extends 1 & C
  ? unknown
  : IsAny<A> extends true
    ? never
    : IsNever<keyof C['audiences']> extends true
      ? Refused<'the view has no audiences: make them with defineAudiences()'>
      : [A] extends [keyof C['audiences']]
        ? unknown
        : string extends A
          ? Refused<'the name of an audience has to be known: write it as a literal, or as a union of literals'>
          : Refused<`'${Exclude<A, keyof C['audiences']> & string}' is not an audience of this view`>;

/** The collection of an audience. If it is one of several, the calls that all of them allow, with the results of each. */
export type AudienceCollection<TDoc extends Document, C extends Capabilities, A, J extends object> = C['audiences'][A &
  keyof C['audiences']] extends infer V
  ? IsNever<V> extends true
    ? SafeCollection<TDoc, object, Capabilities, J>
    : IsUnion<V> extends true
      ? PublicOf<V> extends infer TPublic extends object
        ? SafeCollection<TDoc, TPublic, ChosenCapabilities<V>, J, ChosenCapabilities<V>['shardKey']>
        : never
      : V extends View<infer _D, infer TPublic extends object, infer Own extends Capabilities>
        ? SafeCollection<TDoc, TPublic, Own, J, Own['shardKey']>
        : never
  : never;

/** What every one of these views allows. */
interface ChosenCapabilities<V> extends Capabilities {
  readonly public: Common<V, 'public'>;
  readonly subtree: Common<V, 'subtree'>;
  readonly writable: Common<V, 'writable'>;
  readonly writableSubtree: Common<V, 'writableSubtree'>;
  readonly filterable: Common<V, 'filterable'>;
  readonly sortable: Common<V, 'sortable'>;
  readonly joinable: Common<V, 'joinable'>;
  readonly geo: Common<V, 'geo'>;
  readonly search: Common<V, 'search'>;
  readonly opaque: CapabilitiesIn<V>['opaque'];
  readonly operators: CapabilitiesIn<V>['operators'] extends 'plain' ? 'plain' : 'tagged';
  readonly provided: Common<V, 'provided'>;
  readonly whole: Common<V, 'whole'>;
  readonly own: CapabilitiesIn<V>['own'];
  readonly scope: CapabilitiesIn<V>['scope'];
  readonly shardKey: CapabilitiesIn<V>['shardKey'];
  readonly shared: CapabilitiesIn<V>['shared'];
  readonly version: Common<V, 'version'>;
  readonly audiences: {};
  /** The views that a call may have. Each is a projection of it. */
  readonly chosen: V;
}

/** The paths that are in a set of each view. */
type Common<V, Role extends keyof Capabilities> = (
  V extends unknown ? (paths: CapabilitiesIn<V>[Role]) => void : never
) extends (paths: infer Paths extends string) => void
  ? Paths
  : never;
