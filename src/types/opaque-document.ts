import type { Document, ObjectId } from 'mongodb';

import type { SpecShape } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { AnyOpaqueMark, OpaqueId, OpaqueIdMark } from './opaque-id.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { CarrierLike, ScalarLike } from './scalar.ts';
import type { Branching, Dotted, Tail } from './split.ts';
import type { IsNever } from './type-fest.ts';

declare const raw: unique symbol;

/** Where the type of a view's documents keeps the type that is stored, if the view has opaque ids. */
interface Behind<TDoc> {
  readonly [raw]?: { readonly document: TDoc };
}

/** The document type as it is stored, from that of a view. */
export type StoredOf<TDoc> = typeof raw extends keyof TDoc
  ? TDoc extends { readonly [raw]?: { readonly document: infer D } }
    ? D
    : TDoc
  : TDoc;

/** The same for the documents of a collection of the driver. */
export type StoredDocument<TDoc extends Document> = typeof raw extends keyof TDoc
  ? TDoc extends { readonly [raw]?: { readonly document: infer D extends Document } }
    ? D
    : TDoc
  : TDoc;

/** The public paths of opaque ids. Most views have only entries of 1, so this is checked first. */
export type OpaqueNames<P> = [P[keyof P]] extends [1] ? never : NamesIn<P>;

type NamesIn<P> = { [K in keyof P]: P[K] extends AnyOpaqueMark ? K : never }[keyof P] & string;

/** The last segment of a path. */
type Last<P> = P extends `${string}.${infer Rest}` ? Last<Rest> : P;

type Parent<P> = P extends `${infer Head}.${infer Rest}`
  ? Rest extends Dotted
    ? `${Head}.${Parent<Rest>}`
    : Head
  : '';

type StoredIn<Mark> = Mark extends OpaqueIdMark<infer P, unknown> ? P : never;

/** The marks in one branch, by the fields at which the ids are stored. */
type ByStored<M> = { readonly [N in keyof M as N extends Dotted ? never : Last<StoredIn<M[N]>>]: N };

/** The marks in a branch of this one. */
type Below<M, K> = { readonly [N in keyof M as N extends `${K & string}.${infer Rest}` ? Rest : never]: M[N] };

/** The documents as results have them: opaque ids are in the place of the stored ones. */
export type ShownDocument<TDoc, P> = [OpaqueNames<P>] extends [never]
  ? Stored<StoredOf<TDoc>>
  : Shown<Stored<StoredOf<TDoc>>, Pick<P, OpaqueNames<P> & keyof P>, StoredOf<TDoc>>;

type Shown<T, M, TDoc> = T extends ScalarLike | CarrierLike
  ? T
  : T extends readonly (infer E)[]
    ? Shown<E, M, TDoc>[]
    : ShownFields<T, M, ByStored<M>, TDoc>;

type ShownFields<T, M, By, TDoc> = {
  [K in keyof T as K extends keyof By ? By[K] & string : K]: K extends keyof By
    ? Sealed<T[K], IdOf<M[By[K] & keyof M], TDoc>>
    : K extends Branching<keyof M & string>
      ? Shown<T[K], Below<M, K>, TDoc>
      : T[K];
};

/** The id type of a mark. One without a view is for the documents of the view itself. */
type IdOf<Mark, TDoc> = Mark extends OpaqueIdMark<string, infer D> ? OpaqueId<[D] extends [never] ? TDoc : D> : never;

/** An id, or an array of ids, that is shown as another type. */
type Sealed<V, Id> = V extends ObjectId ? Id : V extends readonly (infer E)[] ? Sealed<E, Id>[] : V;

/**
 * The documents as a view's filters and writes name them: with the stored fields, and with a text for each opaque id. A writable one takes the
 * place of the stored field, which only the program may set then.
 */
export type WithIds<TDoc, S extends SpecShape> = [OpaqueNames<S['public']>] extends [never]
  ? TDoc
  : Texts<Stored<TDoc>, Pick<S['public'], OpaqueNames<S['public']> & keyof S['public']>, WritableIn<S>> & Behind<TDoc>;

type WritableIn<S> = S extends { readonly writable: infer W } ? keyof W & string : never;

type Texts<T, M, W extends string> = T extends ScalarLike | CarrierLike
  ? T
  : T extends readonly (infer E)[]
    ? Texts<E, M, W>[]
    : TextFields<T, M, ByStored<M>, W>;

type TextFields<T, M, By, W extends string> = {
  [K in keyof T as K extends keyof By ? (By[K] extends W ? By[K] & string : K) : K]: K extends keyof By
    ? By[K] extends W
      ? Sealed<T[K], string>
      : T[K]
    : K extends Branching<keyof M & string>
      ? Texts<T[K], Below<M, K>, Tail<W, K>>
      : T[K];
} & { [K in keyof By as By[K] extends W ? never : By[K] & string]?: Sealed<T[K & keyof T], string> } & {
  [K in keyof By as By[K] extends W ? (K extends By[K] ? never : K) : never]?: T[K & keyof T];
};

/** Checks a mark at a public path. */
export type CheckOpaque<TDoc, P, K extends string, Mark> =
  Mark extends OpaqueIdMark<infer S, unknown> ? CheckStored<Stored<StoredOf<TDoc>>, P, K, S> : never;

type CheckStored<T, P, K extends string, S extends string> = K extends '_id' | `_id.${string}`
  ? Refused<`an opaque id can't be called '${K}', which is the stored one`>
  : IsNever<ValueAt<T, S>> extends true
    ? Refused<`'${S}' is not a path of this document`>
    : [Single<ValueAt<T, S>>] extends [ObjectId | null | undefined]
      ? Parent<K> extends Parent<S>
        ? [K, ValueAt<T, K>] extends [S, unknown] | [unknown, never]
          ? S extends Exclude<keyof P, K>
            ? Refused<`'${S}' is public as it is stored: name it only as '${K}'`>
            : unknown
          : Refused<`'${K}' is another field of this document`>
        : Refused<`'${K}' and the stored path '${S}' are in different branches`>
      : Refused<`'${S}' is no ObjectId, and only those can be opaque`>;

type Single<V> = V extends readonly (infer E)[] ? Single<E> : V;
