import { callContext, type ScopeValues } from '../../errors/call-context.ts';
import { scopePathsOf, type ViewPolicy } from '../../view/policy.ts';
import { parseScopeValues } from './parse-scope-values.ts';

/** The values of `scoped()` of a collection, checked against its view. */
export function scopeOfCall(
  values: unknown,
  policy: ViewPolicy,
  view: string,
  bound: ScopeValues | undefined,
): ScopeValues {
  const call = callContext('scoped', view);
  const paths = scopePathsOf(policy);
  if (paths.length === 0) return call.refuse('argument_invalid', 'scoped() needs a view with a `scope`.');
  if (bound !== undefined)
    return call.refuse('argument_invalid', "This collection is already bound to a scope, which can't be changed.");
  return parseScopeValues(values, paths, call);
}
