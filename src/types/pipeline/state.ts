import type { Capabilities } from '../capabilities.ts';

/** The state of the types at one point of a pipeline. */
export interface PipelineState {
  /** The documents there. */
  readonly document: unknown;
  /** The stored document type, for the filters of the head. */
  readonly source: unknown;
  readonly capabilities: Capabilities;
  /** The views that `$lookup` may name, by collection. */
  readonly joins: object;
  /** The part of the pipeline: filters and sorts before the view, joins before the view, or stages after it. */
  readonly place: 'head' | 'joins' | 'body';
  /** The variables that the `let` of the surrounding `$lookup` binds, for `$expr`. */
  readonly variables: unknown;
}

/** The state after a stage that changes the documents, which ends the head. */
export interface After<S extends PipelineState, Document> extends PipelineState {
  readonly document: Document;
  readonly source: S['source'];
  readonly capabilities: S['capabilities'];
  readonly joins: S['joins'];
  readonly place: 'body';
  readonly variables: S['variables'];
}
