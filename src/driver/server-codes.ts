import { Int32, type MongoServerError } from 'mongodb';

export const MAX_TIME_MS_EXPIRED = 50;

/** The server's codes for a document over its limit: as it is read, after an update, in an upsert, and in an index of old servers. */
const TOO_LARGE: ReadonlySet<number> = new Set([10334, 17419, 17420, 17280]);

/** An insert of a document that the server can read and not store. It shares its code with every other bad value. */
const BAD_VALUE = 2;
const OBJECT_TOO_LARGE = /^object to insert too large/;

/**
 * The states of a server that answers no command now and may later: it steps down, shuts down, recovers or can't reach others. The
 * same codes after which the driver repeats a read.
 */
const PASSING: ReadonlySet<number> = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** The number that the server gave, which a collection may have set the driver to wrap. */
export function codeIn({ code }: MongoServerError): number | undefined {
  const number: unknown = (code as unknown) instanceof Int32 ? Number(code) : code;
  return typeof number === 'number' ? number : undefined;
}

/** Whether the server refused a document for its size. */
export function isTooLarge(code: number | undefined, message: string | undefined): boolean {
  if (code === undefined) return false;
  return TOO_LARGE.has(code) || (code === BAD_VALUE && OBJECT_TOO_LARGE.test(message ?? ''));
}

/** Whether the state that the server gave as its reason passes. */
export function isPassing(code: number | undefined): boolean {
  return code !== undefined && PASSING.has(code);
}
