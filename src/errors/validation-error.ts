import { SafeCollectionError, type ErrorContext } from './safe-collection-error.ts';

/**
 * Thrown if the view's validator refuses a caller's input. `paths` are the paths that it refused. Its messages are
 * left out, because validators print values.
 */
export class ValidationError extends SafeCollectionError {
  readonly paths: readonly string[];

  constructor(message: string, context: ErrorContext, paths: readonly string[]) {
    super('validation_failed', message, context);
    this.paths = Object.freeze([...paths]);
  }
}

Object.defineProperty(ValidationError.prototype, 'name', { value: 'ValidationError' });
