import type { ViewPolicy } from '../../view/policy.ts';

/** The views that `$lookup` may name, by collection. */
export type Joins = ReadonlyMap<string, ViewPolicy>;

/** A collection that stands alone joins nothing. */
export const NO_JOINS: Joins = new Map();
