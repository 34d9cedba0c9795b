import type { WithFields } from './document-type.ts';
import type { SourceState } from './source-state.ts';
import type { StateAfter } from './pipeline-type.ts';
import type { PipelineState, References } from './state.ts';

/** The state after a `$lookup`: an array of foreign public documents under `as`. */
export interface AfterLookup<S extends PipelineState, A> extends PipelineState {
  readonly document: A extends { readonly as: infer As extends string }
    ? WithFields<S['document'], { readonly [K in As]: Joined<S['joins'], A>[] }>
    : S['document'];
  readonly references: References<this['document']>;
  readonly start: S['start'];
  readonly source: S['source'];
  readonly capabilities: S['capabilities'];
  readonly joins: S['joins'];
  readonly place: S['place'] extends 'body' ? 'body' : 'let' extends keyof A ? 'body' : 'joins';
  readonly variables: S['variables'];
}

/** The foreign documents of a join: the public type of the view, passed through the sub-pipeline. */
export type Joined<J, A> = A extends { readonly from: infer From extends keyof J }
  ? A extends { readonly pipeline: infer P }
    ? StateAfter<SourceState<J[From], J>, P>['document']
    : SourceState<J[From], J>['document']
  : never;
