import type { Capabilities } from '../capabilities.ts';
import type { IsMap } from '../path-value.ts';

/** What the types know from the start of a pipeline on. */
export interface PipelineStart {
  /** The stored document type, for the filters of the head. */
  readonly source: unknown;
  readonly capabilities: Capabilities;
  /** The views that `$lookup` may name, by collection. */
  readonly joins: object;
  /** The variables that the `let` of the surrounding `$lookup` binds, for `$expr`. */
  readonly variables: unknown;
}

/** The state of the types at one point of a pipeline. */
export interface PipelineState extends PipelineStart {
  /** The documents there. */
  readonly document: unknown;
  /** How expressions refer to fields that are there, as far as no path has to be walked. */
  readonly references: string;
  readonly start: PipelineStart;
  /** The part of the pipeline: filters and sorts before the view, joins before the view, or stages after it. */
  readonly place: 'head' | 'joins' | 'body';
}

/** The state after a stage that changes the documents, which ends the head. */
export type After<S extends PipelineState, Document> = Body<S['start'], Document>;

/**
 * The state after a stage that leaves all fields but those that it names. So longer references to other fields are still right, and need
 * not be walked.
 */
export type Enriched<S extends PipelineState, Document, Named> = EnrichedBody<
  S['start'],
  Document,
  S['references'],
  Named
>;

interface EnrichedBody<Start extends PipelineStart, Document, Before extends string, Named> extends PipelineState {
  readonly document: Document;
  readonly references: [Before & `$${Named & string}.${string}`] extends [never]
    ? Before | `$${Named & string}`
    : References<Document>;
  readonly start: Start;
  readonly source: Start['source'];
  readonly capabilities: Start['capabilities'];
  readonly joins: Start['joins'];
  readonly place: 'body';
  readonly variables: Start['variables'];
}

/** A state knows where its pipeline starts, not the states between: the compiler goes through all that a type is made of, again and again. */
interface Body<Start extends PipelineStart, Document> extends PipelineState {
  readonly document: Document;
  readonly references: References<Document>;
  readonly start: Start;
  readonly source: Start['source'];
  readonly capabilities: Start['capabilities'];
  readonly joins: Start['joins'];
  readonly place: 'body';
  readonly variables: Start['variables'];
}

/** The references to the fields that each document names. An array has none, as its elements are meant. */
export type References<T> = number extends keyof T ? never : IsMap<T> extends true ? never : `$${keyof T & string}`;
