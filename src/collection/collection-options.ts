import { quote } from '../errors/quote.ts';
import type { CallContext, ScopeValues } from '../errors/call-context.ts';
import type { OpenTransaction } from '../driver/open-transaction.ts';
import type { OnBroadcast, OnDriverError } from '../driver/target.ts';
import { whyRefused } from '../plan/options/parse-options.ts';
import { bare } from '../plan/emit.ts';
import { NO_JOINS, type Joins } from '../plan/pipeline/joins.ts';
import { readOptionEntries } from '../input/read.ts';
import { parseSealKeys, type SealKey } from '../seal/parse-seal-keys.ts';
import { Sealer } from '../seal/sealer.ts';

/** Options of a collection besides its view. */
export interface SafeCollectionOptions {
  /** Called with the driver's own errors, which may contain values: only for the log. Errors that it throws are ignored. */
  readonly onDriverError?: OnDriverError | undefined;
  /**
   * Called when a read or a write of many documents goes to all shards, because its filter does not name the `shardKey` of the view. It gets no
   * values. Errors that it throws are ignored.
   */
  readonly onBroadcast?: OnBroadcast | undefined;
  /**
   * The keys that seal what clients keep, such as the cursors of `paginate()`. Each has 32 random bytes, or is their base64url. The first key
   * seals, and all of them open: to change the key, put the new one in front, and remove the old one later.
   */
  readonly sealKeys?: readonly SealKey[] | undefined;
}

/** The functions of the program that are called. */
export interface Hooks {
  readonly onDriverError: OnDriverError | undefined;
  readonly onBroadcast: OnBroadcast | undefined;
}

/** The parsed options of a collection. */
export interface CollectionSettings extends Hooks {
  readonly sealer: Sealer | undefined;
}

/** What the library binds a collection to. No option of a caller can say it. */
export interface Binding {
  /** The views that the collection may join. */
  readonly joins: Joins;
  readonly scope: ScopeValues | undefined;
  readonly transaction: OpenTransaction | undefined;
  readonly sealer: Sealer | undefined;
}

/** The binding of a collection that was made without one. */
const UNBOUND: Binding = Object.freeze(
  bare({ joins: NO_JOINS, scope: undefined, transaction: undefined, sealer: undefined }),
);

/** The bindings of options that the library made. Other code has no access to this map. */
const bindings = new WeakMap<object, Binding>();

/** Options of a collection with a binding. */
export function boundOptions({ onDriverError, onBroadcast }: Hooks, binding: Binding): SafeCollectionOptions {
  const options = { onDriverError, onBroadcast };
  bindings.set(options, binding);
  return options;
}

/** The binding in the options of a collection. */
export function bindingIn(options: object): Binding {
  return bindings.get(options) ?? UNBOUND;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'onDriverError',
  'onBroadcast',
  'sealKeys',
] satisfies (keyof SafeCollectionOptions)[]);

/** Reads the options once, and refuses all others. */
export function readSettings(options: unknown, call: CallContext): CollectionSettings {
  const entries = new Map(readOptionEntries(options, 'the options object', call, (value) => typeof value !== 'symbol'));
  const surplus = [...entries.keys()].find((name) => !OPTIONS.has(name));
  if (surplus !== undefined)
    call.refuse(
      'option_unknown',
      `${quote(surplus)} is not an option of a collection${whyRefused(surplus)}. It takes ${[...OPTIONS].join(', ')}.`,
      surplus,
    );
  const hookAt = (name: keyof Hooks): unknown => {
    const hook = entries.get(name);
    if (hook === undefined || typeof hook === 'function') return hook;
    return call.refuse('option_value', `The option ${quote(name)} must be a function.`, name);
  };
  const keys = entries.get('sealKeys');
  return {
    onDriverError: hookAt('onDriverError') as OnDriverError | undefined,
    onBroadcast: hookAt('onBroadcast') as OnBroadcast | undefined,
    sealer: keys === undefined ? undefined : new Sealer(parseSealKeys(keys, call)),
  };
}
