import { HttpError } from './http-error.ts';

/** Returns the document, or throws a 404 if it is missing. */
export function found<T>(document: T | null): T {
  if (document === null) throw new HttpError(404, 'not_found', 'There is no such document.');
  return document;
}
