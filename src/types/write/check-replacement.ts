import type { UsedPart } from '../../grammar/trusted-parts.ts';
import type { ArraysOf } from '../array-paths.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { CheckOf, Faults } from '../every-member.ts';
import type { ExposedKey } from '../exposed.ts';
import type { GivenAt } from '../given-at.ts';
import type { IsUnion } from '../is-union.ts';
import type { Refused } from '../refused.ts';
import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { BranchOf, Head } from '../split.ts';
import type { CheckWholeDocument } from '../trusted-in-place.ts';
import type { PartsProblem, SetProblem, Trusted, TrustedMark, TrustedShape, Untrusted } from '../trusted.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { CheckDocumentFields, NotShared, NullKeys, RequiredOfDocument } from './check-insert.ts';
import type { TrustedSetOf } from './trusted-part.ts';
import type { WholeDocument } from './trusted-set.ts';

/** A replacement checked against the view and against the fields that the program sets. It keeps what the caller may not write. */
export type CheckReplacement<TDoc, C extends Capabilities, R, O = {}> =
  IsAny<R> extends true
    ? never
    : IsUnion<R> extends true
      ? CheckOf<R extends unknown ? Faults<CheckOneReplacement<TDoc, C, R, O>> : never>
      : CheckOneReplacement<TDoc, C, R, O>;

type CheckOneReplacement<TDoc, C extends Capabilities, R, O> = R extends readonly unknown[]
  ? Refused<'a replacement must be an object of fields'>
  : R extends TrustedMark
    ? CheckWholeDocument<ReplacingDocument<TDoc, C>, R, O> &
        Elements<Exclude<ElementArrays<TDoc, C>, GivenIn<Untrusted<R>, ElementArrays<TDoc, C>>>>
    : CheckDocumentFields<Stored<TDoc>, C['writable'], R, ''> &
        RequiredOfDocument<
          Stored<TDoc>,
          C['writable'],
          C['provided'] | '_id' | Head<ElementArrays<TDoc, C>> | ElementArrays<TDoc, C> | NullKeys<TrustedSetOf<O>>
        > &
        NotShared<R, TrustedSetOf<O>> &
        KeepsElements<R, C['writable'], ElementArrays<TDoc, C>> &
        KeepsBranches<R, C['writable']> &
        Elements<Exclude<ElementArrays<TDoc, C>, GivenIn<TrustedSetOf<O>, ElementArrays<TDoc, C>>>>;

/** The document that the program gives. The `_id` stays as it is, so it need not be repeated. */
type ReplacingDocument<TDoc, C extends Capabilities> = Omit<WholeDocument<TDoc, C>, '_id'> &
  Partial<Pick<WholeDocument<TDoc, C>, '_id' & keyof WholeDocument<TDoc, C>>>;

/** The arrays of subdocuments that have writable fields. Their elements may have others, which a replacement would delete. */
type ElementArrays<TDoc, C extends Capabilities> = Exclude<
  Extract<ArraysOf<TDoc, C, C['writable']>[0], BranchOf<C['writable']>>,
  C['whole'] | `${C['whole']}.${string}`
>;

type Elements<Missing> =
  IsNever<Missing> extends true
    ? unknown
    : Refused<`\`trusted\` must set '${Missing & string}': its elements may have fields that a replacement would delete. Or change them by updateOne()`>;

/** The paths that an object has. */
type GivenIn<S, P> = P extends `${infer First}.${infer Rest}`
  ? First extends keyof S
    ? [GivenIn<NonNullable<S[First]>, Rest>] extends [never]
      ? never
      : P
    : never
  : P extends keyof S
    ? P
    : never;

/** The elements that the caller names would replace stored ones, with all their fields. */
type KeepsElements<R, W extends string, Arrays, Prefix extends string = ''> = {
  readonly [K in keyof R]: K extends ExposedKey
    ? unknown
    : `${Prefix}${K & string}` extends Arrays
      ? Refused<`'${Prefix}${K & string}' is an array of subdocuments: set it in \`trusted\`, or change its elements by updateOne()`>
      : `${Prefix}${K & string}` extends BranchOf<W>
        ? GivenAt<R, K> extends Scalar | DocumentCarrier | readonly unknown[]
          ? unknown
          : KeepsElements<R[K], W, Arrays, `${Prefix}${K & string}.`>
        : unknown;
};

/** Refuses `null` at a branch. It is reported for the whole document, because at the key an intersection with `null` would be `never`. */
type KeepsBranches<R, W extends string> =
  NullBranch<R, W> extends infer Path extends string
    ? IsNever<Path> extends true
      ? unknown
      : Refused<`'${Path}' is a branch: null would delete its other fields. Leave it out`>
    : never;

type NullBranch<R, W extends string, Prefix extends string = ''> = {
  [K in keyof R & string]: `${Prefix}${K}` extends BranchOf<W>
    ? null extends GivenAt<R, K>
      ? `${Prefix}${K}`
      : GivenAt<R, K> extends Scalar | DocumentCarrier | readonly unknown[]
        ? never
        : NullBranch<GivenAt<R, K>, W, `${Prefix}${K}.`>
    : never;
}[keyof R & string];

/** What the program may set: any field that the view does not write itself. No field is required, because the stored ones stay. */
export type CheckReplaceTrusted<TDoc, C extends Capabilities, T> =
  IsAny<T> extends true
    ? never
    : T extends Trusted<infer Parts>
      ? [TrustedShape] extends [Parts]
        ? Refused<'options.trusted must be made by trusted()'>
        :
              | PartsProblem<TDoc, C, Omit<Parts, 'set'>, UsedPart<'replace'>>
              | SetPartProblem<TDoc, C, Parts> extends infer Problem
          ? IsNever<Problem> extends true
            ? unknown
            : Refused<Problem & string>
          : never
      : Refused<'options.trusted must be made by trusted()'>;

type SetPartProblem<TDoc, C extends Capabilities, Parts> = Parts extends { readonly set: infer S }
  ? SetProblem<Partly<WholeDocument<TDoc, C>>, S>
  : never;

/** A document with some of its fields. */
type Partly<V> = V extends Scalar | DocumentCarrier | readonly unknown[]
  ? V
  : { readonly [K in keyof V]?: Partly<V[K]> };

/** The update that a replacement amounts to, as far as an upsert asks: what the program sets. */
export type ReplacingUpdate<R, O> = Trusted<{ readonly $set: R extends Trusted<infer Own> ? Own : TrustedSetOf<O> }>;
