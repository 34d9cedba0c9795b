import type { Refused } from './refused.ts';
import type { FilterProblem, Trusted, TrustedMark, Untrusted } from './trusted.ts';
import type { IsNever } from './type-fest.ts';
import type { View } from './view.ts';

/** Checks the `trusted` of a pipeline, which needs a condition for each joined view. */
export type CheckPipelineTrusted<J, O, P> = {
  readonly [K in keyof O]: K extends 'trusted'
    ? Exclude<O[K], undefined> extends Trusted<infer Parts>
      ? Told<JoinsProblem<J, Parts, JoinedBy<P>>> | Extract<O[K], undefined>
      : unknown
    : unknown;
};

/** The same for `findPopulated()`. */
export type CheckPopulateTrusted<J, O> = {
  readonly [K in keyof O]: K extends 'trusted'
    ? Exclude<O[K], undefined> extends Trusted<infer Parts>
      ? Told<JoinsProblem<J, Parts, PopulatedBy<O>>> | Extract<O[K], undefined>
      : unknown
    : unknown;
};

/** A trusted filter in the place of the caller's: it is about the collection that is read, so `joins` says the rest. */
export type CheckPopulateFilter<J, F, O> = F extends TrustedMark
  ? O extends { readonly trusted: Trusted<{ readonly joins: unknown }> }
    ? unknown
    : Told<JoinsProblem<J, { readonly filter: unknown }, PopulatedBy<O>>>
  : unknown;

/** The collections that the stages of a pipeline join, at any depth. */
type JoinedBy<P> = P extends readonly (infer Stage)[] ? JoinedByStage<Stage> : never;

type JoinedByStage<Stage> = Stage extends { readonly $lookup: infer Join }
  ? FromOf<Join> | (Join extends { readonly pipeline: infer Inner } ? JoinedBy<Inner> : never)
  : Stage extends { readonly $facet: infer Pipelines }
    ? JoinedBy<Pipelines[keyof Pipelines]>
    : never;

type PopulatedBy<O> = O extends { readonly populate: infer X } ? PopulatedByJoin<X[keyof X]> : never;

type PopulatedByJoin<Join> = Join extends unknown ? FromOf<Join> | PopulatedBy<Join> : never;

type FromOf<Join> = Join extends { readonly from: infer From extends string } ? From : never;

/** The error messages for missing and surplus entries of `joins`. */
type JoinsProblem<J, Parts, Joined extends string> = Parts extends { readonly joins: infer Demands }
  ? EntryProblem<J, Demands> | Missing<Exclude<Joined, keyof Demands>>
  : Parts extends { readonly filter: unknown }
    ? Missing<Joined>
    : never;

type Missing<Name extends string> = Name extends string
  ? `trusted has no condition for '${Name}': add joins: { ${Name}: filter }`
  : never;

type EntryProblem<J, Demands> = {
  [Name in keyof Demands & string]: Name extends keyof J
    ? J[Name] extends View<infer TDoc, infer _P, infer _C>
      ? FilterProblem<TDoc, Untrusted<Demands[Name]>>
      : never
    : `'${Name}' in trusted.joins is not a view of this SafeDb`;
}[keyof Demands & string];

type Told<Problem> = IsNever<Problem> extends true ? unknown : Refused<Problem & string>;
