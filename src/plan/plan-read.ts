import type { CursorOption } from '../grammar/cursor-methods.ts';
import { resolveProjection, resolveWhole } from '../view/resolve-projection.ts';
import { bare } from './emit.ts';
import { assertNoNear } from './filter/assert-no-near.ts';
import { authoriseFilter } from './filter/authorise-filter.ts';
import { emitLimited } from './projection/emit-limited.ts';
import type { MethodName } from '../grammar/method-options.ts';
import { parseEjson } from './options/json-options.ts';
import { parseOption } from './options/parse-option.ts';
import { parseOptions } from './options/parse-options.ts';
import { copySort, parseSort, sortOf } from './filter/parse-sort.ts';
import type { CallContext } from '../errors/call-context.ts';
import {
  issuePlan,
  type CountPlan,
  type DistinctPlan,
  type EstimatePlan,
  type ExistsPlan,
  type FindOperation,
  type FindPlan,
} from './plan.ts';
import { boundFilter } from './scope/bound.ts';
import { withScopeCollation } from './scope/collation.ts';
import { scopePathsOf, type ViewPolicy } from '../view/policy.ts';

/** Plans `find`, `findOne`, `findJson` and `findOneJson`. */
export function planFind<O extends FindOperation>(
  operation: O,
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): FindPlan<O> {
  const { policy, view } = call;
  const parsed = parseOptions(operation, options, call);
  const { planOptions, driverOptions } = parsed;
  const projection = resolveProjection(planOptions['projection'], policy, call);
  return issuePlan({
    operation,
    view,
    policy,
    filter: authoriseFilter(filter, parsed, call),
    projection: emitLimited(projection, call),
    shape: projection.shape.root,
    options: driverOptions,
    sort: sortOf(planOptions, policy.sortable, call),
    ...('ejson' in planOptions ? { ejson: parseEjson(planOptions['ejson'], call) } : {}),
  });
}

/** Plans `exists`. */
export function planExists(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): ExistsPlan {
  return issuePlan({ operation: 'exists', ...filtered('exists', filter, options, call) });
}

/** Plans `countDocuments`. */
export function planCount(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): CountPlan {
  const counted = filtered('countDocuments', filter, options, call);
  assertNoNear(counted.filter, call);
  return issuePlan({ operation: 'countDocuments', ...counted });
}

/** Plans `estimatedDocumentCount`. */
export function planEstimate(options: unknown, call: CallContext<ViewPolicy>): EstimatePlan {
  const { driverOptions } = parseOptions('estimatedDocumentCount', options, call);
  return issuePlan({
    operation: 'estimatedDocumentCount',
    view: call.view,
    policy: call.policy,
    filter: scopePathsOf(call.policy).length > 0 ? boundFilter([], call) : undefined,
    options: withScopeCollation(driverOptions, call),
  });
}

/** Plans `distinct`. Its key has to be a public leaf, and takes the place of a projection. */
export function planDistinct(
  key: unknown,
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): DistinctPlan {
  const { policy } = call;
  if (typeof key !== 'string') return call.refuse('argument_invalid', 'distinct() takes the path of a public leaf.');
  const [leaf, ...others] = resolveWhole([key], policy, call).leaves();
  if (leaf === undefined || others.length > 0 || leaf.path !== key) {
    return call.refuse('projection_path', 'distinct() takes the path of one public leaf, not of a branch.', key);
  }
  return issuePlan({ operation: 'distinct', leaf, ...filtered('distinct', filter, options, call) });
}

function filtered(method: MethodName, filter: unknown, options: unknown, call: CallContext<ViewPolicy>) {
  const parsed = parseOptions(method, options, call);
  return {
    view: call.view,
    policy: call.policy,
    filter: authoriseFilter(filter, parsed, call),
    options: parsed.driverOptions,
  };
}

/** The plan with another sort. */
export function withSort(plan: FindPlan, sort: unknown, call: CallContext<ViewPolicy>): FindPlan {
  return issuePlan({ ...plan, sort: parseSort(copySort(sort, call), call.policy.sortable, call) });
}

/** The plan with another `limit`, `skip` or `batchSize`. */
export function withOption(
  plan: FindPlan,
  name: CursorOption,
  value: unknown,
  call: CallContext<ViewPolicy>,
): FindPlan {
  const options = bare({ ...plan.options, [name]: parseOption(name, value, call) });
  return issuePlan({ ...plan, options: Object.freeze(options) });
}
