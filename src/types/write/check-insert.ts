import type { AnyFields, AnyValue } from '../any-value.ts';
import type { Capabilities } from '../capabilities.ts';
import type { DeepReadonly } from '../deep-readonly.ts';
import type { Stored } from '../document.ts';
import type { CheckOf, Faults } from '../every-member.ts';
import type { ExposedKey } from '../exposed.ts';
import type { GivenAt } from '../given-at.ts';
import type { Refused } from '../refused.ts';
import type { IsUnion } from '../is-union.ts';
import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { BranchOf, Branching, Head, Minus, Tail } from '../split.ts';
import type { CheckTrustedDocument, CheckTrustedDocuments } from '../trusted-in-place.ts';
import type { Trusted, TrustedMark, TrustedShape } from '../trusted.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { IsCallersArray, RequiredKeys } from './required-fields.ts';
import type { TrustedSetOf } from './trusted-part.ts';
import type { Fine, Settable } from './settable.ts';
import type { RequiredOfSet } from './trusted-set.ts';
import type { Mismatch } from './writable-path.ts';
import type { DidYouMean } from '../near.ts';

/** Completions in a new document. */
export type InsertShape<C extends Capabilities> =
  | ({ readonly [K in Head<C['writable']>]?: AnyValue } & AnyFields)
  | object;

/**
 * A caller's document checked against the view and against the fields that the program sets: each refused key gets an error
 * message. `never` is the result for `any`, so it is refused.
 */
export type CheckInsert<TDoc, C extends Capabilities, I, O = {}> = 0 extends 1 & C
  ? unknown
  : IsAny<I> extends true
    ? never
    : IsUnion<I> extends true
      ? CheckOf<I extends unknown ? Faults<CheckOneInsert<TDoc, C, I, O>> : never>
      : CheckOneInsert<TDoc, C, I, O>;

type CheckOneInsert<TDoc, C extends Capabilities, I, O> = I extends readonly unknown[]
  ? Refused<'a document must be an object of fields'>
  : I extends TrustedMark
    ? CheckTrustedDocument<TDoc, C, I, O>
    : NeedsTrusted<TDoc, C, O> &
        CheckDocument<Stored<TDoc>, C['writable'], I> &
        Unless<
          RequiredOfDocument<Stored<TDoc>, C['writable'], C['provided']>,
          NullBranches<TrustedSetOf<O>, C['writable']>
        > &
        NotShared<I, TrustedSetOf<O>>;

/** The same for several documents. */
export type CheckInserts<TDoc, C extends Capabilities, I, O> = 0 extends 1 & C
  ? unknown
  : IsAny<I> extends true
    ? never
    : I extends TrustedMark
      ? CheckTrustedDocuments<TDoc, C, I, O>
      : I extends readonly unknown[]
        ? { readonly [N in keyof I]: CheckInsert<TDoc, C, I[N], O> }
        : Refused<'insertMany() takes an array of documents'>;

/** A document may be a union: then the input has what one of its members requires. */
export type RequiredOfDocument<T, W extends string, Provided> =
  IsUnion<T> extends true ? RequiredOfEach<T, W, Provided> : RequiredInput<T, W, Provided>;

type RequiredOfEach<T, W extends string, Provided> = T extends unknown
  ? RequiredInput<T, W, Provided> & Literals<T, Exclude<RequiredKeys<T> & W, Provided>>
  : never;

/** The literals that tell one member of a union from another. */
type Literals<T, K> = {
  readonly [P in keyof T as P extends K ? (IsLiteral<T[P]> extends true ? P : never) : never]-?: T[P];
};

type IsLiteral<V> = [V] extends [string | number]
  ? string extends V
    ? false
    : number extends V
      ? false
      : true
  : false;

/** The branches that the program sets to `null`: nothing of them is asked of the caller. */
type NullBranches<S, W> = [keyof S & Branching<W>] extends [never] ? never : NullKeys<Pick<S, keyof S & Branching<W>>>;

/** Required fields without some branches. */
type Unless<R, K> = [K] extends [never] ? R : R extends unknown ? Omit<R, K & string> : never;

export type NullKeys<S> = { [K in keyof S]-?: [S[K]] extends [null] ? K : never }[keyof S];

/** The writable fields that the document requires: the caller gives them, unless the view has a default. */
export type RequiredInput<T, W extends string, Provided> = {
  readonly [K in RequiredLeaf<T, W, Provided>]: unknown;
} & {
  readonly [K in RequiredBranch<T, W, Provided>]: RequiredBelow<T[K], K, W>;
};

/** The fields that the caller has to give. */
export type RequiredOfInput<T, W extends string, Provided> =
  | RequiredLeaf<T, W, Provided>
  | RequiredBranch<T, W, Provided>;

type RequiredLeaf<T, W extends string, Provided> = Minus<RequiredKeys<T> & W, Provided>;

type RequiredBranch<T, W extends string, Provided> = BranchesOf<
  T,
  W,
  Minus<RequiredKeys<T> & Branching<W>, W | Provided>
>;

/** The branches below which the caller has to give something. */
type BranchesOf<T, W extends string, K extends keyof T> = {
  [B in K]-?: NonNullable<T[B]> extends readonly unknown[]
    ? IsCallersArray<T[B], Tail<W, B>> extends true
      ? B
      : never
    : IsNever<RequiredOfInput<NonNullable<T[B]>, Tail<W, B>, never>> extends true
      ? never
      : B;
}[K];

type RequiredBelow<V, K, W extends string> = V extends null
  ? V
  : V extends readonly unknown[]
    ? unknown
    : RequiredInput<V, Tail<W, K>, never>;

/** The fields of a branch, each of them checked. */
export type CheckDocumentFields<T, W extends string, I, Prefix extends string> = {
  readonly [K in keyof I]: K extends ExposedKey
    ? unknown
    : IsAny<I[K]> extends true
      ? never
      : K extends KeysOf<T> & string
        ? CheckField<PropertyOf<T, K>, W, GivenAt<I, K>, `${Prefix}${K}`>
        : Refused<`'${Prefix}${K & string}' is not a path of this document${DidYouMean<K, KeysOf<T>>}`>;
};

/** The fields of a document. If those at the top that are written as a whole are right, only the others are checked one by one. */
type CheckDocument<T, W extends string, I> = undefined extends I[keyof I]
  ? CheckDocumentFields<T, W, I, ''>
  : [I] extends [Settable<T, W & keyof T>]
    ? CheckOthers<T, W, I, Exclude<keyof I, W & keyof T>>
    : CheckDocumentFields<T, W, I, ''>;

type CheckOthers<T, W extends string, I, K extends keyof I> = [K] extends [never]
  ? Fine<I>
  : CheckDocumentFields<T, W, Pick<I, K>, ''> & Fine<I>;

/** The keys of a type, of each member where it is a union. */
type KeysOf<T> = T extends unknown ? keyof T : never;

type PropertyOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

type CheckField<V, W extends string, X, Path extends string> = Path extends W
  ? [X] extends [Exclude<DeepReadonly<V>, undefined>]
    ? unknown
    : Mismatch<Path, X, V>
  : Path extends BranchOf<W>
    ? null extends V
      ? CheckBranch<NonNullable<V>, W, Exclude<X, null>, Path> | Extract<X, null>
      : CheckBranch<NonNullable<V>, W, X, Path>
    : Refused<`'${Path}' is not writable in this view`>;

type CheckBranch<V, W extends string, X, Path extends string> = [X] extends [never]
  ? unknown
  : V extends readonly (infer E)[]
    ? X extends readonly unknown[]
      ? number extends X['length']
        ? readonly CheckElements<E, W, X[number], Path>[]
        : { readonly [I in keyof X]: CheckElement<E, W, X[I], Path> }
      : Refused<`'${Path}' is an array: it takes an array of objects`>
    : [X] extends [Scalar | DocumentCarrier | readonly unknown[]]
      ? Refused<`'${Path}' is a branch: it takes an object`>
      : CheckDocumentFields<V, W, X, `${Path}.`> & Children<V, W, Path>;

/** A branch that is given needs the fields that it requires; the caller gives the writable ones. */
type Children<V, W extends string, Path extends string> = {
  readonly [K in RequiredKeys<V> & string as `${Path}.${K}` extends W ? K : never]: unknown;
};

/** An array element comes entirely from the caller, so it needs all fields that its type requires. */
export type CheckElement<E, W extends string, X, Path extends string> =
  IsAny<X> extends true
    ? never
    : [X] extends [Scalar | DocumentCarrier | readonly unknown[]]
      ? Refused<`'${Path}' holds subdocuments: each element is an object`>
      : CheckDocumentFields<E, W, X, `${Path}.`> & RequiredOfElement<E>;

/** Elements whose number is not known, each member of a union by itself. */
type CheckElements<E, W extends string, X, Path extends string> = X extends unknown
  ? CheckElement<E, W, X, Path>
  : never;

type RequiredOfElement<E> =
  IsUnion<E> extends true
    ? E extends unknown
      ? { readonly [K in RequiredKeys<E>]: unknown } & Literals<E, RequiredKeys<E>>
      : never
    : { readonly [K in RequiredKeys<E>]: unknown };

/** A path may be set by the caller or by the program: an array as a whole, a branch leaf by leaf. */
export type NotShared<I, S, Prefix extends string = ''> = [keyof I & keyof S] extends [never]
  ? unknown
  : SharedFields<I, S, Prefix>;

type SharedFields<I, S, Prefix extends string> = {
  readonly [K in keyof I]: K extends keyof S
    ? AreBranches<I[K], S[K]> extends true
      ? NotShared<I[K], S[K], `${Prefix}${K & string}.`>
      : Refused<`'${Prefix}${K & string}' is in the input and in \`trusted\`: set it in only one of them`>
    : unknown;
};

type AreBranches<A, B> = [A | B] extends [object]
  ? Extract<A | B, Scalar | DocumentCarrier | readonly unknown[]> extends never
    ? true
    : false
  : false;

/** What the document asks for and the caller may not write has to be set in the options. */
type NeedsTrusted<TDoc, C extends Capabilities, O> = O extends { readonly trusted: {} }
  ? unknown
  : 'trusted' extends keyof O
    ? [Trusted<TrustedShape>] extends [O['trusted']]
      ? unknown
      : Lacks<RequiredOfSet<TDoc, C>>
    : Lacks<RequiredOfSet<TDoc, C>>;

type Lacks<K> = IsNever<K> extends true ? unknown : Refused<`\`trusted\` must set '${K & string}'`>;
