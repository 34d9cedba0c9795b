import { ObjectId } from 'mongodb';

import { HttpError } from './http-error.ts';

export function readId(value: unknown): ObjectId {
  if (typeof value !== 'string' || !ObjectId.isValid(value)) throw new HttpError(400, 'malformed id');
  return new ObjectId(value);
}

export function readText(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new HttpError(400, `${name} is required`);
  return value.trim();
}

export function readCount(value: unknown, otherwise: number, most = 100): number {
  if (value === undefined) return otherwise;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new HttpError(400, 'not a count');
  return Math.min(count, most);
}

export function readDate(value: unknown, otherwise: Date): Date {
  if (value === undefined) return otherwise;
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new HttpError(400, 'not a date');
  return date;
}

/** The named fields of a body that are present. */
export function pickFields<T extends object, K extends keyof T>(body: T, names: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {};
  for (const name of names) if (body[name] !== undefined) picked[name] = body[name];
  return picked;
}

export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
