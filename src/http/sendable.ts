import { callSite } from '../errors/site.ts';
import type { CheckSendable } from '../types/sendable.ts';
import { BodyProver } from './body-prover.ts';
import { parseEnvelope } from './parse-envelope.ts';

/** What an envelope may hold beside results. */
export interface SendableOptions {
  /**
   * The keys under which an envelope may hold scalars of the program's own: `['token', 'error', 'next']`. Counts and
   * flags (`total`, `page`, `ok`, …) need no mention.
   */
  readonly envelope?: readonly string[];
}

/**
 * Proves that a response body is made of results, envelopes around them and declared scalars alone, and copies it. What
 * a collection or `view.pick()` handed out is known by identity and held to its shape again; a copy of it (a spread, a
 * `map()`, parsed JSON) is known no more, so `{ ...user, password_hash }` is refused although it compiles.
 *
 * - a result, or an array of them, passes; a key that was added to it does not;
 * - an envelope is a plain object around those. Scalars stand in it only under declared keys, numbers and booleans also
 *   under the usual names of counts and flags; `null` stands anywhere;
 * - a `Sensitive`, a class instance, a function and everything else are refused.
 *
 * @param body - what is about to be serialized.
 * @param options - `envelope`: the keys under which this program's envelopes hold scalars.
 * @returns a frozen copy of it, which the adapters for Fastify, Express and Hono know and pass on.
 * @throws RefusedCallError (`not_sendable`) that names the path; it carries no value.
 * @example
 * const found = await users.find({}, { projection: userView }).toArray();
 * const text = JSON.stringify(sendable({ users: found, total: found.length }));
 */
export function sendable<const T>(body: T & CheckSendable<T>, options?: SendableOptions): NoInfer<T> {
  const site = callSite('sendable', undefined);
  return new BodyProver(parseEnvelope(options, site), site).prove(body) as NoInfer<T>;
}
