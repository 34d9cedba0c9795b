import type { Site } from '../errors/site.ts';
import type { ViewPolicy } from './policy.ts';

/** The policy of each view. An object that is not in here is no view, whatever it looks like. */
const policies = new WeakMap<object, ViewPolicy>();

export function issueView(view: object, policy: ViewPolicy): void {
  policies.set(view, policy);
}

/** The policy of a view, or `undefined` where the value is none. */
export function policyIn(value: unknown): ViewPolicy | undefined {
  return typeof value === 'object' && value !== null ? policies.get(value) : undefined;
}

/** The policy of what is given as a view. Without one nothing is allowed, so the call ends. */
export function policyOf(value: unknown, site: Site): ViewPolicy {
  return policyIn(value) ?? site.refuse('view_invalid', 'The view was not made by defineView().');
}
