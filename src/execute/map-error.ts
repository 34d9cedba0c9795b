import {
  BSON,
  Int32,
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

import { BulkWriteFailedError, type BulkFailure } from '../errors/bulk-write-failed-error.ts';
import { DatabaseError, type DatabaseErrorFacts } from '../errors/database-error.ts';
import { DuplicateKeyError } from '../errors/duplicate-key-error.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { quote } from '../errors/quote.ts';
import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { rememberRaw } from './raw-errors.ts';
import type { OnDriverError } from './target.ts';
import { DUPLICATE_KEY, publicIndexPaths, publicIndexPathsIn } from './unique-index.ts';

const MAX_TIME_MS_EXPIRED = 50;

/** What was at work when the driver failed. A plan is one. */
export interface FailedWork {
  readonly operation: string;
  readonly view: string | undefined;
  readonly policy?: ViewPolicy;
}

/**
 * The error that a caller may see in place of the driver's. The driver's text is never passed on: it prints the stored
 * value of a duplicate key, a failed conversion or a validator, a whole document of a failed bulk, and the address of a
 * server that is down.
 */
export function mapError(error: unknown, work: FailedWork, onDriverError: OnDriverError | undefined): unknown {
  const reason = reasonOf(error);
  if (reason instanceof SafeCollectionError) return reason;
  const mapped = mapDriverError(reason, work);
  rememberRaw(mapped, error);
  show(error, work, onDriverError);
  return mapped;
}

/**
 * The driver wraps whatever ends a bulk. Where that was no write that failed but a broken connection, a time limit or a
 * transient error of a transaction, its class is that of the wrapped error.
 */
function reasonOf(error: unknown): unknown {
  const reason: unknown = error instanceof MongoBulkWriteError ? error.errorResponse : undefined;
  return reason instanceof Error ? reason : error;
}

/** Whether a bulk ended by writes that failed, or by its write concern, and not by the command as a whole. */
function isOfModels(error: unknown): error is MongoBulkWriteError {
  if (!(error instanceof MongoBulkWriteError)) return false;
  return [error.writeErrors].flat().length > 0 || error.result.getWriteConcernError() !== undefined;
}

/** A log that fails, now or later, must not hide the error that it was to log, nor end the process. */
function show(error: unknown, { operation, view }: FailedWork, onDriverError: OnDriverError | undefined): void {
  const log = async (): Promise<void> => {
    try {
      await onDriverError?.(error, { operation, view });
    } catch {
      // The mapped error is on its way to the caller.
    }
  };
  void log();
}

function mapDriverError(error: unknown, { operation, view, policy }: FailedWork): DatabaseError {
  const facts = factsOf(error);
  const context = view === undefined ? { operation } : { operation, view };
  const intro = `${operation}()${view === undefined ? '' : ` on ${quote(view)}`} failed`;
  if (isOfModels(error)) {
    const failures = failuresOf(error, policy);
    const { insertedCount, matchedCount, deletedCount, upsertedCount } = error;
    const counts = { insertedCount, matchedCount, deletedCount, upsertedCount };
    const what =
      failures.length > 0
        ? ` at index ${failures.map(({ index }) => index).join(', ')}.`
        : `: all of it was written, and then ${sentence('server', facts)} The write concern was not met.`;
    return new BulkWriteFailedError(`${intro}${what}`, context, facts, failures, counts);
  }
  if (error instanceof MongoServerError && codeIn(error) === DUPLICATE_KEY) {
    const paths = publicIndexPaths(error, policy);
    const index = paths.length === 0 ? 'a unique index' : `the unique index on ${paths.map(quote).join(', ')}`;
    return new DuplicateKeyError(`${intro}: ${index} holds this value already.`, context, facts, paths);
  }
  const code = codeOf(error);
  return new DatabaseError(code, `${intro}: ${sentence(code, facts)}`, context, facts);
}

function failuresOf({ writeErrors }: MongoBulkWriteError, policy: ViewPolicy | undefined): readonly BulkFailure[] {
  return (Array.isArray(writeErrors) ? writeErrors : [writeErrors]).map(({ index, code, errmsg }) => {
    const isDuplicate = code === DUPLICATE_KEY;
    return Object.freeze({
      index,
      code: isDuplicate ? ('duplicate_key' as const) : ('server' as const),
      serverCode: code,
      paths: isDuplicate ? publicIndexPathsIn(errmsg, policy) : [],
    });
  });
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof MongoOperationTimeoutError || error instanceof MongoNetworkTimeoutError) return 'timeout';
  if (error instanceof MongoServerError) return codeIn(error) === MAX_TIME_MS_EXPIRED ? 'timeout' : 'server';
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return 'network';
  if (error instanceof BSON.BSONError) return 'bson';
  return 'driver';
}

function factsOf(error: unknown): DatabaseErrorFacts {
  if (!(error instanceof MongoError)) return { labels: [] };
  const labels = error.errorLabels.filter(isName);
  const code = error instanceof MongoServerError ? codeIn(error) : undefined;
  if (!(error instanceof MongoServerError) || code === undefined) return { labels };
  return { labels, serverCode: code, ...(isName(error.codeName) ? { serverCodeName: error.codeName } : {}) };
}

/** The number that the server gave, which a collection may have set the driver to wrap. */
function codeIn({ code }: MongoServerError): number | undefined {
  const number: unknown = (code as unknown) instanceof Int32 ? Number(code) : code;
  return typeof number === 'number' ? number : undefined;
}

/** The server's code names and the driver's labels are identifiers; anything else could be text with a value in it. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]{1,64}$/.test(value);
}

function sentence(code: ErrorCode, { serverCode, serverCodeName }: DatabaseErrorFacts): string {
  if (code === 'network') return 'the server could not be reached. Check that it is up and that the client is connected.';
  if (code === 'timeout') return 'it took longer than it was allowed to. Narrow the filter, add an index, or raise the limit.';
  if (code === 'bson') return 'a document that was read or sent is not well-formed BSON. Check it with the raw driver.';
  if (code === 'driver') return 'the driver stopped before an answer came. Check that the client is open and its options are valid.';
  const name = serverCodeName === undefined ? '' : ` (${serverCodeName})`;
  return `the server answered with error ${serverCode ?? 'unknown'}${name}.`;
}
