import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';

import { BulkWriteFailedError, type BulkFailure } from '../errors/bulk-write-failed-error.ts';
import { DatabaseError, type DatabaseErrorFacts } from '../errors/database-error.ts';
import { DuplicateKeyError } from '../errors/duplicate-key-error.ts';
import { quote } from '../errors/quote.ts';
import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { classify } from './classify-error.ts';
import { explain } from './explain-error.ts';
import { isRetryable } from './is-retryable.ts';
import { rememberRaw } from './raw-errors.ts';
import { codeIn, isTooLarge } from './server-codes.ts';
import type { OnDriverError } from './target.ts';
import { DUPLICATE_KEY, publicIndexPaths, publicIndexPathsIn } from './unique-index.ts';

/** The operation during which the driver failed, such as a plan. */
export interface FailedWork {
  readonly operation: string;
  readonly view: string | undefined;
  readonly policy?: ViewPolicy;
  readonly options?: { readonly session?: unknown };
}

/**
 * The error that a caller gets instead of the driver's. The driver's text is never passed on, because it can contain the stored
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
 * The driver wraps every error of a bulk. If the cause is not a failed write but a broken connection, a time limit or a
 * transient error of a transaction, the wrapped error decides the class.
 */
function reasonOf(error: unknown): unknown {
  const reason: unknown = error instanceof MongoBulkWriteError ? error.errorResponse : undefined;
  return reason instanceof Error ? reason : error;
}

/** Whether single writes or the write concern of a bulk failed, and not the command as a whole. */
function isOfModels(error: unknown): error is MongoBulkWriteError {
  if (!(error instanceof MongoBulkWriteError)) return false;
  return [error.writeErrors].flat().length > 0 || error.result.getWriteConcernError() !== undefined;
}

/** Calls the hook. If it fails, now or later, the original error must not be lost and the process must not crash. */
function show(error: unknown, { operation, view }: FailedWork, onDriverError: OnDriverError | undefined): void {
  const log = async (): Promise<void> => {
    try {
      await onDriverError?.(error, { operation, view });
    } catch {
      // The caller gets the mapped error in any case.
    }
  };
  void log();
}

function mapDriverError(error: unknown, { operation, view, policy, options }: FailedWork): DatabaseError {
  const facts = factsOf(error, operation);
  const context = { operation, view };
  const intro = `${operation}()${view === undefined ? '' : ` on ${quote(view)}`} failed`;
  if (isOfModels(error)) {
    const failures = failuresOf(error, policy);
    const { insertedCount, matchedCount, deletedCount, upsertedCount } = error;
    const counts = { insertedCount, matchedCount, deletedCount, upsertedCount };
    const what =
      failures.length > 0
        ? ` at index ${failures.map(({ index }) => index).join(', ')}.`
        : `: everything was written, but the write concern was not met: ${explain('server_error', error, facts)}`;
    return new BulkWriteFailedError(`${intro}${what}`, context, facts, failures, counts);
  }
  if (error instanceof MongoServerError && codeIn(error) === DUPLICATE_KEY) {
    const paths = publicIndexPaths(error, policy);
    const index = paths.length === 0 ? 'a unique index' : `the unique index on ${paths.map(quote).join(', ')}`;
    return new DuplicateKeyError(`${intro}: ${index} already has this value.`, context, facts, paths);
  }
  const code = classify(error, options?.session !== undefined);
  return new DatabaseError(code, `${intro}: ${explain(code, error, facts)}`, context, facts);
}

function failuresOf({ writeErrors }: MongoBulkWriteError, policy: ViewPolicy | undefined): readonly BulkFailure[] {
  return (Array.isArray(writeErrors) ? writeErrors : [writeErrors]).map(({ index, code, errmsg }) => {
    const kind = failureKind(code, errmsg);
    return Object.freeze({
      index,
      code: kind,
      serverCode: code,
      paths: kind === 'duplicate_key' ? publicIndexPathsIn(errmsg, policy) : [],
    });
  });
}

function failureKind(code: number, errmsg: string | undefined): BulkFailure['code'] {
  if (code === DUPLICATE_KEY) return 'duplicate_key';
  return isTooLarge(code, errmsg) ? 'document_too_large' : 'server_error';
}

function factsOf(error: unknown, operation: string): DatabaseErrorFacts {
  const retryable = isRetryable(error, operation);
  if (!(error instanceof MongoError)) return { labels: [], retryable };
  const labels = error.errorLabels.filter(isName);
  const code = error instanceof MongoServerError ? codeIn(error) : undefined;
  if (!(error instanceof MongoServerError) || code === undefined) return { labels, retryable };
  return { labels, retryable, serverCode: code, ...(isName(error.codeName) ? { serverCodeName: error.codeName } : {}) };
}

/** Whether a value is an identifier, as the server's code names and the driver's labels are. Other text could contain a value. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]{1,64}$/.test(value);
}
