import { copyInput } from '../input/copy-input.ts';
import { payloadIn } from '../values/trusted.ts';
import { assertNoNear } from './filter/assert-no-near.ts';
import { trustedRules } from './filter/filter-rules.ts';
import type { MethodName } from '../grammar/method-options.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { emitProjection } from './projection/emit-projection.ts';
import { parseOptions, type ParsedOptions } from './options/parse-options.ts';
import { parsePrivilegedProjection } from './projection/parse-privileged-projection.ts';
import { anyPath, sortOf } from './filter/parse-sort.ts';
import type { CallContext } from '../errors/call-context.ts';
import { issuePlan, type CountPlan, type DistinctPlan, type ExistsPlan, type FindPlan } from './plan.ts';
import { boundFilter, type BoundFilter } from './scope/bound.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** Plans `find` and `findOne` of trusted code: any path, operators always tagged, private leaves sealed. */
export function planPrivilegedFind<O extends 'find' | 'findOne'>(
  operation: O,
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): FindPlan<O> {
  const { planOptions, driverOptions } = optionsOf(operation, options, call);
  const { shape, sealed } = parsePrivilegedProjection(planOptions['projection'], call.policy, call);
  return issuePlan({
    operation,
    view: call.view,
    policy: call.policy,
    filter: ownFilter(filter, call),
    projection: emitProjection(shape),
    shape: shape.root,
    sealed: sealed.root,
    options: driverOptions,
    sort: sortOf(planOptions, anyPath(call.policy), call),
  });
}

/** Plans `exists` of trusted code. */
export function planPrivilegedExists(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): ExistsPlan {
  return issuePlan({ operation: 'exists', ...filtered('exists', filter, options, call) });
}

/** Plans `countDocuments` of trusted code. */
export function planPrivilegedCount(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): CountPlan {
  const counted = filtered('countDocuments', filter, options, call);
  assertNoNear(counted.filter, call);
  return issuePlan({ operation: 'countDocuments', ...counted });
}

/** Plans `distinct` of trusted code: its values are sealed if the path is private. */
export function planPrivilegedDistinct(
  key: unknown,
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): DistinctPlan {
  const { policy } = call;
  if (typeof key !== 'string') return call.refuse('argument_invalid', 'distinct() takes the path of a leaf.');
  const { shape, sealed } = parsePrivilegedProjection([key], policy, call);
  const [leaf] = shape.leaves();
  if (leaf === undefined) return call.refuse('argument_invalid', 'distinct() takes the path of a leaf.');
  return issuePlan({
    operation: 'distinct',
    leaf,
    sealed: !sealed.isEmpty,
    ...filtered('distinct', filter, options, call),
  });
}

function filtered(method: MethodName, filter: unknown, options: unknown, call: CallContext<ViewPolicy>) {
  const { driverOptions } = optionsOf(method, options, call);
  return {
    view: call.view,
    policy: call.policy,
    filter: ownFilter(filter, call),
    options: driverOptions,
  };
}

/** Any path may be compared here, so trusted() would add nothing. */
function ownFilter(filter: unknown, call: CallContext<ViewPolicy>): BoundFilter {
  if (payloadIn(filter) === undefined)
    return boundFilter([parseFilter(copyInput(filter, 'the filter', call), trustedRules(call.policy), call)], call);
  return call.refuse(
    'argument_invalid',
    'The filter of a privileged read may already use any path: pass it without trusted().',
  );
}

/** Here the whole filter is the program's own word, so there is no second one. */
function optionsOf(method: MethodName, options: unknown, call: CallContext): ParsedOptions {
  const parsed = parseOptions(method, options, call);
  if (!('trusted' in parsed.planOptions)) return parsed;
  return call.refuse(
    'option_unknown',
    `'trusted' is not an option of a privileged ${method}(): its filter may already use any path.`,
    'trusted',
  );
}
