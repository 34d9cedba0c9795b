import { SafeCollectionError, type ErrorContext } from './safe-collection-error.ts';

/**
 * Thrown when the view's validator refuses a caller's input. `paths` are the places that it refused; its messages are
 * left out, because validators print the values.
 */
export class ValidationError extends SafeCollectionError {
  readonly paths: readonly string[];

  constructor(message: string, context: ErrorContext, paths: readonly string[]) {
    super('validation_failed', message, context);
    this.paths = Object.freeze([...paths]);
  }
}

Object.defineProperty(ValidationError.prototype, 'name', { value: 'ValidationError' });
