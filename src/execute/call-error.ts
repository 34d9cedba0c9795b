import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { Plan } from '../plan/plan.ts';
import { mapError } from './map-error.ts';
import { pollutionDuring } from './prototype-guard.ts';
import type { CallTarget } from './target.ts';

/** The error that ends a call: its own, the reason of its signal, or what a caller may see of the driver's. */
export function callError(error: unknown, { signal, onDriverError }: CallTarget, plan: Plan): unknown {
  if (error instanceof SafeCollectionError) return error;
  if (signal.aborted) return signal.reason;
  // The driver fails in odd ways then: what it says would lead nowhere.
  return pollutionDuring(plan) ?? mapError(error, plan, onDriverError);
}
