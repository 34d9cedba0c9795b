import type { Document } from 'mongodb';

import type { OpenTransaction } from '../driver/open-transaction.ts';
import { callContext } from '../errors/call-context.ts';
import type { Capabilities } from '../types/capabilities.ts';
import { BoundCollection } from './bound-collection.ts';
import type { SafeCollection } from './safe-collection.ts';
import { handles } from './collection-handle.ts';

/** Binds a collection to a transaction. */
export function bindToTransaction<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities,
  J extends object,
  Key extends string,
>(
  held: SafeCollection<TDoc, TPublic, C, J, Key>,
  transaction: OpenTransaction,
): SafeCollection<TDoc, TPublic, C, J, Key> {
  const handle = handles.get(held);
  if (handle === undefined)
    return callContext('bind', undefined).refuse('argument_invalid', 'bind() needs a SafeCollection.');
  return new BoundCollection(...handle.rebound({ transaction })) as never;
}
