import type { CallContext } from '../errors/call-context.ts';
import type { ViewPolicy } from './policy.ts';

/** The policy of each view. An object that is not in this map is not a view. */
const policies = new WeakMap<object, ViewPolicy>();

export function issueView(view: object, policy: ViewPolicy): void {
  policies.set(view, policy);
}

/** The policy of a view, or `undefined` if the value is not a view. */
export function policyIn(value: unknown): ViewPolicy | undefined {
  return typeof value === 'object' && value !== null ? policies.get(value) : undefined;
}

/** The policy of a view. Throws if the value is not a view. */
export function policyOf(value: unknown, call: CallContext): ViewPolicy {
  return policyIn(value) ?? call.refuse('view_invalid', 'The view was not made by defineView().');
}
