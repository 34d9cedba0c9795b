import type { ViewPolicy } from '../../view/policy.ts';
import type { JoinDemands } from '../filter/join-demands.ts';

/** The views that `$lookup` may name, by collection. */
export type Joins = ReadonlyMap<string, ViewPolicy>;

/** The joins of a collection without a SafeDb. */
export const NO_JOINS: Joins = new Map();

/** Settings of a call that apply to its whole pipeline, including joins. */
export interface PipelineTerms {
  readonly joins: Joins;
  /** The program's conditions on joined documents, if it has any. */
  readonly demands: JoinDemands | undefined;
  readonly collation: unknown;
}
