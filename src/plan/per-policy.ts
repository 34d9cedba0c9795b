import type { ViewPolicy } from '../view/policy.ts';

/** Caches the result of `make` for each policy. A policy never changes, and every call of a collection needs the same result. */
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
