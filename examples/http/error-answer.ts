import { DatabaseError, DuplicateKeyError, RefusedCallError, SafeCollectionError, ValidationError } from 'safe-collection';

import { HttpError } from './http-error.ts';

/** The status and the body for an error. The sentences of `safe-collection` hold no stored value, so they may be sent. */
export function errorAnswer(error: unknown): { readonly status: number; readonly body: object } {
  const known = error instanceof HttpError || error instanceof SafeCollectionError;
  const { code, message } = known ? error : { code: 'internal', message: 'Something went wrong.' };
  return { status: statusOf(error), body: { error: { code, message } } };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  // The guard, or the view's validator, refused what the client asked for, before anything was sent to the database.
  if (error instanceof RefusedCallError || error instanceof ValidationError) return 400;
  if (error instanceof DuplicateKeyError) return 409;
  if (error instanceof DatabaseError) return error.code === 'timeout' ? 504 : 503;
  return 500;
}
