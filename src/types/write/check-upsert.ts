import type { BSONRegExp } from 'mongodb';

import type { ArraysOf } from '../array-paths.ts';
import type { Capabilities } from '../capabilities.ts';
import type { CheckOf, Faults } from '../every-member.ts';
import type { BuiltUp } from '../filter.ts';
import type { IsUnion } from '../is-union.ts';
import type { Op } from '../op.ts';
import type { Refused } from '../refused.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { TrustedOnInsertOf } from './trusted-part.ts';
import type { FieldOf } from './update-path.ts';
import type { WritablePath } from './writable-path.ts';

/** Operators whose operand an upsert may copy into the new document. */
type Copied = '$eq' | '$in' | '$all';

/**
 * The filter of a call that may make a new document: the server copies its equalities into it, so they are writable, or
 * the program sets them itself.
 */
export type CheckUpsert<TDoc, C extends Capabilities, F, O, U = {}> = 'upsert' extends (
  IsAny<O> extends true ? never : keyof O
)
  ? true extends O['upsert' & keyof O]
    ? IsUnion<F> extends true
      ? CheckOf<F extends unknown ? Faults<CheckFilterCopied<TDoc, C, F, O, U>> : never>
      : CheckFilterCopied<TDoc, C, F, O, U>
    : unknown
  : unknown;

type CheckFilterCopied<TDoc, C extends Capabilities, F, O, U> = F extends BuiltUp
  ? unknown
  : CheckCopied<F, WritablePath<C> | TrustedOnInsertOf<O>> &
      CheckCopiedKind<TDoc, C, F, SetPaths<U> | TrustedOnInsertOf<O>>;

type CheckCopied<F, Mine> = {
  readonly [K in keyof F]: K extends Mine
    ? unknown
    : K extends '$and' | '$or'
      ? F[K] extends readonly unknown[]
        ? { readonly [I in keyof F[K]]: CheckCopied<F[K][I], Mine> }
        : unknown
      : K extends `$${string}`
        ? unknown
        : IsNever<CopiedBy<F[K]>> extends true
          ? unknown
          : Refused<`an upsert copies '${K & string}' into the new document, and it is not writable in this view`>;
};

type CopiedBy<X> = X extends Op<infer Operators> ? Extract<keyof Operators, Copied> : 'value';

/** The fields that an update sets in a new document. */
type SetPaths<U> = FieldOf<
  { [Name in keyof U]: Name extends '$set' | '$setOnInsert' ? keyof U[Name] : never }[keyof U]
>;

/** A value is copied as it is written: as a single one, through an array as an object. */
type CheckCopiedKind<TDoc, C extends Capabilities, F, Set> = {
  readonly [K in keyof F]: K extends '$and' | '$or'
    ? F[K] extends readonly unknown[]
      ? { readonly [I in keyof F[K]]: CheckCopiedKind<TDoc, C, F[K][I], Set> }
      : unknown
    : K extends Set | `$${string}`
      ? unknown
      : [F[K]] extends [null | RegExp | BSONRegExp | Op<object>]
        ? unknown
        : AtArray<TDoc, C, K & string>;
};

type AtArray<TDoc, C extends Capabilities, K extends string> =
  OnlyArrays<ArraysOf<TDoc, C, K>> extends infer At extends string
    ? IsNever<At> extends true
      ? unknown
      : Refused<`an upsert copies '${K}' into the new document as a single value, and '${At}' is an array: set it in $setOnInsert, or filter by $elemMatch`>
    : never;

type OnlyArrays<E> = E extends readonly [infer Path, infer Depths] ? (0 extends Depths ? never : Path) : never;
