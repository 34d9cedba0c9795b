import type { Sensitive } from '../values/sensitive.ts';
import type { subtree } from '../values/subtree.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { NotExposed } from './exposed.ts';
import type { InMap, IsMap, PathKind, ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { DocumentCarrier, Scalar } from './scalar.ts';
import type { Head, Tail } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** Completions for any path of a document: its first segments. */
export type DocumentShape<TDoc> =
  | ({ readonly [K in keyof Stored<TDoc> & string]?: unknown } & { readonly [path: string]: unknown })
  | object;

/** The projection of a privileged read checked against the document type: each refused key gets an error message. */
export type CheckPrivilegedProjection<TDoc, C extends Capabilities, P> =
  IsAny<P> extends true
    ? never
    : IsUnion<P> extends true
      ? Refused<'a projection must be a literal, not chosen by a condition'>
      : P extends readonly unknown[]
        ? CheckTuple<TDoc, C, P>
        : IsNever<Exclude<keyof P, P extends { readonly _id: 0 | false } ? '_id' : never>> extends true
          ? Refused<'a projection needs at least one path'>
          : { readonly [K in keyof P]: CheckMark<TDoc, C, K, P[K]> };

type CheckTuple<TDoc, C extends Capabilities, P extends readonly unknown[]> = number extends P['length']
  ? Refused<'a projection must be a literal'>
  : P['length'] extends 0
    ? Refused<'a projection needs at least one path'>
    : { readonly [I in keyof P]: CheckMark<TDoc, C, P[I], 1> };

type CheckMark<TDoc, C extends Capabilities, K, Mark> =
  IsAny<K> extends true
    ? never
    : IsAny<Mark> extends true
      ? never
      : IsUnion<K> extends true
        ? Refused<'write one path as a literal'>
        : K extends string
          ? string extends K
            ? Refused<'write one path as a literal'>
            : K extends PublicPath<C>
              ? CheckLeafMark<K, Mark>
              : CheckPrivateMark<K, PathKind<ValueAt<Stored<TDoc>, K>>, Mark>
          : Refused<'the projection of a privileged read must list each path'>;

/** Paths that are returned as plain values, because they are public. */
export type PublicPath<C extends Capabilities> = C['public'] | `${C['subtree']}.${string}`;

type CheckPrivateMark<K extends string, Kind, Mark> = [Kind] extends ['leaf']
  ? CheckLeafMark<K, Mark>
  : [Kind] extends ['open']
    ? Mark extends typeof subtree
      ? unknown
      : Refused<`'${K}' has no fixed leaves: write subtree, in an object, to read everything below it`>
    : CheckedPath<K, Kind>;

type CheckLeafMark<K extends string, Mark> = Mark extends 1 | true
  ? unknown
  : K extends '_id'
    ? Mark extends 0 | false
      ? unknown
      : Refused<"'_id' takes the literal 1, true, 0 or false">
    : Refused<`'${K}' takes the literal 1 or true`>;

/** The error message for a path of the document that is not a leaf. */
export type CheckedPath<K extends string, Kind> = [Kind] extends ['leaf' | 'open']
  ? unknown
  : [Kind] extends ['unknown']
    ? Refused<`'${K}' is not a path of this document`>
    : [Kind] extends ['carrier']
      ? Refused<`'${K}' holds a DBRef or Code, which contains a document`>
      : Refused<`'${K}' is a branch: name its leaves`>;

type PathsOf<P> = P extends readonly (infer Path extends string)[]
  ? Path
  : Extract<P extends { readonly _id: 0 | false } ? Exclude<keyof P, '_id'> : keyof P, string>;

/** The result of a privileged read with projection `P`: public leaves as plain values, private ones as `Sensitive`. Never `Exposed`. */
export type PrivilegedResult<TDoc, C extends Capabilities, P> = NotExposed<
  Opened<Stored<TDoc>, PublicPath<C>, PathsOf<P>, ''>
>;

/**
 * Walks the document type along the projected paths. As in a public type, a branch that may be stored as `null` or as a
 * scalar is optional: an inclusion projection leaves it out then.
 */
type Opened<T, Public extends string, P extends string, Prefix extends string> = unknown extends T
  ? T
  : T extends unknown
    ? IsMap<T> extends true
      ? { [K in Head<P>]?: FieldOf<InMap<T, K>, K, Public, P, Prefix> }
      : OpenedKeys<T, Public, P, Prefix>
    : never;

type OpenedKeys<T, Public extends string, P extends string, Prefix extends string> = {
  -readonly [K in keyof Picked<T, P> as MayDropOut<T, K, P> extends true ? never : K]: Field<T, K, Public, P, Prefix>;
} & {
  -readonly [K in keyof Picked<T, P> as MayDropOut<T, K, P> extends true ? K : never]?: Field<T, K, Public, P, Prefix>;
} extends infer Both
  ? { [K in keyof Both]: Both[K] }
  : never;

type Picked<T, P extends string> = Pick<T, Head<P> & keyof T>;

type Field<T, K, Public extends string, P extends string, Prefix extends string> = K extends keyof T & string
  ? FieldOf<T[K], K, Public, P, Prefix>
  : never;

type FieldOf<V, K extends string, Public extends string, P extends string, Prefix extends string> = K extends P
  ? Leaf<V, `${Prefix}${K}`, Public>
  : Branch<V, Public, Tail<P, K>, `${Prefix}${K}.`>;

type Leaf<V, Path extends string, Public extends string> = Path extends Public ? V : Sensitive<Exclude<V, undefined>>;

type Branch<T, Public extends string, P extends string, Prefix extends string> = T extends Scalar | DocumentCarrier
  ? never
  : T extends readonly (infer E)[]
    ? Branch<E, Public, P, Prefix>[]
    : Opened<T, Public, P, Prefix>;

type MayDropOut<T, K, P extends string> = K extends P
  ? false
  : K extends keyof T
    ? Extract<T[K], Scalar | DocumentCarrier> extends never
      ? false
      : true
    : false;

/** The values of a privileged `distinct()`: sealed if the path is private. */
export type PrivilegedValue<TDoc, C extends Capabilities, K extends string> =
  Unwound<Exclude<ValueAt<Stored<TDoc>, K>, undefined>> extends infer V
    ? K extends PublicPath<C>
      ? V
      : Sensitive<V>
    : never;

type Unwound<V> = V extends readonly (infer E)[] ? E : V;

/** The key of a privileged `distinct()`: one leaf of the document. `never` is the result for `any`, so it is refused. */
export type CheckPrivilegedKey<TDoc, C extends Capabilities, K> = CheckMark<TDoc, C, K, 1>;
