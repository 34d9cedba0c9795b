import type { Capabilities } from '../capabilities.ts';

/** What the types know at one point of a pipeline. */
export interface PipelineState {
  /** The documents there. */
  readonly document: unknown;
  /** The stored document type, for the filters of the head. */
  readonly source: unknown;
  readonly capabilities: Capabilities;
  /** The views that `$lookup` may name, by collection. */
  readonly joins: object;
  /** Whether stages still run above the view: filters and sorts, then joins, then no more. */
  readonly place: 'head' | 'joins' | 'body';
}

/** The state with other documents; whatever makes them ends the head. */
export interface After<S extends PipelineState, Document> extends PipelineState {
  readonly document: Document;
  readonly source: S['source'];
  readonly capabilities: S['capabilities'];
  readonly joins: S['joins'];
  readonly place: 'body';
}
