import { RefusedCallError } from '../errors/refused-call-error.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Keys on Object.prototype that the BSON writer obeys on every object it meets, the driver's own command among them. No
 * option can be pinned against them, so nothing is sent while one is there.
 */
const OBEYED_BY_BSON = ['toBSON', '_bsontype'] as const;

export function assertPrototypeIsClean({ operation, view }: Plan): void {
  for (const key of OBEYED_BY_BSON) {
    if (!(key in Object.prototype)) continue;
    throw new RefusedCallError(
      'prototype_polluted',
      `Object.prototype carries '${key}', which changes every command that is written. Find what set it; nothing was sent.`,
      { operation, view, path: key },
    );
  }
}
