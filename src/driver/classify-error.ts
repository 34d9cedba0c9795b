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

/** The class of a driver's error, without duplicate keys and bulks. */
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

/** The names of errors of the driver's pool. The driver exports no classes for them. */
const NO_FREE_CONNECTION = 'MongoWaitQueueTimeoutError';
const POOL_CLOSED = 'MongoPoolClosedError';

const CLOSED = [MongoClientClosedError, MongoNotConnectedError, MongoServerClosedError, MongoTopologyClosedError];

/**
 * The library's code for a driver's error. A call without a session of the caller uses an implicit session, which ends early only if
 * the client is closed.
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

/** Whether a call waited for a connection of the pool and did not get one in time. */
export function isPoolExhausted(error: unknown): boolean {
  return error instanceof MongoDriverError && error.name === NO_FREE_CONNECTION;
}

function classifyServerError(error: MongoServerError): FailureCode {
  const code = codeIn(error);
  if (code === MAX_TIME_MS_EXPIRED) return 'timeout';
  return isTooLarge(code, error.message) ? 'document_too_large' : 'server_error';
}

/**
 * Whether a command does not fit into the driver's buffer, which has a fixed size: then the buffer throws a RangeError. Bulks check
 * the size of each document before.
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
