import type { Document } from 'mongodb';

import type { OpenTransaction } from '../driver/open-transaction.ts';
import { callContext } from '../errors/call-context.ts';
import type { Capabilities } from '../types/capabilities.ts';
import { joinsOf, parts, transactions } from './collection-options.ts';
import { SafeCollection } from './safe-collection.ts';

/** Binds a collection to a transaction. */
export function bindToTransaction<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities,
  J extends object,
>(held: SafeCollection<TDoc, TPublic, C, J>, transaction: OpenTransaction): SafeCollection<TDoc, TPublic, C, J> {
  const made = parts.get(held);
  if (made === undefined)
    return callContext('bind', undefined).refuse('argument_invalid', 'bind() needs a SafeCollection.');
  const { collection, view, onDriverError, joins } = made;
  const options = onDriverError === undefined ? {} : { onDriverError };
  transactions.set(options, transaction);
  joinsOf.set(options, joins);
  return new SafeCollection(collection as never, view as never, options);
}
