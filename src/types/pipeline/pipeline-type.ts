import type { Exposed } from '../exposed.ts';
import type { Refused } from '../refused.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckStage } from './check-stage.ts';
import type { Collapse } from './collapse.ts';
import type { Excluded, NextState } from './next-state.ts';
import type { PipelineState } from './state.ts';

/** The state after all stages of a pipeline. */
export type StateAfter<S extends PipelineState, P> = P extends readonly [infer Stage, ...infer Rest]
  ? StateAfter<NextState<S, Stage>, Rest>
  : S;

/** The stages of a pipeline, each checked against the state before it. */
export type CheckStages<S extends PipelineState, P, Done extends readonly unknown[] = []> = P extends readonly [
  infer Stage,
  ...infer Rest,
]
  ? CheckStages<NextState<S, Stage>, Rest, [...Done, CheckStage<S, Stage>]>
  : Collapse<Readonly<Done>>;

/** A pipeline checked against the view. Its last stage has to be an inclusion `$project`. `never` is the result for `any`, so it is refused. */
export type CheckPipeline<S extends PipelineState, P> =
  IsAny<P> extends true
    ? never
    : P extends readonly [...unknown[], infer Last]
      ? CheckStages<S, P> & CheckLast<P, Last>
      : P extends readonly []
        ? Refused<'a pipeline must end with a $project that names the fields to return'>
        : Refused<'a pipeline must be a literal, not built at run time'>;

type CheckLast<P extends readonly unknown[], Last> = Last extends { readonly $project: infer A }
  ? [Exclude<keyof A, Excluded<A>>] extends [never]
    ? Sentence<P>
    : unknown
  : Sentence<P>;

/** The error message, at the last stage. */
type Sentence<P extends readonly unknown[]> = P extends readonly [...infer Before, unknown]
  ? readonly [
      ...{ [I in keyof Before]: unknown },
      Refused<'a pipeline must end with a $project that names the fields to return'>,
    ]
  : never;

/** The result of a pipeline, branded as exposed. */
export type PipelineResult<S extends PipelineState, P> = Exposed<StateAfter<S, P>['document']>;
