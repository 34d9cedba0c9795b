import { ObjectId } from 'mongodb';

import { HttpError } from './http-error.ts';

/** The id in a path, or the 400 that a malformed one answers. */
export function readId(text: string | undefined): ObjectId {
  if (!/^[0-9a-f]{24}$/i.test(text ?? '')) throw new HttpError(400, 'bad_id', 'An id is 24 hexadecimal digits.');
  return new ObjectId(text);
}

/** A parameter of the query that stands once, as text. */
export function readText(value: unknown, otherwise: string): string {
  if (value === undefined) return otherwise;
  if (typeof value === 'string') return value;
  throw new HttpError(400, 'bad_query', 'A parameter of the query stands once, and without brackets.');
}

/** `-order_date,product` as pairs of path and direction. Whether a path may be sorted by is the view's word. */
export function readSort(text: string): [path: string, direction: 1 | -1][] {
  return text.split(',').map((term) => (term.startsWith('-') ? [term.slice(1), -1] : [term, 1]));
}
