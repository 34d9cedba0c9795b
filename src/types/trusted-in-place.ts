import type { Capabilities } from './capabilities.ts';
import type { StoredOf } from './opaque-document.ts';
import type { Refused } from './refused.ts';
import type { FilterProblem, SetProblem, Trusted, TrustedMark, UpdateProblem } from './trusted.ts';
import type { IsNever } from './type-fest.ts';
import type { WholeDocument } from './write/trusted-set.ts';

/** A trusted filter in the place of a caller's. */
export type CheckTrustedFilter<TDoc, F> =
  F extends Trusted<infer Own>
    ? FilterProblem<TDoc, Own> extends infer Problem
      ? IsNever<Problem> extends true
        ? TrustedMark
        : Refused<Problem & string>
      : never
    : never;

/** A trusted update in the place of a caller's. */
export type CheckTrustedUpdate<TDoc, U, O> =
  U extends Trusted<infer Own>
    ? O extends { readonly trusted: Trusted<{ readonly update: unknown }> }
      ? Refused<'the whole update was made by trusted(): it holds what `trusted.update` has'>
      : UpdateProblem<TDoc, Own> extends infer Problem
        ? IsNever<Problem> extends true
          ? TrustedMark
          : Refused<Problem & string>
        : never
    : never;

/** A trusted document in the place of a caller's: it has every field that the document requires. */
export type CheckTrustedDocument<TDoc, C extends Capabilities, I, O> =
  I extends Trusted<infer Own>
    ? Own extends readonly unknown[]
      ? Refused<'a document must be an object of fields'>
      : WholeProblem<WholeDocument<StoredOf<TDoc>, C>, Own, O>
    : never;

/** A trusted list in the place of a caller's documents. */
export type CheckTrustedDocuments<TDoc, C extends Capabilities, I, O> =
  I extends Trusted<infer Own>
    ? Own extends readonly (infer Each)[]
      ? WholeProblem<WholeDocument<StoredOf<TDoc>, C>, Each, O>
      : Refused<'insertMany() takes an array of documents'>
    : never;

/** The same for a document that has these fields. */
export type CheckWholeDocument<Whole, I, O> =
  I extends Trusted<infer Own>
    ? Own extends readonly unknown[]
      ? Refused<'a document must be an object of fields'>
      : WholeProblem<Whole, Own, O>
    : never;

/** Of no literal nothing is known. The compiler asks for this too, for the constraint of a document. */
type WholeProblem<Whole, Own, O> = unknown extends Own
  ? Refused<'a trusted document must be a literal'>
  : O extends {
        readonly trusted: Trusted<{ readonly set: unknown }>;
      }
    ? Refused<'the whole document was made by trusted(): it holds what `trusted.set` has'>
    : SetProblem<Whole, Own, 'a trusted document'> extends infer Problem
      ? IsNever<Problem> extends true
        ? TrustedMark
        : Refused<Problem & string>
      : never;
