import type { Capabilities } from '../capabilities.ts';
import type { BuiltUp } from '../filter.ts';
import type { Op } from '../op.ts';
import type { Refused } from '../refused.ts';
import type { IsNever } from '../type-fest.ts';
import type { TrustedOnInsertOf } from './trusted-part.ts';
import type { WritablePath } from './writable-path.ts';

/** Operators whose operand an upsert may copy into the new document. */
type Copied = '$eq' | '$in' | '$all';

/**
 * The filter of a call that may make a new document: the server copies its equalities into it, so they are writable, or
 * the program sets them itself.
 */
export type CheckUpsert<C extends Capabilities, F, O> = O extends { readonly upsert: infer Upsert }
  ? true extends Upsert
    ? F extends BuiltUp
      ? unknown
      : CheckCopied<F, WritablePath<C> | TrustedOnInsertOf<O>>
    : unknown
  : unknown;

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
