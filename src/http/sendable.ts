import { callContext } from '../errors/call-context.ts';
import type { CheckSendable } from '../types/sendable.ts';
import { BodyProver } from './body-prover.ts';
import { parseEnvelope } from './parse-envelope.ts';

/** Options of `sendable()`. */
export interface SendableOptions {
  /**
   * The keys under which an envelope may hold the program's own scalars: `['token', 'error', 'next']`. Counts and flags
   * (`total`, `page`, `ok`, …) need not be listed.
   */
  readonly envelope?: readonly string[];
}

/**
 * Checks that a response body consists only of results, envelopes around them and declared scalars, and copies it. A result
 * of a collection or of `view.pick()` is recognised by identity, and its shape is checked again. A copy of it (a spread, a
 * `map()`, parsed JSON) is not recognised, so `{ ...user, password_hash }` is refused although it compiles.
 *
 * - A result, or an array of results, passes. A key that was added to it is refused.
 * - An envelope is a plain object around results. It may hold scalars under declared keys, numbers and booleans also under
 *   the usual names of counts and flags, and `null` anywhere.
 * - A `Sensitive`, a class instance, a function and everything else are refused.
 *
 * @param body - the body to serialize.
 * @param options - `envelope`: the keys under which envelopes may hold scalars.
 * @returns a frozen copy of the body, which the adapters for Fastify, Express and Hono recognise and send.
 * @throws RefusedCallError (`not_sendable`) with the path and without a value.
 * @example
 * const found = await users.find({}, { projection: userView }).toArray();
 * const text = JSON.stringify(sendable({ users: found, total: found.length }));
 */
export function sendable<const T>(body: T & CheckSendable<T>, options?: SendableOptions): NoInfer<T> {
  const call = callContext('sendable', undefined);
  return new BodyProver(parseEnvelope(options, call), call).prove(body) as NoInfer<T>;
}
