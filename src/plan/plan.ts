import type { PathNode } from '../view/path-tree.ts';
import type { Emitted } from './emit.ts';
import type { Sort } from './parse-sort.ts';

interface BasePlan {
  /** What errors call the view. */
  readonly view: string;
  /** The options that the driver gets, apart from those that have a field here. */
  readonly options: Emitted;
}

/** Documents of one shape. */
export interface FindPlan<O extends 'find' | 'findOne' = 'find' | 'findOne'> extends BasePlan {
  readonly operation: O;
  readonly filter: Emitted;
  readonly projection: Emitted;
  readonly shape: PathNode;
  readonly sort?: Sort;
}

/** Whether there is a document. */
export interface ExistsPlan extends BasePlan {
  readonly operation: 'exists';
  readonly filter: Emitted;
}

/** How many documents there are. */
export interface CountPlan extends BasePlan {
  readonly operation: 'countDocuments';
  readonly filter: Emitted;
}

/** About how many documents there are in all. */
export interface EstimatePlan extends BasePlan {
  readonly operation: 'estimatedDocumentCount';
}

/** The different values of one leaf. */
export interface DistinctPlan extends BasePlan {
  readonly operation: 'distinct';
  readonly filter: Emitted;
  readonly leaf: PathNode;
}

/** Documents of the shape that a pipeline's last stage gives them. */
export interface AggregatePlan extends BasePlan {
  readonly operation: 'aggregate';
  readonly pipeline: readonly Emitted[];
  readonly shape: PathNode;
}

/** An authorised command: made of parsed parts only, and the only thing that is ever sent. */
export type Plan = FindPlan | ExistsPlan | CountPlan | EstimatePlan | DistinctPlan | AggregatePlan;

/** The plans that this module issued. A look-alike is not one of them, whatever its fields say. */
const issued = new WeakSet<object>();

/** Marks a plan as authorised. Called by the planners of this folder alone. */
export function issuePlan<P extends Plan>(plan: P): P {
  issued.add(plan);
  return Object.freeze(plan);
}

/** Throws unless the plan was issued here. */
export function assertIssued(plan: Plan): void {
  if (!issued.has(plan)) throw new TypeError('This is not a plan that the guard issued.');
}
