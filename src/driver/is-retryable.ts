import { MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

import type { Plan } from '../plan/plan.ts';
import { isPoolExhausted } from './classify-error.ts';
import { codeIn, isPassing } from './server-codes.ts';

/** The calls that change nothing, so they may run twice. */
const READS: ReadonlySet<string> = new Set<Plan['operation']>([
  'find',
  'findOne',
  'findJson',
  'findOneJson',
  'paginate',
  'exists',
  'countDocuments',
  'estimatedDocumentCount',
  'distinct',
  'aggregate',
]);

const TRANSIENT = 'TransientTransactionError';

/** The labels of errors without an effect: the transaction was rolled back, or nothing was sent. Driver 6.22 leaves a letter out. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  TRANSIENT,
  'PoolRequestedRetry',
  'PoolRequstedRetry',
  'HandshakeError',
]);

/**
 * Whether the same call may be made again: nothing was sent, or it is a read and the cause is temporary, or the server or the driver
 * says so by a label. A write or a commit whose answer was lost may have succeeded.
 */
export function isRetryable(error: unknown, operation: string): boolean {
  // An earlier commit attempt, whose answer was lost, may have succeeded.
  if (operation === 'withTransaction') return error instanceof MongoError && error.hasErrorLabel(TRANSIENT);
  if (isPoolExhausted(error) || error instanceof MongoServerSelectionError) return true;
  if (!(error instanceof MongoError)) return false;
  if (error.errorLabels.some((label) => WITHOUT_EFFECT.has(label))) return true;
  if (READS.has(operation)) return isOfPassingCause(error) || error.errorLabels.some(allowsRetry);
  // The driver puts its label on every write whose connection broke, even on updateMany().
  return !(error instanceof MongoNetworkError) && error.errorLabels.some(allowsRetry);
}

function allowsRetry(label: string): boolean {
  return label.startsWith('Retryable');
}

function isOfPassingCause(error: MongoError): boolean {
  return error instanceof MongoNetworkError || (error instanceof MongoServerError && isPassing(codeIn(error)));
}
