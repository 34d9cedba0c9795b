import type { Db } from 'mongodb';
import { ObjectId } from 'mongodb';

import type { AuditEvent } from '../documents.ts';

export interface Happening {
  readonly actor: string;
  readonly action: string;
  readonly kind: string;
  readonly id: string;
  readonly details?: Record<string, unknown>;
}

export async function audit(db: Db, { actor, action, kind, id, details = {} }: Happening): Promise<void> {
  await db.collection<AuditEvent>('audit_events').insertOne({ _id: new ObjectId(), actor, action, target: { kind, id }, details, at: new Date() });
}

export async function auditTrail(db: Db, kind: string, id: string) {
  return await db.collection<AuditEvent>('audit_events').find({ 'target.kind': kind, 'target.id': id }).sort({ at: -1 }).limit(50).toArray();
}

export async function lastActions(db: Db, actor: string, since: Date): Promise<string[]> {
  const events = await db
    .collection<AuditEvent>('audit_events')
    .find({ actor, at: { $gte: since } })
    .project<{ action: string }>({ action: 1, _id: 0 })
    .sort({ at: 1 })
    .toArray();
  return events.map(({ action }) => action);
}
