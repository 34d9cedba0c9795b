import type { ViewPolicy } from '../../view/policy.ts';
import type { JoinDemands } from '../filter/join-demands.ts';

/** The views that `$lookup` may name, by collection. */
export type Joins = ReadonlyMap<string, ViewPolicy>;

/** A collection that stands alone joins nothing. */
export const NO_JOINS: Joins = new Map();

/** What a call says about all of its pipeline, joins included. */
export interface PipelineTerms {
  readonly joins: Joins;
  /** What the program demands of joined documents, if it demands anything. */
  readonly demands: JoinDemands | undefined;
  readonly collation: unknown;
}
