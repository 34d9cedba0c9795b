import { DatabaseError, type DatabaseErrorFacts } from './database-error.ts';
import type { ErrorContext } from './safe-collection-error.ts';

/**
 * Thrown if a write would store a value twice that a unique index allows once. `paths` names the fields of the
 * index if all of them are public, and is empty otherwise. The error does not contain the value.
 */
export class DuplicateKeyError extends DatabaseError {
  readonly paths: readonly string[];

  constructor(message: string, context: ErrorContext, facts: DatabaseErrorFacts, paths: readonly string[]) {
    super('duplicate_key', message, context, facts);
    this.paths = Object.freeze([...paths]);
  }
}

Object.defineProperty(DuplicateKeyError.prototype, 'name', { value: 'DuplicateKeyError' });
