import type { Site } from '../errors/site.ts';
import { copyInput } from '../input/copy-input.ts';
import { TRUSTED_RULES } from './filter/filter-rules.ts';
import type { MethodName } from '../grammar/method-options.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { emitProjection } from './projection/emit-projection.ts';
import { parseOptions, type ParsedOptions } from './options/parse-options.ts';
import { parsePrivilegedProjection } from './projection/parse-privileged-projection.ts';
import { ANY_PATH, sortOf } from './filter/parse-sort.ts';
import type { PlanContext } from './plan-context.ts';
import { issuePlan, type CountPlan, type DistinctPlan, type ExistsPlan, type FindPlan } from './plan.ts';

/** Plans `find` and `findOne` of trusted code: any path, operators always tagged, private leaves sealed. */
export function planPrivilegedFind<O extends 'find' | 'findOne'>(
  operation: O,
  filter: unknown,
  options: unknown,
  { policy, view, site }: PlanContext,
): FindPlan<O> {
  const { planOptions, driverOptions } = optionsOf(operation, options, site);
  const { shape, sealed } = parsePrivilegedProjection(planOptions['projection'], policy, site);
  return issuePlan({
    operation,
    view,
    policy,
    filter: parseFilter(copyInput(filter, 'the filter', site), TRUSTED_RULES, site),
    projection: emitProjection(shape),
    shape: shape.root,
    sealed: sealed.root,
    options: driverOptions,
    sort: sortOf(planOptions, ANY_PATH, site),
  });
}

/** Plans `exists` of trusted code. */
export function planPrivilegedExists(filter: unknown, options: unknown, context: PlanContext): ExistsPlan {
  return issuePlan({ operation: 'exists', ...filtered('exists', filter, options, context) });
}

/** Plans `countDocuments` of trusted code. */
export function planPrivilegedCount(filter: unknown, options: unknown, context: PlanContext): CountPlan {
  return issuePlan({ operation: 'countDocuments', ...filtered('countDocuments', filter, options, context) });
}

/** Plans `distinct` of trusted code: its values are sealed if the path is private. */
export function planPrivilegedDistinct(
  key: unknown,
  filter: unknown,
  options: unknown,
  context: PlanContext,
): DistinctPlan {
  const { policy, site } = context;
  if (typeof key !== 'string') return site.refuse('argument_invalid', 'distinct() takes the path of a leaf.');
  const { shape, sealed } = parsePrivilegedProjection([key], policy, site);
  const [leaf] = shape.leaves();
  if (leaf === undefined) return site.refuse('argument_invalid', 'distinct() takes the path of a leaf.');
  return issuePlan({
    operation: 'distinct',
    leaf,
    sealed: !sealed.isEmpty,
    ...filtered('distinct', filter, options, context),
  });
}

function filtered(method: MethodName, filter: unknown, options: unknown, { policy, view, site }: PlanContext) {
  const { driverOptions } = optionsOf(method, options, site);
  return {
    view,
    policy,
    filter: parseFilter(copyInput(filter, 'the filter', site), TRUSTED_RULES, site),
    options: driverOptions,
  };
}

/** Reads the options. The whole filter is the program's own, so `trusted` is not accepted. */
function optionsOf(method: MethodName, options: unknown, site: Site): ParsedOptions {
  const parsed = parseOptions(method, options, site);
  if (!('trusted' in parsed.planOptions)) return parsed;
  return site.refuse(
    'option_unknown',
    `'trusted' is not an option of a privileged ${method}(): its filter may already use any path.`,
    'trusted',
  );
}
