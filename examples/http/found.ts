import { HttpError } from './http-error.ts';

/** The document, or the 404 that a missing one answers. */
export function found<T>(document: T | null): T {
  if (document === null) throw new HttpError(404, 'not_found', 'There is no such document.');
  return document;
}
