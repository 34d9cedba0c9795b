import type { Db } from 'mongodb';
import { ObjectId } from 'mongodb';

import { op, trusted } from 'safe-collection';
import { safeDb } from '../collections.ts';
import { auditEventView } from '../views.ts';

export interface Happening {
  readonly actor: string;
  readonly action: string;
  readonly kind: string;
  readonly id: string;
  readonly details?: Record<string, unknown>;
}

export async function audit(db: Db, { actor, action, kind, id, details = {} }: Happening): Promise<void> {
  await safeDb(db).audit_events.insertOne({}, { trusted: trusted({ set: { _id: new ObjectId(), actor, action, target: { kind, id }, details, at: new Date() } }) });
}

export async function auditTrail(db: Db, kind: string, id: string) {
  // safe-collection: the whole document is passed on here, so all fields that auditEventView makes public are projected: name what is needed
  return await safeDb(db).audit_events.find({ 'target.kind': kind, 'target.id': id }, { projection: auditEventView }).sort({ at: -1 }).limit(50).toArray();
}

export async function lastActions(db: Db, actor: string, since: Date): Promise<string[]> {
  const events = await safeDb(db).audit_events
    .find({ actor, at: op({ $gte: since }) }, { projection: { action: 1, _id: 0 } })
    .sort({ at: 1 })
    .toArray();
  return events.map(({ action }) => action);
}
