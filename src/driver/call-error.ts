import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import { abortOf } from '../input/abort-signal.ts';
import type { Plan } from '../plan/plan.ts';
import { mapError } from './map-error.ts';
import { pollutionDuring } from './prototype-guard.ts';
import type { CallTarget } from './target.ts';

/**
 * The error that ends a call. In a transaction, an error of the driver or the server ends the whole transaction, because the server
 * rolls back after any failed command, including reads. The library's own errors have no effect on the server, except a polluted
 * prototype, which may have changed a command.
 */
export function callError(error: unknown, target: CallTarget, plan: Plan): unknown {
  if (error instanceof SafeCollectionError && error.code !== 'prototype_polluted') return error;
  const shown = shownError(error, target, plan);
  target.transaction?.fail(shown);
  return shown;
}

/** The error that a caller gets: one of the library's own, the reason of an aborted signal, or a mapped error of the driver. */
export function shownError(error: unknown, { signal, onDriverError }: CallTarget, plan: Plan): unknown {
  if (error instanceof SafeCollectionError) return error;
  const abort = abortOf(plan.options['signal']) ?? (signal.aborted ? signal : undefined);
  if (abort !== undefined) return abort.reason;
  // With a polluted prototype the driver's errors are misleading.
  return pollutionDuring(plan) ?? mapError(error, plan, onDriverError);
}
