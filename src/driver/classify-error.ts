import {
  BSON,
  MongoClientClosedError,
  MongoDriverError,
  MongoExpiredSessionError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';

import type { ErrorCode } from '../errors/error-codes.ts';
import { codeIn, isTooLarge, MAX_TIME_MS_EXPIRED } from './server-codes.ts';

/** The class of a driver's error, apart from duplicates and bulks. */
export type FailureCode = Extract<
  ErrorCode,
  | 'timeout'
  | 'network_error'
  | 'server_error'
  | 'bson_invalid'
  | 'document_too_large'
  | 'session_ended'
  | 'client_closed'
  | 'driver_error'
>;

/** Errors of the driver's pool. It exports no class for them, so their names tell them apart. */
const NO_FREE_CONNECTION = 'MongoWaitQueueTimeoutError';
const POOL_CLOSED = 'MongoPoolClosedError';

const CLOSED = [MongoClientClosedError, MongoNotConnectedError, MongoServerClosedError, MongoTopologyClosedError];

/**
 * Which of the library's codes stands for a driver's error. A call without a session of the caller's has one of the driver's own,
 * which ends early only when the client is closed.
 */
export function classify(error: unknown, hasSession: boolean): FailureCode {
  if (
    error instanceof MongoOperationTimeoutError ||
    error instanceof MongoNetworkTimeoutError ||
    isPoolExhausted(error)
  )
    return 'timeout';
  if (error instanceof MongoServerError) return classifyServerError(error);
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return 'network_error';
  if (isTooLargeToSend(error)) return 'document_too_large';
  if (error instanceof BSON.BSONError) return 'bson_invalid';
  if (error instanceof MongoExpiredSessionError) return hasSession ? 'session_ended' : 'client_closed';
  if (isOfAnotherClient(error)) return 'session_ended';
  return isOfClosedClient(error) ? 'client_closed' : 'driver_error';
}

/** Whether a call waited for a connection of the pool, and none became free. */
export function isPoolExhausted(error: unknown): boolean {
  return error instanceof MongoDriverError && error.name === NO_FREE_CONNECTION;
}

function classifyServerError(error: MongoServerError): FailureCode {
  const code = codeIn(error);
  if (code === MAX_TIME_MS_EXPIRED) return 'timeout';
  return isTooLarge(code, error.message) ? 'document_too_large' : 'server_error';
}

/**
 * The driver writes a command into a buffer of a fixed size, and what does not fit ends with the buffer's own RangeError. Bulks
 * measure each document first.
 */
function isTooLargeToSend(error: unknown): boolean {
  if (error instanceof MongoInvalidArgumentError)
    return error.message.startsWith('Document is larger than the maximum size');
  return error instanceof RangeError && !error.message.startsWith('Maximum call stack');
}

function isOfAnotherClient(error: unknown): boolean {
  return (
    error instanceof MongoInvalidArgumentError &&
    error.message.startsWith('ClientSession must be from the same MongoClient')
  );
}

function isOfClosedClient(error: unknown): boolean {
  return (
    CLOSED.some((type) => error instanceof type) || (error instanceof MongoDriverError && error.name === POOL_CLOSED)
  );
}
