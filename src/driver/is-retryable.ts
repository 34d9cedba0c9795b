import { MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

import type { Plan } from '../plan/plan.ts';
import { isPoolExhausted } from './classify-error.ts';
import { codeIn, isPassing } from './server-codes.ts';

/** The calls that change nothing, so that they may run twice. */
const READS: ReadonlySet<string> = new Set<Plan['operation']>([
  'find',
  'findOne',
  'exists',
  'countDocuments',
  'estimatedDocumentCount',
  'distinct',
  'aggregate',
]);

const TRANSIENT = 'TransientTransactionError';

/** The labels of what left nothing behind: a transaction is rolled back, and without a connection nothing was sent. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([TRANSIENT, 'PoolRequestedRetry', 'HandshakeError']);

/**
 * Whether the same call may be made again: nothing was sent, it changes nothing and the cause passes, or the server or the driver says
 * so by a label. A write whose answer was lost may have taken place, and so may a commit.
 */
export function isRetryable(error: unknown, operation: string): boolean {
  // A commit that fails for another reason may follow one whose answer was lost.
  if (operation === 'withTransaction') return error instanceof MongoError && error.hasErrorLabel(TRANSIENT);
  if (isPoolExhausted(error) || error instanceof MongoServerSelectionError) return true;
  if (!(error instanceof MongoError)) return false;
  if (error.errorLabels.some((label) => WITHOUT_EFFECT.has(label))) return true;
  if (READS.has(operation)) return isOfPassingCause(error) || error.errorLabels.some(allowsRetry);
  // The driver puts its label on every write whose connection broke, updateMany() included.
  return !(error instanceof MongoNetworkError) && error.errorLabels.some(allowsRetry);
}

function allowsRetry(label: string): boolean {
  return label.startsWith('Retryable');
}

function isOfPassingCause(error: MongoError): boolean {
  return error instanceof MongoNetworkError || (error instanceof MongoServerError && isPassing(codeIn(error)));
}
