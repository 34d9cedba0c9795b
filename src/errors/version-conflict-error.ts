import { SafeCollectionError, type ErrorContext } from './safe-collection-error.ts';

/** Thrown when a document matched the filter and its version was not the one demanded: read it again and try again. */
export class VersionConflictError extends SafeCollectionError {
  constructor(message: string, context: ErrorContext) {
    super('version_conflict', message, context);
  }
}

Object.defineProperty(VersionConflictError.prototype, 'name', { value: 'VersionConflictError' });
