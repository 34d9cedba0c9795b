import type { Capabilities } from '../capabilities.ts';
import type { View } from '../view.ts';
import type { NoVariables } from './accumulator-types.ts';
import type { PipelineState, References } from './state.ts';

/** The state at the start of a pipeline over a view. */
export type InitialState<TDoc, TPublic, C extends Capabilities, J, V = NoVariables> = ViewState<
  TDoc,
  TPublic,
  ReadCapabilities<C>,
  J,
  V
>;

/** What the types know where a pipeline begins: the public documents of a view. */
export interface ViewState<TDoc, TPublic, C extends Capabilities, J, V = NoVariables> extends PipelineState {
  readonly document: TPublic;
  readonly references: References<TPublic> | (string extends C['public'] ? never : `$${C['public']}`);
  readonly start: ViewState<TDoc, TPublic, C, J, V>;
  readonly source: TDoc;
  readonly capabilities: C;
  readonly joins: J & object;
  readonly place: 'head';
  readonly variables: V;
}

/** The capabilities that a pipeline uses. Without the writable paths, so that a collection is assignable to one that writes less. */
type ReadCapabilities<C extends Capabilities> = Pick<C, Asked> & Omit<Capabilities, Asked>;
type Asked = 'geo' | 'opaque' | 'public' | 'subtree' | 'filterable' | 'sortable' | 'joinable' | 'operators';

/** The same, from the type of the view. */
export type SourceState<V, J, Variables = NoVariables> =
  V extends View<infer TDoc, infer TPublic, infer C> ? InitialState<TDoc, TPublic, C, J, Variables> : never;
