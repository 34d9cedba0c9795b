import { Int32, type MongoServerError } from 'mongodb';

export const MAX_TIME_MS_EXPIRED = 50;

/** The server's codes for a document over its size limit: on receipt, after an update, in an upsert, and in an index of old servers. */
const TOO_LARGE: ReadonlySet<number> = new Set([10334, 17419, 17420, 17280]);

/** The code for inserting a document that is too large to store. Every other bad value has the same code. */
const BAD_VALUE = 2;
const OBJECT_TOO_LARGE = /^object to insert too large/;

/**
 * The codes of a temporary state of the server: it steps down, shuts down, recovers or can't reach other members. The driver repeats
 * a read after the same codes.
 */
const PASSING: ReadonlySet<number> = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** The server's error code as a number. The collection's options may make the driver wrap it. */
export function codeIn({ code }: MongoServerError): number | undefined {
  const number: unknown = (code as unknown) instanceof Int32 ? Number(code) : code;
  return typeof number === 'number' ? number : undefined;
}

/** Whether the server refused a document because of its size. */
export function isTooLarge(code: number | undefined, message: string | undefined): boolean {
  if (code === undefined) return false;
  return TOO_LARGE.has(code) || (code === BAD_VALUE && OBJECT_TOO_LARGE.test(message ?? ''));
}

/** Whether the code stands for a temporary state of the server. */
export function isPassing(code: number | undefined): boolean {
  return code !== undefined && PASSING.has(code);
}
