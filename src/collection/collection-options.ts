import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { OpenTransaction } from '../driver/open-transaction.ts';
import type { OnDriverError } from '../driver/target.ts';
import { whyRefused } from '../plan/options/parse-options.ts';
import type { Joins } from '../plan/pipeline/joins.ts';
import { readOptionEntries } from '../input/read.ts';

/** Options of a collection besides its view. */
export interface SafeCollectionOptions {
  /** Called with the driver's own errors, which may contain values: only for the log. Errors that it throws are ignored. */
  readonly onDriverError?: OnDriverError | undefined;
}

/** The transaction of options that `withTransaction()` made. Other code has no access to this map. */
export const transactions = new WeakMap<object, OpenTransaction>();

/** The views that a collection of a SafeDb may join. Other code has no access to this map. */
export const joinsOf = new WeakMap<object, Joins>();

/** What a collection was made of. */
interface Parts {
  readonly collection: object;
  readonly view: object;
  readonly onDriverError: OnDriverError | undefined;
  readonly joins: Joins;
}

/** The parts of each collection, from which `withTransaction()` makes one that is bound to it. Other code has no access to this map. */
export const parts = new WeakMap<object, Parts>();

/** Returns the hook in the options, and refuses all other options. */
export function readHook(options: unknown, call: CallContext): OnDriverError | undefined {
  const entries = new Map(readOptionEntries(options, 'the options object', call, (value) => typeof value !== 'symbol'));
  const surplus = [...entries.keys()].find((name) => name !== 'onDriverError');
  if (surplus !== undefined)
    call.refuse(
      'option_unknown',
      `${quote(surplus)} is not an option of a collection${whyRefused(surplus)}. It takes onDriverError.`,
      surplus,
    );
  const hook = entries.get('onDriverError');
  if (hook === undefined || typeof hook === 'function') return hook as OnDriverError | undefined;
  return call.refuse('option_value', "The option 'onDriverError' must be a function.", 'onDriverError');
}
