import type { ViewPolicy } from '../view/policy.ts';

/** Makes something of each policy once: a policy never changes, and every call of a collection asks for the same. */
export function perPolicy<T extends object>(make: (policy: ViewPolicy) => T): (policy: ViewPolicy) => T {
  const made = new WeakMap<ViewPolicy, T>();
  return (policy) => {
    const known = made.get(policy);
    if (known !== undefined) return known;
    const first = make(policy);
    made.set(policy, first);
    return first;
  };
}
