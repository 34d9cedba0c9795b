import { quote } from '../errors/quote.ts';
import type { CallContext, ScopeValues } from '../errors/call-context.ts';
import type { OpenTransaction } from '../driver/open-transaction.ts';
import type { OnDriverError } from '../driver/target.ts';
import { whyRefused } from '../plan/options/parse-options.ts';
import { bare } from '../plan/emit.ts';
import { NO_JOINS, type Joins } from '../plan/pipeline/joins.ts';
import { readOptionEntries } from '../input/read.ts';

/** Options of a collection besides its view. */
export interface SafeCollectionOptions {
  /** Called with the driver's own errors, which may contain values: only for the log. Errors that it throws are ignored. */
  readonly onDriverError?: OnDriverError | undefined;
}

/** What the library binds a collection to. No option of a caller can say it. */
export interface Binding {
  /** The views that the collection may join. */
  readonly joins: Joins;
  readonly scope: ScopeValues | undefined;
  readonly transaction: OpenTransaction | undefined;
}

/** The binding of a collection that was made without one. */
const UNBOUND: Binding = Object.freeze(bare({ joins: NO_JOINS, scope: undefined, transaction: undefined }));

/** The bindings of options that the library made. Other code has no access to this map. */
const bindings = new WeakMap<object, Binding>();

/** Options of a collection with a binding. */
export function boundOptions(onDriverError: OnDriverError | undefined, binding: Binding): SafeCollectionOptions {
  const options = onDriverError === undefined ? {} : { onDriverError };
  bindings.set(options, binding);
  return options;
}

/** The binding in the options of a collection. */
export function bindingIn(options: object): Binding {
  return bindings.get(options) ?? UNBOUND;
}

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
