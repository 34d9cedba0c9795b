import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import { mapError, type FailedWork } from './map-error.ts';
import type { Target } from './target.ts';

/**
 * The error that a caller may see in place of one that ended a call. In a transaction an error of the driver or the server ends all of
 * it: the server rolls back after any command that failed, reads included. Errors of the library's own change nothing on the server.
 */
export function callFailed(error: unknown, work: FailedWork, { onDriverError, transaction }: Target): unknown {
  const mapped = mapError(error, work, onDriverError);
  if (!(error instanceof SafeCollectionError)) transaction?.fail(mapped);
  return mapped;
}
