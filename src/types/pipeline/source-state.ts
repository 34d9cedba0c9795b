import type { Capabilities } from '../capabilities.ts';
import type { View } from '../view.ts';
import type { PipelineState } from './state.ts';

/** The state at the start of a pipeline over a view. */
export interface InitialState<TDoc, TPublic, C extends Capabilities, J> extends PipelineState {
  readonly document: TPublic;
  readonly source: TDoc;
  readonly capabilities: C;
  readonly joins: J & object;
  readonly place: 'head';
}

/** The same, from the type of the view. */
export type SourceState<V, J> = V extends View<infer TDoc, infer TPublic, infer C> ? InitialState<TDoc, TPublic, C, J> : never;
