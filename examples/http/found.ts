import { HttpError } from './http-error.ts';

/** Returns the document, or throws a 404 if it is missing. */
export function found<T>(document: T | null): T {
  if (document === null) throw missing();
  return document;
}

/** The error for a document that does not exist, or that the client may not see. */
export function missing(): HttpError {
  return new HttpError(404, 'not_found', 'There is no such document.');
}
