import type { Capabilities } from '../capabilities.ts';
import type { View } from '../view.ts';
import type { PipelineState } from './state.ts';

/** The state at the start of a pipeline over a view. */
export type InitialState<TDoc, TPublic, C extends Capabilities, J> = ViewState<TDoc, TPublic, ReadCapabilities<C>, J>;

/** What the types know where a pipeline begins: the public documents of a view. */
export interface ViewState<TDoc, TPublic, C extends Capabilities, J> extends PipelineState {
  readonly document: TPublic;
  readonly source: TDoc;
  readonly capabilities: C;
  readonly joins: J & object;
  readonly place: 'head';
}

/** The capabilities that a pipeline uses. Without the writable paths, so that a collection is assignable to one that writes less. */
type ReadCapabilities<C extends Capabilities> = Pick<C, Asked> & Omit<Capabilities, Asked>;
type Asked = 'public' | 'subtree' | 'filterable' | 'sortable' | 'joinable' | 'operators';

/** The same, from the type of the view. */
export type SourceState<V, J> =
  V extends View<infer TDoc, infer TPublic, infer C> ? InitialState<TDoc, TPublic, C, J> : never;
