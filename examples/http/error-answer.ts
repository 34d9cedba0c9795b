import {
  DatabaseError,
  DuplicateKeyError,
  RefusedCallError,
  SafeCollectionError,
  ValidationError,
} from 'safe-collection';

import { missing } from './found.ts';
import { HttpError } from './http-error.ts';

/** Fastify's own errors for a request, by status. Its messages may contain the client's input, so they are not sent. */
const REFUSALS: ReadonlyMap<unknown, HttpError> = new Map([
  [400, new HttpError(400, 'bad_body', 'The body must be a JSON object.')],
  [413, new HttpError(413, 'too_large', 'The body is too large.')],
  [415, new HttpError(415, 'media_type', 'The body must be sent as application/json.')],
]);

/** The status and the body for an error. Messages of `safe-collection` contain no stored value, so they may be sent. */
export function errorAnswer(thrown: unknown): { readonly status: number; readonly body: object } {
  const error = ownError(thrown);
  const known = error instanceof HttpError || error instanceof SafeCollectionError;
  const { code, message } = known ? error : { code: 'internal', message: 'Something went wrong.' };
  return { status: statusOf(error), body: { error: { code, message } } };
}

function ownError(error: unknown): unknown {
  // To a client, an id that nobody made is the same as one of a document that it may not see.
  if (error instanceof SafeCollectionError && error.code === 'opaque_id_invalid') return missing();
  const isForeign = error instanceof Error && !(error instanceof HttpError) && !(error instanceof SafeCollectionError);
  return isForeign && 'statusCode' in error ? (REFUSALS.get(error.statusCode) ?? error) : error;
}

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  // The guard or the view's validator refused the client's input, before anything was sent to the database.
  if (error instanceof RefusedCallError || error instanceof ValidationError) return 400;
  if (error instanceof DuplicateKeyError) return 409;
  if (error instanceof DatabaseError) return error.code === 'timeout' ? 504 : 503;
  return 500;
}
