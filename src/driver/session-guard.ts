import { types } from 'node:util';

import { ClientSession, Timestamp, type Collection } from 'mongodb';

/** Private fields of the driver's client: `s.activeSessions` in drivers 6.22 to 7.9. */
interface ClientInternals {
  readonly s?: { readonly activeSessions?: unknown };
}

/** The parts of a session that the driver reads when it writes a command. */
const PARTS = ['transaction', '_serverSession', 'supports', 'clusterTime', 'defaultTransactionOptions'];

/**
 * Whether a session was started by the collection's own client, has not ended, and has no own code. The driver calls methods of a
 * session while it builds a command, after the last check of the prototypes. This function calls no code of the session.
 */
export function isOwnSession(session: unknown, collection: Collection): boolean {
  if (typeof session !== 'object' || session === null || types.isProxy(session)) return false;
  if (Object.getPrototypeOf(session) !== ClientSession.prototype) return false;
  if (!sessionsOf(collection)?.has(session) || !hasNoCode(session)) return false;
  return PARTS.every((part) => isHarmless(ownValue(session, part))) && hasDriverTimes(session);
}

/** Whether a value has, as plain data, the fields of a session that has ended. Its client no longer lists it. */
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

/** Whether all own properties of an object are plain data: no accessor, no function, no proxy. */
function hasNoCode(holder: object): boolean {
  if (types.isProxy(holder)) return false;
  return Reflect.ownKeys(holder).every((key) => {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property === undefined || !Object.hasOwn(property, 'value')) return false;
    return typeof property.value !== 'function' && !types.isProxy(property.value);
  });
}

/** The driver calls methods of these times to compare them. */
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
