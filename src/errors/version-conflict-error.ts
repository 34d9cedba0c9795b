import { SafeCollectionError, type ErrorContext } from './safe-collection-error.ts';

/** Thrown if a document matches the filter but has another version than `options.version`: read it again and retry. */
export class VersionConflictError extends SafeCollectionError {
  constructor(message: string, context: ErrorContext) {
    super('version_conflict', message, context);
  }
}

Object.defineProperty(VersionConflictError.prototype, 'name', { value: 'VersionConflictError' });
