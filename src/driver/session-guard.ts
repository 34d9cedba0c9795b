import { types } from 'node:util';

import { ClientSession, Timestamp, type Collection } from 'mongodb';

/** What the driver keeps of a client: `s.activeSessions` in drivers 7.0 to 7.9. */
interface ClientInternals {
  readonly s?: { readonly activeSessions?: unknown };
}

/** The parts of a session that the driver reads when it writes a command. */
const PARTS = ['transaction', '_serverSession', 'supports', 'clusterTime', 'defaultTransactionOptions'];

/**
 * Whether a session is one that the collection's own client started and has not ended, and that carries no code of anybody else's.
 * The driver runs methods of a session while it builds a command, after the last look at the prototypes. Nothing of the session runs
 * here.
 */
export function isOwnSession(session: unknown, collection: Collection): boolean {
  if (typeof session !== 'object' || session === null || types.isProxy(session)) return false;
  if (Object.getPrototypeOf(session) !== ClientSession.prototype) return false;
  if (!sessionsOf(collection)?.has(session) || !hasNoCode(session)) return false;
  return PARTS.every((part) => isHarmless(ownValue(session, part))) && hasDriverTimes(session);
}

/** Whether a value says of itself, as plain data, that it is a session that has ended. Its client does not keep it any more. */
export function hasEnded(session: unknown): boolean {
  if (typeof session !== 'object' || session === null || types.isProxy(session)) return false;
  return Object.getPrototypeOf(session) === ClientSession.prototype && ownValue(session, 'hasEnded') === true;
}

function sessionsOf({ db }: Collection): ReadonlySet<unknown> | undefined {
  const sessions = (db.client as ClientInternals).s?.activeSessions;
  return sessions instanceof Set ? sessions : undefined;
}

function isHarmless(part: unknown): boolean {
  return typeof part !== 'object' || part === null || hasNoCode(part);
}

/** Whether each property of an object's own is plain data: no accessor, no function, no proxy. */
function hasNoCode(holder: object): boolean {
  if (types.isProxy(holder)) return false;
  return Reflect.ownKeys(holder).every((key) => {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property === undefined || !Object.hasOwn(property, 'value')) return false;
    return typeof property.value !== 'function' && !types.isProxy(property.value);
  });
}

/** The driver compares these times by their own methods. */
function hasDriverTimes(session: object): boolean {
  return [ownValue(ownValue(session, 'clusterTime'), 'clusterTime'), ownValue(session, 'operationTime')].every(
    (time) => time === undefined || time === null || isDriverTime(time),
  );
}

function isDriverTime(time: unknown): boolean {
  return (
    typeof time === 'object' && time !== null && hasNoCode(time) && Object.getPrototypeOf(time) === Timestamp.prototype
  );
}

function ownValue(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
