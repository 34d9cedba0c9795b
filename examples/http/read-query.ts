import { ObjectId } from 'mongodb';

import { HttpError } from './http-error.ts';

/** Parses the id in a path, or throws a 400 if it is malformed. */
export function readId(text: string | undefined): ObjectId {
  if (!/^[0-9a-f]{24}$/i.test(text ?? '')) throw new HttpError(400, 'bad_id', 'An id is 24 hexadecimal digits.');
  return new ObjectId(text);
}

/** A query parameter that is given once, as text. */
export function readText(value: unknown, otherwise: string): string {
  if (value === undefined) return otherwise;
  if (typeof value === 'string') return value;
  throw new HttpError(400, 'bad_query', 'A query parameter must be given once, and without brackets.');
}

/** `-order_date,product` as pairs of path and direction. The view decides which paths may be sorted by. */
export function readSort(text: string): [path: string, direction: 1 | -1][] {
  return text.split(',').map((term) => (term.startsWith('-') ? [term.slice(1), -1] : [term, 1]));
}
