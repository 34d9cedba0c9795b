import {
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

import { DatabaseError, type DatabaseErrorFacts } from '../errors/database-error.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { Plan } from '../plan/plan.ts';

const MAX_TIME_MS_EXPIRED = 50;

/**
 * The error that a caller may see in place of the driver's. The driver's text is never passed on: it prints the stored
 * value of a duplicate key, a failed conversion or a validator, and the address of a server that is down.
 */
export function mapError(error: unknown, { operation, view, options }: Plan): unknown {
  if (error instanceof SafeCollectionError) return error;
  const signal = options['signal'];
  if (signal instanceof AbortSignal && signal.aborted && error === signal.reason) return error;
  const code = codeOf(error);
  const facts = factsOf(error);
  return new DatabaseError(code, `${operation}() on '${view}' failed: ${sentence(code, facts)}`, { operation, view }, facts);
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof MongoOperationTimeoutError || error instanceof MongoNetworkTimeoutError) return 'timeout';
  if (error instanceof MongoServerError) return error.code === MAX_TIME_MS_EXPIRED ? 'timeout' : 'server';
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return 'network';
  return 'driver';
}

function factsOf(error: unknown): DatabaseErrorFacts {
  if (!(error instanceof MongoError)) return { labels: [] };
  const labels = error.errorLabels.filter(isName);
  const { code } = error;
  if (!(error instanceof MongoServerError) || typeof code !== 'number') return { labels };
  return { labels, serverCode: code, ...(isName(error.codeName) ? { serverCodeName: error.codeName } : {}) };
}

/** The server's code names and the driver's labels are identifiers; anything else could be text with a value in it. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]{1,64}$/.test(value);
}

function sentence(code: ErrorCode, { serverCode, serverCodeName }: DatabaseErrorFacts): string {
  if (code === 'network') return 'the server could not be reached. Check that it is up and that the client is connected.';
  if (code === 'timeout') return 'it took longer than it was allowed to. Narrow the filter, add an index, or raise the limit.';
  if (code === 'driver') return 'the driver stopped before an answer came. Check that the client is open and its options are valid.';
  const name = serverCodeName === undefined ? '' : ` (${serverCodeName})`;
  return `the server answered with error ${serverCode ?? 'unknown'}${name}.`;
}
