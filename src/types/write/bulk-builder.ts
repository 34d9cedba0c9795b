import type { everything } from '../../values/everything.ts';
import type { Capabilities } from '../capabilities.ts';
import type { CheckFilter } from '../filter.ts';
import type { Refused } from '../refused.ts';
import type { CheckTrusted, Trusted, TrustedShape, Untrusted } from '../trusted.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { UnknownOption } from '../unknown-option.ts';
import type { CheckArrayFilters } from './check-array-filters.ts';
import type { CheckPlaced } from './check-placed.ts';
import type { CheckReplacement, CheckReplaceTrusted, ReplacingUpdate } from './check-replacement.ts';
import type { CheckUpdate } from './check-update.ts';
import type { CheckUpsert } from './check-upsert.ts';

/** The options of a call on a bulk. */
export interface ModelOptions {
  /** Conditions and values of the program, made by `trusted()`. */
  readonly trusted?: Trusted<TrustedShape> | undefined;
}

/** Checks the options of a call on a bulk. */
export type CheckModelOptions<TDoc, C extends Capabilities, O, Used extends keyof TrustedShape> =
  IsAny<O> extends true
    ? never
    : {
        readonly [K in keyof O]: K extends 'trusted'
          ? IsAny<O[K]> extends true
            ? never
            : CheckTrusted<TDoc, C, Exclude<O[K], undefined>, Used> | Extract<O[K], undefined>
          : UnknownOption<K, 'a call on a bulk'>;
      };

/** The filter of a bulk's `find()`. */
export type CheckBulkFilter<TDoc, C extends Capabilities, F> =
  IsAny<F> extends true ? never : F extends typeof everything ? unknown : CheckFilter<TDoc, C, F>;

/** The `this` type of `update()` and `delete()` of a bulk: they write many documents, so their filter must not be empty. */
export type ManyFilter<F> = F extends typeof everything
  ? unknown
  : IsNever<keyof F> extends true
    ? Refused<'an empty filter matches every document: pass everything if you mean that'>
    : unknown;

/** An update of a bulk, checked against the view, its filter, `upsert()` and `arrayFilters()`. */
export type CheckBulkUpdate<TDoc, C extends Capabilities, F, U, O> = CheckUpdate<TDoc, C, U, O> &
  CheckPlaced<TDoc, C, F, U, O> &
  ([F] extends [CheckUpsert<TDoc, C, F, O, U>]
    ? unknown
    : Refused<'an upsert copies an equality of the filter into the new document: it is not writable in this view, or is a single value for an array'>) &
  (O extends { readonly arrayFilters: infer A }
    ? [A] extends [CheckArrayFilters<TDoc, C, Untrusted<U>, A>]
      ? unknown
      : Refused<'an array filter names an identifier that the update does not use, or a path that is not filterable in this view'>
    : unknown);

/** The options of a replacement of a bulk. */
export type CheckReplaceModelOptions<TDoc, C extends Capabilities, O> =
  IsAny<O> extends true
    ? never
    : {
        readonly [K in keyof O]: K extends 'trusted'
          ? CheckReplaceTrusted<TDoc, C, Exclude<O[K], undefined>> | Extract<O[K], undefined>
          : UnknownOption<K, 'a call on a bulk'>;
      };

/** A replacement of a bulk, checked against the view, its filter and `upsert()`. */
export type CheckBulkReplacement<TDoc, C extends Capabilities, F, R, O> = CheckReplacement<TDoc, C, R, O> &
  ([F] extends [CheckUpsert<TDoc, C, F, O, ReplacingUpdate<R, O>>]
    ? unknown
    : Refused<'an upsert copies an equality of the filter into the new document: it is not writable in this view, or is a single value for an array'>) &
  (O extends { readonly arrayFilters: unknown } ? Refused<'a replacement takes no arrayFilters'> : unknown);
