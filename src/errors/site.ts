import type { ErrorCode } from './error-codes.ts';
import { RefusedCallError } from './refused-call-error.ts';
import { ViewError } from './view-error.ts';

/** The call or view definition that is being checked. It throws the matching error with the method and the view. */
export interface Site {
  readonly operation: string;
  readonly view: string | undefined;
  /** Throws. `message` says what is wrong, where, and what to do instead. */
  refuse(code: ErrorCode, message: string, path?: string): never;
}

class CallSite implements Site {
  readonly operation: string;
  readonly view: string | undefined;
  readonly #error: typeof RefusedCallError | typeof ViewError;

  constructor(operation: string, view: string | undefined, error: typeof RefusedCallError | typeof ViewError) {
    this.operation = operation;
    this.view = view;
    this.#error = error;
  }

  refuse(code: ErrorCode, message: string, path?: string): never {
    const { operation, view } = this;
    throw new this.#error(code, message, {
      operation,
      ...(view === undefined ? {} : { view }),
      ...(path === undefined ? {} : { path }),
    });
  }
}

/** The site of a method call on a collection or a view. */
export function callSite(operation: string, view: string | undefined): Site {
  return new CallSite(operation, view, RefusedCallError);
}

/** The site of a view's definition. */
export function definitionSite(view: string | undefined): Site {
  return new CallSite('defineView', view, ViewError);
}
