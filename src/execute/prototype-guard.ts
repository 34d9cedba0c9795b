import { RefusedCallError } from '../errors/refused-call-error.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * What the driver reads from objects of its own when it writes (a WriteConcern, a reply), where no option can be pinned: how
 * safely a write is stored, and whether one that was stored failed.
 */
const READ_FOR_WRITES: readonly string[] = ['code', 'fsync', 'j', 'journal', 'w', 'writeConcern', 'wtimeout', 'wtimeoutMS'];

/** What it reads from each statement of a bulk, which `insertMany` is too: which documents match, and whether they are validated. */
const READ_FOR_BULKS: readonly string[] = ['arrayFilters', 'bypassDocumentValidation', 'collation', 'hint', 'sort'];

/**
 * Keys on Object.prototype that the BSON writer obeys on every object it meets, the driver's own command among them. No
 * option can be pinned against them, so nothing is sent while one is there.
 */
export function assertPrototypeIsClean(plan: Plan): void {
  if ('toBSON' in Object.prototype) refuse(plan, 'toBSON');
  if ('_bsontype' in Object.prototype) refuse(plan, '_bsontype');
  if ('model' in plan || 'models' in plan) assertAbsent(READ_FOR_WRITES, plan);
  if (plan.operation === 'bulkWrite' || plan.operation === 'insertMany') assertAbsent(READ_FOR_BULKS, plan);
}

function assertAbsent(keys: readonly string[], plan: Plan): void {
  for (const key of keys) if (key in Object.prototype) refuse(plan, key);
}

function refuse({ operation, view }: Plan, key: string): never {
  throw new RefusedCallError(
    'prototype_polluted',
    `Object.prototype carries '${key}', which changes what is sent or how it is answered. Find what set it; nothing was sent.`,
    { operation, view, path: key },
  );
}
