import type { PathNode } from '../view/path-tree.ts';
import type { ViewPolicy } from '../view/policy.ts';
import type { Emitted } from './emit.ts';
import type { Sort } from './filter/parse-sort.ts';
import type { DeleteModel, InsertModel, UpdateModel, WriteModel } from './update/write-model.ts';

interface BasePlan {
  /** What errors call the view, and which names they may tell. */
  readonly view: string;
  readonly policy: ViewPolicy;
  /** The options that the driver gets, apart from those that have a field here. */
  readonly options: Emitted;
}

/** Documents of one shape. */
export interface FindPlan<O extends 'find' | 'findOne' = 'find' | 'findOne'> extends BasePlan {
  readonly operation: O;
  readonly filter: Emitted;
  readonly projection: Emitted;
  readonly shape: PathNode;
  /** The leaves of the shape that are handed out as `Sensitive`. Only a privileged plan has this, also where it is empty. */
  readonly sealed?: PathNode;
  readonly sort: Sort | undefined;
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
  /** Whether the values are handed out as `Sensitive`. Only a privileged plan has this. */
  readonly sealed?: boolean;
}

/** New documents. */
export interface InsertPlan extends BasePlan {
  readonly operation: 'insertOne' | 'insertMany';
  readonly models: readonly InsertModel[];
  /** The shape in which they are given back, where that was asked for. */
  readonly shape: PathNode | undefined;
}

/** A change or removal of documents. */
export interface WritePlan extends BasePlan {
  readonly operation: UpdateModel['kind'] | DeleteModel['kind'];
  readonly model: UpdateModel | DeleteModel;
}

/** A change or removal of one document that gives it back. */
export interface FindAndModifyPlan extends BasePlan {
  readonly operation: 'findOneAndUpdate' | 'findOneAndDelete';
  readonly model: UpdateModel | DeleteModel;
  readonly projection: Emitted;
  readonly shape: PathNode;
  readonly sort: Sort | undefined;
}

/** Several writes in one command. */
export interface BulkPlan extends BasePlan {
  readonly operation: 'bulkWrite';
  readonly models: readonly (WriteModel & { readonly collation?: Emitted })[];
}

/** Documents of the shape that a pipeline's last stage gives them. */
export interface AggregatePlan extends BasePlan {
  readonly operation: 'aggregate';
  readonly pipeline: readonly Emitted[];
  readonly shape: PathNode;
}

/** An authorised command: made of parsed parts only, and the only thing that is ever sent. */
export type Plan =
  | FindPlan
  | ExistsPlan
  | CountPlan
  | EstimatePlan
  | DistinctPlan
  | AggregatePlan
  | InsertPlan
  | WritePlan
  | FindAndModifyPlan
  | BulkPlan;

/**
 * A plan that was authorised. Its private field marks it: a look-alike has none, whatever its other fields say, and
 * nobody can make another, because a plan inherits nothing: not its constructor, and not `Object.prototype.sort` where it
 * has no sort of its own.
 */
class IssuedPlan {
  readonly #issued = true;

  constructor(plan: Plan) {
    Object.assign(this, plan);
    Object.freeze(this);
  }

  static has(plan: object): boolean {
    return #issued in plan && plan.#issued;
  }
}

Reflect.deleteProperty(IssuedPlan.prototype, 'constructor');
Object.freeze(Object.setPrototypeOf(IssuedPlan.prototype, null));

/** Marks a plan as authorised. Called by the planners of this folder alone. */
export function issuePlan<P extends Plan>(plan: P): P {
  return new IssuedPlan(plan) as object as P;
}

/** Throws unless the plan was issued here. */
export function assertIssued(plan: Plan): void {
  if (!IssuedPlan.has(plan)) throw new TypeError('This plan was not made by the guard.');
}
