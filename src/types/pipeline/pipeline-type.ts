import type { CheckOf, Fault } from '../every-member.ts';
import type { Exposed } from '../exposed.ts';
import type { IsUnion } from '../is-union.ts';
import type { Refused } from '../refused.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckChoice, CheckStage } from './check-stage.ts';
import type { Collapse } from './collapse.ts';
import type { StatesShape } from './ending.ts';
import type { StageDoubts } from './stage-doubts.ts';
import type { Filtering, NextState, Unchanged } from './next-state.ts';
import type { Plain } from './plain.ts';
import type { After, PipelineState } from './state.ts';

/** The state after all stages of a pipeline. Stages of unknown number may only filter, sort and cut. */
export type StateAfter<S extends PipelineState, P> = P extends readonly [infer Stage, ...infer Rest]
  ? StateAfter<NextState<S, Stage>, Rest>
  : P extends readonly []
    ? S
    : number extends LengthOf<P>
      ? AfterSpread<S, SpreadOf<P>>
      : After<S, unknown>;

type LengthOf<P> = P extends readonly unknown[] ? P['length'] : never;

type AfterSpread<S extends PipelineState, X> =
  X extends Spread<infer Stage, infer Rest>
    ? StateAfter<[KeysOf<Stage>] extends [Filtering] ? Unchanged<S> : After<S, unknown>, Rest>
    : never;

/** Stages of which there may be any number, and the stages after them. */
interface Spread<Stage, Rest extends readonly unknown[]> {
  readonly stage: Stage;
  readonly rest: Rest;
}

/** A pipeline that begins with stages of unknown number. */
type SpreadOf<P, Rest extends readonly unknown[] = []> = P extends readonly [...infer Before, infer Last]
  ? SpreadOf<Before, [Last, ...Rest]>
  : P extends readonly (infer Stage)[]
    ? Spread<Stage, Rest>
    : never;

type KeysOf<Stage> = Stage extends unknown ? keyof Stage : never;

/** The stages of a pipeline, each checked against the state before it. */
export type CheckStages<S extends PipelineState, P, Done extends readonly unknown[] = []> = P extends readonly [
  infer Stage,
  ...infer Rest,
]
  ? CheckStages<NextState<S, Stage>, Rest, [...Done, CheckStage<S, Stage>]>
  : P extends readonly []
    ? Collapse<Readonly<Done>>
    : CheckSpread<S, Done, SpreadOf<P>>;

type CheckSpread<S extends PipelineState, Done extends readonly unknown[], X> =
  X extends Spread<infer Stage, infer Rest extends readonly unknown[]>
    ? CheckEach<S, Stage> extends infer Each
      ? unknown extends Each
        ? CheckStages<Unchanged<S>, Rest, [...Done, ...unknown[]]>
        : readonly [...Done, ...Each[], ...{ [I in keyof Rest]: unknown }]
      : never
    : Refused<'a pipeline must be an array of stages'>;

/** The check of each stage that a spread may bring. */
type CheckEach<S extends PipelineState, Stage> =
  IsAny<Stage> extends true
    ? Refused<'a stage of this pipeline is any'>
    : CheckOf<Stage extends unknown ? Fault<CheckChoice<S, Stage>> : never>;

/** The pipeline in a stage. A choice of several is correct if each one is. */
export type CheckInner<S extends PipelineState, P> =
  IsAny<P> extends true
    ? never
    : IsUnion<P> extends true
      ? CheckOf<P extends unknown ? Fault<CheckStages<S, P>> : never>
      : number extends LengthOf<P>
        ? Everywhere<Fault<CheckStages<S, P>>>
        : CheckStages<S, P>;

/** With a spread, the compiler can't tell the elements apart, so each of them gets all the sentences. */
type Everywhere<Sentences> = [Sentences] extends [never] ? unknown : readonly Refused<Sentences & string>[];

/** A pipeline checked against the view. It has to state its fields. `never` is the result for `any`, so it is refused. */
export type CheckPipeline<S extends PipelineState, P> = IsFaultless<S, P> extends true ? unknown : CheckDoubted<S, P>;

/** The full check, with sentences. */
type CheckDoubted<S extends PipelineState, P> =
  IsAny<P> extends true
    ? never
    : IsUnion<P> extends true
      ? CheckOf<P extends unknown ? Fault<CheckWhole<S, P>> : never>
      : CheckWhole<S, P>;

/** Whether all stages of a pipeline are right. It is `false` if their number is not known. */
type IsFaultless<S extends PipelineState, P> = P extends readonly [unknown, ...unknown[]]
  ? number extends P['length']
    ? false
    : StatesShape<P> extends true
      ? AreRight<S, P>
      : false
  : false;

/** It goes on by the number of stages that are done, because to take a tuple apart costs the compiler more with each stage that is left. */
type AreRight<
  S extends PipelineState,
  P extends readonly unknown[],
  Done extends readonly unknown[] = [],
> = Done['length'] extends P['length']
  ? true
  : IsRight<S, P[Done['length']]> extends true
    ? AreRight<NextState<S, P[Done['length']]>, P, [...Done, unknown]>
    : false;

type IsRight<S extends PipelineState, Stage> = [StageDoubts<S, Stage>] extends [never]
  ? true
  : unknown extends CheckStage<S, Stage>
    ? true
    : false;

type CheckWhole<S extends PipelineState, P> = P extends readonly [...unknown[], unknown]
  ? StatesShape<P> extends true
    ? CheckInner<S, P>
    : CheckInner<S, P> & Sentence<P>
  : P extends readonly []
    ? Refused<Unstated>
    : Refused<'a pipeline must be a literal that ends with a stage written out, not built at run time'>;

type Unstated =
  'a pipeline must end with a stage that says what comes out: $project, $group, $count, $bucket, $bucketAuto, $sortByCount, or a $facet of such pipelines; $sort, $limit, $skip and $sample may follow';

/** The error message, at the last stage. */
type Sentence<P extends readonly unknown[]> = P extends readonly [...infer Before, unknown]
  ? readonly [...{ [I in keyof Before]: unknown }, Refused<Unstated>]
  : never;

/** The result of a pipeline, branded as exposed. */
export type PipelineResult<S extends PipelineState, P> = StateAfter<S, P>['document'] extends infer Document
  ? Exposed<Plain<Document>>
  : never;
