import type { PathNode } from '../view/path-tree.ts';
import type { EjsonMode } from '../grammar/ejson-modes.ts';
import type { PageShape } from '../results/page-reader.ts';
import type { ViewPolicy } from '../view/policy.ts';
import type { Emitted } from './emit.ts';
import type { ChangeStages } from './watch/change-stages.ts';
import type { BoundFilter, BoundPipeline } from './scope/bound.ts';
import type { Sort } from './filter/parse-sort.ts';
import type { DeleteModel, InsertModel, UpdateModel, WriteModel } from './update/write-model.ts';

interface BasePlan {
  /** The name of the view in errors, and the policy that says which names errors may contain. */
  readonly view: string;
  readonly policy: ViewPolicy;
  /** The options for the driver, except those that have their own field here. */
  readonly options: Emitted;
}

/** The methods that read documents by a filter. */
export type FindOperation = 'find' | 'findOne' | 'findJson' | 'findOneJson';

/** A read of documents. */
export interface FindPlan<O extends FindOperation = FindOperation> extends BasePlan {
  readonly operation: O;
  readonly filter: BoundFilter;
  readonly projection: Emitted;
  readonly shape: PathNode;
  /** The leaves that are returned as `Sensitive`. Every privileged plan has this, even if it is empty, and no other plan. */
  readonly sealed?: PathNode;
  readonly sort: Sort | undefined;
  /** How `findJson` and `findOneJson` write the types that JSON does not have. */
  readonly ejson?: EjsonMode | undefined;
}

/** A read of one page. It reads one document more than the page has. */
export interface PagePlan extends Omit<FindPlan, 'operation' | 'sort' | 'ejson' | 'sealed'> {
  readonly operation: 'paginate';
  readonly sort: Sort;
  readonly page: PageShape['page'];
}

/** Whether a document matches. */
export interface ExistsPlan extends BasePlan {
  readonly operation: 'exists';
  readonly filter: BoundFilter;
}

/** The number of matching documents. */
export interface CountPlan extends BasePlan {
  readonly operation: 'countDocuments';
  readonly filter: BoundFilter;
}

/** The approximate number of all documents. With a filter, the number of matching ones: the metadata counts the rows of all scopes. */
export interface EstimatePlan extends BasePlan {
  readonly operation: 'estimatedDocumentCount';
  readonly filter: BoundFilter | undefined;
}

/** The distinct values of a leaf. */
export interface DistinctPlan extends BasePlan {
  readonly operation: 'distinct';
  readonly filter: BoundFilter;
  readonly leaf: PathNode;
  /** Whether the values are returned as `Sensitive`. Only a privileged plan has this. */
  readonly sealed?: boolean;
}

/** New documents. */
export interface InsertPlan extends BasePlan {
  readonly operation: 'insertOne' | 'insertMany';
  readonly models: readonly InsertModel[];
  /** The shape in which they are returned, if there is a projection. */
  readonly shape: PathNode | undefined;
}

/** An update or deletion. */
export interface WritePlan extends BasePlan {
  readonly operation: UpdateModel['kind'] | DeleteModel['kind'] | 'replaceOne';
  readonly model: UpdateModel | DeleteModel;
}

/** An update or deletion of one document that returns it. */
export interface FindAndModifyPlan extends BasePlan {
  readonly operation: 'findOneAndUpdate' | 'findOneAndReplace' | 'findOneAndDelete';
  readonly model: UpdateModel | DeleteModel;
  readonly projection: Emitted;
  readonly shape: PathNode;
  readonly sort: Sort | undefined;
  /** Whether the result says if the call created the document. */
  readonly tellsUpserted: boolean;
}

/** Several writes in one command. */
export interface BulkPlan extends BasePlan {
  readonly operation: 'bulkWrite';
  readonly models: readonly (WriteModel & { readonly collation?: Emitted })[];
}

/** An aggregation. Its documents have the shape of the last stage. */
export interface AggregatePlan extends BasePlan {
  readonly operation: 'aggregate';
  readonly pipeline: BoundPipeline;
  readonly shape: PathNode;
}

/** A stream of the changes of documents. */
export interface WatchPlan extends BasePlan {
  readonly operation: 'watch' | 'consume';
  readonly stages: ChangeStages;
  readonly shape: PathNode;
}

/** An authorised command, made only of parsed parts. Only plans are sent. */
export type Plan =
  | FindPlan
  | PagePlan
  | ExistsPlan
  | CountPlan
  | EstimatePlan
  | DistinctPlan
  | AggregatePlan
  | WatchPlan
  | InsertPlan
  | WritePlan
  | FindAndModifyPlan
  | BulkPlan;

/**
 * An authorised plan, recognised by its private field. A plan inherits nothing: no constructor, so other code can't make one, and no
 * `Object.prototype.sort` if it has no sort itself.
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

/** Marks a plan as authorised. Only the planners of this folder call it. */
export function issuePlan<P extends Plan>(plan: P): P {
  return new IssuedPlan(plan) as object as P;
}

/** Throws unless `issuePlan` made the plan. */
export function assertIssued(plan: Plan): void {
  if (!IssuedPlan.has(plan)) throw new TypeError('This plan was not made by the guard.');
}
