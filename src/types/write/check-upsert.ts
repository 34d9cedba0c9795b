import type { BSONRegExp } from 'mongodb';

import type { ArraysOf } from '../array-paths.ts';
import type { Capabilities } from '../capabilities.ts';
import type { CheckOf, Faults } from '../every-member.ts';
import type { BuiltUp } from '../filter.ts';
import type { GivenAt } from '../given-at.ts';
import type { IsUnion } from '../is-union.ts';
import type { Op } from '../op.ts';
import type { Refused } from '../refused.ts';
import type { Trusted, TrustedMark, Untrusted } from '../trusted.ts';
import type { IsNever } from '../type-fest.ts';
import type { TrustedOnInsertOf } from './trusted-part.ts';
import type { FieldOf, WrittenPaths } from './update-path.ts';
import type { WholeId } from '../whole-id.ts';
import type { WritablePath } from './writable-path.ts';

/** Operators whose operand an upsert may copy into the new document. */
type Copied = '$eq' | '$in' | '$all';

/**
 * The filter of a call that may create a document. The server copies its equalities into the document, so they have to be writable,
 * or the program has to set them.
 */
export type CheckUpsert<TDoc, C extends Capabilities, F, O, U = {}> = 0 extends 1 & C
  ? unknown
  : O extends object
    ? true extends O['upsert' & keyof O]
      ? IsUnion<F> extends true
        ? CheckOf<F extends unknown ? Faults<CheckFilterCopied<TDoc, C, F, O, U>> : never>
        : CheckFilterCopied<TDoc, C, F, O, U>
      : unknown
    : unknown;

/** What a trusted update sets, whatever the filter says. */
type OwnOnInsert<U> = U extends Trusted<infer Own> ? SetPaths<Own> : never;

type CheckFilterCopied<TDoc, C extends Capabilities, F, O, U> = F extends BuiltUp | TrustedMark
  ? unknown
  : CheckCopied<F, WritablePath<C> | TrustedOnInsertOf<O> | OwnOnInsert<U>> &
      CheckCopiedKind<TDoc, C, F, SetPaths<Untrusted<U>> | TrustedOnInsertOf<O>>;

type CheckCopied<F, Mine> = {
  readonly [K in keyof F]: K extends Mine
    ? CopiedOnce<K, GivenAt<F, K>>
    : K extends '$and' | '$or'
      ? CopiedByEach<GivenAt<F, K>, Mine>
      : K extends `$${string}`
        ? K extends '$text'
          ? Refused<"'$text' is not allowed in an upsert: it does not say which document to create">
          : unknown
        : IsNever<CopiedBy<GivenAt<F, K>>> extends true
          ? unknown
          : [K, PartsOf<GivenAt<F, K>>] extends ['_id', Mine]
            ? unknown
            : Refused<`an upsert copies '${K & string}' into the new document, but it is not writable in this view`>;
};

/** A written `$all` of several values. Patterns are only matched. */
type CopiedOnce<K, X> =
  X extends Op<{ readonly $all: infer All extends readonly [unknown, unknown, ...unknown[]] }>
    ? IsNever<Extract<All[number], RegExp | BSONRegExp>> extends true
      ? Refused<`an upsert can't store several values of $all at '${K & string}': demand one, or use $elemMatch`>
      : unknown
    : unknown;

type CopiedByEach<Branches, Mine> = Branches extends readonly unknown[]
  ? { readonly [I in keyof Branches]: CheckCopied<Branches[I], Mine> }
  : unknown;

/** The fields of a whole `_id`. */
type PartsOf<X> = [WholeId<X>] extends [never] ? '_id' : `_id.${keyof X & string}`;

type CopiedBy<X> = X extends Op<infer Operators> ? Extract<keyof Operators, Copied> : 'value';

/** The fields that an update sets in a new document. */
type SetPaths<U> = FieldOf<WrittenPaths<U, '$set' | '$setOnInsert'>>;

/** An equality is copied literally: a single value for an array, an object for a path through an array. */
type CheckCopiedKind<TDoc, C extends Capabilities, F, Set> = {
  readonly [K in keyof F]: K extends '$and' | '$or'
    ? CopiedKindOfEach<TDoc, C, GivenAt<F, K>, Set>
    : K extends Set | `$${string}`
      ? unknown
      : [GivenAt<F, K>] extends [null | RegExp | BSONRegExp | readonly unknown[] | Op<object>]
        ? unknown
        : AtArray<TDoc, C, K & string>;
};

type CopiedKindOfEach<TDoc, C extends Capabilities, Branches, Set> = Branches extends readonly unknown[]
  ? { readonly [I in keyof Branches]: CheckCopiedKind<TDoc, C, Branches[I], Set> }
  : unknown;

type AtArray<TDoc, C extends Capabilities, K extends string> =
  OnlyArrays<ArraysOf<TDoc, C, K>> extends infer At extends string
    ? IsNever<At> extends true
      ? unknown
      : Refused<`an upsert copies '${K}' into the new document as a single value, but '${At}' is an array: set it in $setOnInsert, or filter by $elemMatch`>
    : never;

type OnlyArrays<E> = E extends readonly [infer Path, infer Depths] ? (0 extends Depths ? never : Path) : never;
