import type { CursorOption } from '../grammar/cursor-methods.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { bare } from './emit.ts';
import { authoriseFilter } from './filter/authorise-filter.ts';
import { emitProjection } from './projection/emit-projection.ts';
import type { MethodName } from '../grammar/method-options.ts';
import { parseOption } from './options/parse-option.ts';
import { parseOptions } from './options/parse-options.ts';
import { copySort, parseSort, sortOf } from './filter/parse-sort.ts';
import type { PlanContext } from './plan-context.ts';
import {
  issuePlan,
  type CountPlan,
  type DistinctPlan,
  type EstimatePlan,
  type ExistsPlan,
  type FindPlan,
} from './plan.ts';

/** Plans `find` and `findOne`. */
export function planFind<O extends 'find' | 'findOne'>(
  operation: O,
  filter: unknown,
  options: unknown,
  context: PlanContext,
): FindPlan<O> {
  const { policy, view, site } = context;
  const parsed = parseOptions(operation, options, site);
  const { planOptions, driverOptions } = parsed;
  const shape = resolveProjection(planOptions['projection'], policy, site);
  return issuePlan({
    operation,
    view,
    policy,
    filter: authoriseFilter(filter, parsed, context),
    projection: emitProjection(shape),
    shape: shape.root,
    options: driverOptions,
    sort: sortOf(planOptions, policy.sortable, site),
  });
}

/** Plans `exists`. */
export function planExists(filter: unknown, options: unknown, context: PlanContext): ExistsPlan {
  return issuePlan({ operation: 'exists', ...filtered('exists', filter, options, context) });
}

/** Plans `countDocuments`. */
export function planCount(filter: unknown, options: unknown, context: PlanContext): CountPlan {
  return issuePlan({ operation: 'countDocuments', ...filtered('countDocuments', filter, options, context) });
}

/** Plans `estimatedDocumentCount`. */
export function planEstimate(options: unknown, { policy, view, site }: PlanContext): EstimatePlan {
  const { driverOptions } = parseOptions('estimatedDocumentCount', options, site);
  return issuePlan({ operation: 'estimatedDocumentCount', view, policy, options: driverOptions });
}

/** Plans `distinct`. Its key has to be a public leaf, and takes the place of a projection. */
export function planDistinct(key: unknown, filter: unknown, options: unknown, context: PlanContext): DistinctPlan {
  const { policy, site } = context;
  if (typeof key !== 'string') return site.refuse('argument_invalid', 'distinct() takes the path of a public leaf.');
  const [leaf, ...others] = resolveProjection([key], policy, site).leaves();
  if (leaf === undefined || others.length > 0 || leaf.path !== key) {
    return site.refuse('projection_path', 'distinct() takes the path of one public leaf, not of a branch.', key);
  }
  return issuePlan({ operation: 'distinct', leaf, ...filtered('distinct', filter, options, context) });
}

function filtered(method: MethodName, filter: unknown, options: unknown, context: PlanContext) {
  const parsed = parseOptions(method, options, context.site);
  return {
    view: context.view,
    policy: context.policy,
    filter: authoriseFilter(filter, parsed, context),
    options: parsed.driverOptions,
  };
}

/** The plan with another sort. */
export function withSort(plan: FindPlan, sort: unknown, { policy, site }: PlanContext): FindPlan {
  return issuePlan({ ...plan, sort: parseSort(copySort(sort, site), policy.sortable, site) });
}

/** The plan with another `limit`, `skip` or `batchSize`. */
export function withOption(plan: FindPlan, name: CursorOption, value: unknown, { site }: PlanContext): FindPlan {
  const options = bare({ ...plan.options, [name]: parseOption(name, value, site) });
  return issuePlan({ ...plan, options: Object.freeze(options) });
}
