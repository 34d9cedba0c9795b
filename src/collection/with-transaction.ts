import { MongoClient, type ClientSession, type TransactionOptions } from 'mongodb';

import { callContext, type CallContext } from '../errors/call-context.ts';
import { mapError } from '../driver/map-error.ts';
import { OpenTransaction } from '../driver/open-transaction.ts';
import { assertPrototypeIsClean } from '../driver/prototype-guard.ts';
import { mappedFrom, rawOf } from '../driver/raw-errors.ts';
import { readOptionEntries } from '../input/read.ts';
import { bare } from '../plan/emit.ts';
import { PASSED_OPTIONS } from '../plan/options/parse-option.ts';
import type { SafeCollections, SafeDbTransaction, Transaction } from '../types/transaction.ts';
import { bindToTransaction } from './bind-to-transaction.ts';
import { dbParts } from './safe-db.ts';

/** The options of a transaction, as in the driver. */
const OPTIONS: ReadonlySet<string> = new Set(['readConcern', 'writeConcern', 'readPreference', 'maxCommitTimeMS']);

const WORK = bare({ operation: 'withTransaction' as const });

/** The options of a transaction, as in the driver; `undefined` means that one is absent. */
export type TransactionSettings = {
  readonly [K in keyof TransactionOptions]?: TransactionOptions[K] | undefined;
};

/**
 * Runs work in a transaction, with the retries of the driver's `withTransaction()`: after a transient error the whole work
 * runs again, after an unknown commit result the commit is repeated.
 *
 * Calls on bound collections run one after another, in the order in which they were made, even if the work does not await each:
 * `Promise.all()` works. An error of the driver or the server in one of them ends the transaction, even if the work catches it,
 * because the server rolls back after any failed command.
 *
 * @param client - the driver's client, or a `SafeDb`.
 * @param work - gets `tx`; `tx.bind(users)` returns the same collection bound to the transaction, and `tx.collections` has the
 *   bound collections of the `SafeDb`. Calls on a collection that is not bound run outside it. The work may run more than once,
 *   so it must be safe to repeat.
 * @param options - `readConcern`, `writeConcern`, `readPreference`, `maxCommitTimeMS` (milliseconds).
 * @returns what the work returned, after the commit.
 * @throws the error of the work, or of a bound call even if the work caught it, after the rollback; `DatabaseError` if the
 *   commit failed.
 * @example
 * await withTransaction(client, async (tx) => {
 *   await tx.bind(orders).insertOne(line, { trusted: trusted({ set: { user_id } }) });
 *   await tx.bind(users).updateOne({ username }, { $inc: { order_count: 1 } });
 * });
 */
export async function withTransaction<T>(
  client: MongoClient,
  work: (tx: Transaction) => Promise<T>,
  options?: TransactionSettings,
): Promise<T>;
export async function withTransaction<const D extends SafeCollections, T>(
  db: D,
  work: (tx: SafeDbTransaction<D>) => Promise<T>,
  options?: TransactionSettings,
): Promise<T>;
export async function withTransaction<T>(
  place: MongoClient | SafeCollections,
  work: (tx: never) => Promise<T>,
  options: TransactionSettings = {},
): Promise<T> {
  const call = callContext('withTransaction', undefined);
  const client = place instanceof MongoClient ? place : dbParts.get(place)?.client;
  if (client === undefined)
    return call.refuse(
      'argument_invalid',
      'withTransaction() needs a MongoClient, or a SafeDb made by createSafeDb().',
    );
  if (typeof work !== 'function') return call.refuse('argument_invalid', 'withTransaction() needs a function.');
  const parsed = parseTransactionOptions(options, call);
  assertPrototypeIsClean(WORK);
  const thrown = new Set<unknown>();
  const bind = (transaction: OpenTransaction): never => transactionOf(place, transaction) as never;
  try {
    return await client.withSession((session) =>
      session.withTransaction(() => attempt((transaction) => work(bind(transaction)), session, thrown), parsed),
    );
  } catch (error) {
    if (thrown.has(error)) throw mappedFrom(error) ?? error;
    throw mapError(error, { ...WORK, view: undefined }, undefined);
  }
}

/** The `tx` object. It leads to no session and no client. */
function transactionOf(place: MongoClient | SafeCollections, transaction: OpenTransaction): object {
  const bind: Transaction['bind'] = (collection) => bindToTransaction(collection, transaction);
  if (place instanceof MongoClient) return Object.freeze({ bind });
  const names = dbParts.get(place)?.names ?? [];
  const collections = names.map((name) => [name, bind(place[name] as never)] as const);
  return Object.freeze({ bind, collections: Object.freeze(Object.fromEntries(collections)) });
}

/**
 * One run of the work. The driver retries only its own errors, so the driver's error is rethrown; `thrown` distinguishes errors of the
 * work from errors of the commit. A failed call ends the run even if the work caught its error: the server has rolled back, the
 * commit would fail, and the driver would run the work again.
 */
async function attempt<T>(
  work: (transaction: OpenTransaction) => Promise<T>,
  session: ClientSession,
  thrown: Set<unknown>,
): Promise<T> {
  const transaction = new OpenTransaction(session);
  try {
    // The driver has just read the options of the transaction, through Object.prototype.
    assertPrototypeIsClean(WORK);
    const result = await work(transaction);
    await transaction.finish();
    if (transaction.failure !== undefined) throw transaction.failure.error;
    assertPrototypeIsClean(WORK);
    return result;
  } catch (error) {
    await transaction.cancel();
    const raw = rawOf(error);
    thrown.add(raw);
    throw raw;
  }
}

function parseTransactionOptions(options: unknown, call: CallContext): TransactionOptions {
  const entries = readOptionEntries(options, 'the options object', call).map(([name, value]) => {
    if (!OPTIONS.has(name)) call.refuse('option_unknown', `withTransaction() takes ${[...OPTIONS].join(', ')}.`, name);
    const parse = PASSED_OPTIONS.get(name === 'maxCommitTimeMS' ? 'maxTimeMS' : name);
    return [name, value === undefined ? value : parse?.(value, name, call)] as const;
  });
  return Object.fromEntries(entries);
}
