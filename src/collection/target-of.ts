import { Collection } from 'mongodb';

import type { CallContext } from '../errors/call-context.ts';
import type { Target } from '../driver/target.ts';
import type { Binding, Hooks } from './collection-options.ts';

/** What a collection sends its plans to. Throws if it is not a collection of the driver. */
export function targetOf(
  collection: object,
  { onDriverError, onBroadcast }: Hooks,
  { transaction, sealer }: Binding,
  call: CallContext,
): Target {
  if (!(collection instanceof Collection))
    return call.refuse('argument_invalid', 'The collection must be a Collection of the MongoDB driver.');
  return {
    collection,
    onDriverError,
    onBroadcast,
    onRead: undefined,
    transaction,
    session: transaction?.session,
    ids: sealer?.ids,
  };
}
