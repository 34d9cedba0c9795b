import { Collection } from 'mongodb';

import type { CallContext } from '../errors/call-context.ts';
import type { Target } from '../driver/target.ts';
import { bindingIn, readHook } from './collection-options.ts';

/** What a collection sends its plans to. Throws if an argument is not of its type. */
export function targetOf(collection: object, options: object, call: CallContext): Target {
  if (!(collection instanceof Collection))
    return call.refuse('argument_invalid', 'The collection must be a Collection of the MongoDB driver.');
  const { transaction } = bindingIn(options);
  return {
    collection,
    onDriverError: readHook(options, call),
    onRead: undefined,
    transaction,
    session: transaction?.session,
  };
}
