import { ObjectId } from 'mongodb';

import type { FieldKind } from '../grammar/agent-operators.ts';
import { isInputObject, type InputCopy } from '../input/copy-input.ts';
import { refuseInput } from './tool-fault.ts';
import { at, readParts } from './read-input.ts';

/** A value that a condition compares with, as the driver takes it. */
export type Literal = string | number | boolean | Date | ObjectId | null;

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const ID = /^[0-9a-f]{24}$/i;

const TAKES = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date as a string, such as "2026-03-14" or "2026-03-14T09:26:53Z"',
  id: 'an id as a string of 24 hexadecimal digits',
} as const satisfies Record<FieldKind, string>;

/**
 * Reads a value of a condition. At a field whose kind the program declared, a value of that kind; elsewhere any JSON scalar, and dates
 * and ids in the forms `{ "date": … }` and `{ "id": … }`.
 */
export function readLiteral(value: InputCopy, kind: FieldKind | undefined, where: string): Exclude<Literal, null> {
  if (isInputObject(value)) return readTagged(value, kind, where);
  if (kind === 'date') return readDate(value, where);
  if (kind === 'id') return readId(value, where);
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isScalar || (kind !== undefined && typeof value !== kind)) return refuseLiteral(kind, where);
  return value;
}

function readTagged(value: InputCopy, kind: FieldKind | undefined, where: string): Date | ObjectId {
  const parts = readParts(value, where, ['date', 'id']);
  const [tag, ...others] = Object.keys(parts);
  if (tag === undefined || others.length > 0 || (kind !== undefined && kind !== tag)) return refuseLiteral(kind, where);
  return tag === 'date' ? readDate(parts[tag], at(where, tag)) : readId(parts[tag], at(where, tag));
}

function readDate(value: InputCopy, where: string): Date {
  const [, year, month, day] = (typeof value === 'string' ? DATE.exec(value) : null) ?? [];
  if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return refuseLiteral('date', where);
  const date = new Date(value as string);
  return Number.isNaN(date.getTime()) ? refuseLiteral('date', where) : date;
}

/** JavaScript takes February 30 for March 2. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function readId(value: InputCopy, where: string): ObjectId {
  return typeof value === 'string' && ID.test(value) ? new ObjectId(value) : refuseLiteral('id', where);
}

function refuseLiteral(kind: FieldKind | undefined, where: string): never {
  const takes =
    kind === undefined
      ? 'a string, a number, true, false, { "date": "2026-03-14" } or { "id": "24 hexadecimal digits" }'
      : TAKES[kind];
  return refuseInput('filter_value', 'The value does not fit this field.', where, `Pass ${takes}.`);
}
