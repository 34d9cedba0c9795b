import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import type { OpenTransaction } from '../driver/open-transaction.ts';
import type { OnDriverError } from '../driver/target.ts';
import type { Joins } from '../plan/pipeline/joins.ts';
import { readOptionEntries } from '../input/read.ts';

/** How a collection is held, apart from its view. */
export interface SafeCollectionOptions {
  /** Is shown the driver's own errors, which carry values: for the log alone. What it throws is dropped. */
  readonly onDriverError?: OnDriverError | undefined;
}

/** The transaction behind the options that `withTransaction()` made. No other code can put one in here. */
export const transactions = new WeakMap<object, OpenTransaction>();

/** The views that a collection of a SafeDb may join. No other code can put any in here. */
export const joinsOf = new WeakMap<object, Joins>();

/** Reads the hook out of the options, and refuses everything else in them. */
export function readHook(options: unknown, site: Site): OnDriverError | undefined {
  const entries = new Map(readOptionEntries(options, 'the options object', site, (value) => typeof value !== 'symbol'));
  const surplus = [...entries.keys()].find((name) => name !== 'onDriverError');
  if (surplus !== undefined)
    site.refuse(
      'option_unknown',
      `${quote(surplus)} is not an option of a collection; it takes onDriverError.`,
      surplus,
    );
  const hook = entries.get('onDriverError');
  if (hook === undefined || typeof hook === 'function') return hook as OnDriverError | undefined;
  return site.refuse('option_value', "The option 'onDriverError' must be a function.", 'onDriverError');
}
