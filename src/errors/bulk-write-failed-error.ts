import { DatabaseError, type DatabaseErrorFacts } from './database-error.ts';
import type { ErrorContext } from './safe-collection-error.ts';

/** A model that failed: its place in the bulk, and why. */
export interface BulkFailure {
  readonly index: number;
  readonly code: 'duplicate_key' | 'document_too_large' | 'server_error';
  readonly serverCode: number;
  /** The public fields of the unique index, where the failure is a duplicate and all of them are public. */
  readonly paths: readonly string[];
}

/** What was written before and beside the failures. */
export interface BulkCounts {
  readonly insertedCount: number;
  readonly matchedCount: number;
  readonly deletedCount: number;
  readonly upsertedCount: number;
}

/**
 * Thrown when some writes of `insertMany` or `bulkWrite` failed. `failures` names the failed models by their index;
 * `counts` says what was written all the same.
 */
export class BulkWriteFailedError extends DatabaseError {
  readonly failures: readonly BulkFailure[];
  readonly counts: BulkCounts;

  constructor(
    message: string,
    context: ErrorContext,
    facts: DatabaseErrorFacts,
    failures: readonly BulkFailure[],
    counts: BulkCounts,
  ) {
    super('bulk_write', message, context, facts);
    this.failures = Object.freeze([...failures]);
    this.counts = Object.freeze(counts);
  }
}

Object.defineProperty(BulkWriteFailedError.prototype, 'name', { value: 'BulkWriteFailedError' });
