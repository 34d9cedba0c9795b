import { DatabaseError, type DatabaseErrorFacts } from './database-error.ts';
import type { ErrorContext } from './safe-collection-error.ts';

/** A model that failed: its index in the bulk, and the reason. */
export interface BulkFailure {
  readonly index: number;
  readonly code: 'duplicate_key' | 'document_too_large' | 'server_error';
  readonly serverCode: number;
  /** For a duplicate key: the fields of the unique index, if all of them are public. Empty otherwise. */
  readonly paths: readonly string[];
}

/** What the successful models wrote. */
export interface BulkCounts {
  readonly insertedCount: number;
  readonly matchedCount: number;
  readonly deletedCount: number;
  readonly upsertedCount: number;
}

/**
 * Thrown if some writes of `insertMany` or `bulkWrite` failed. `failures` names the failed models by their index;
 * `counts` says what the others wrote.
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
