import { DatabaseError, type DatabaseErrorFacts } from './database-error.ts';
import type { ErrorContext } from './safe-collection-error.ts';

/**
 * Thrown when a write would have stored a value twice where an index allows it once. `paths` names the fields of the
 * index where all of them are public, and is empty otherwise; the value is nowhere in the error.
 */
export class DuplicateKeyError extends DatabaseError {
  readonly paths: readonly string[];

  constructor(message: string, context: ErrorContext, facts: DatabaseErrorFacts, paths: readonly string[]) {
    super('duplicate_key', message, context, facts);
    this.paths = Object.freeze([...paths]);
  }
}

Object.defineProperty(DuplicateKeyError.prototype, 'name', { value: 'DuplicateKeyError' });
