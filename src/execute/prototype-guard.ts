import { RefusedCallError } from '../errors/refused-call-error.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Keys on Object.prototype that the BSON writer obeys on every object it meets, the driver's own command among them. No
 * option can be pinned against them, so nothing is sent while one is there.
 */
export function assertPrototypeIsClean(plan: Plan): void {
  if ('toBSON' in Object.prototype) refuse(plan, 'toBSON');
  if ('_bsontype' in Object.prototype) refuse(plan, '_bsontype');
}

function refuse({ operation, view }: Plan, key: string): never {
  throw new RefusedCallError(
    'prototype_polluted',
    `Object.prototype carries '${key}', which changes every command that is written. Find what set it; nothing was sent.`,
    { operation, view, path: key },
  );
}
