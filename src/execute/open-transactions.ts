import type { ClientSession } from 'mongodb';

/**
 * The sessions whose transaction is running now. The driver would send a call on one that is committed or rolled back
 * outside of any transaction, and nobody would notice.
 */
const open = new WeakSet<ClientSession>();

export function openTransaction(session: ClientSession): void {
  open.add(session);
}

export function endTransaction(session: ClientSession): void {
  open.delete(session);
}

export function isTransactionOpen(session: ClientSession): boolean {
  return open.has(session);
}
