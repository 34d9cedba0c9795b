import type { ErrorCode } from './error-codes.ts';

/** Where an error occurred. No part of it is a value. */
export interface ErrorContext {
  /** The method that was called: `findOne`, `defineView`. */
  readonly operation?: string | undefined;
  /** The view's name, or the collection's name if the view has none. */
  readonly view?: string | undefined;
  /** The dotted path, operator or option that was refused, as the caller wrote it. */
  readonly path?: string | undefined;
}

/**
 * The base class of all errors that this library throws. The message says what is wrong, where, and what to do instead. No stored
 * value is in the message, the cause, the stack or the JSON.
 *
 * @example
 * try {
 *   await users.findOne(filter, options);
 * } catch (error) {
 *   if (error instanceof SafeCollectionError) logger.warn({ code: error.code, path: error.path });
 * }
 */
export class SafeCollectionError extends Error {
  readonly code: ErrorCode;
  declare readonly operation?: string;
  declare readonly view?: string;
  declare readonly path?: string;

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message);
    this.code = code;
    if (context.operation !== undefined) this.operation = context.operation;
    if (context.view !== undefined) this.view = context.view;
    if (context.path !== undefined) this.path = context.path;
  }

  /** What a logger may print: the code, the message and the place; never a value. */
  toJSON(): object {
    const { name, message } = this;
    return Object.assign({ name, message }, this);
  }
}

Object.defineProperty(SafeCollectionError.prototype, 'name', { value: 'SafeCollectionError' });
