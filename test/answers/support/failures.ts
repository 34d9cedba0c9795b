import { inspect } from 'node:util';

import * as mongodb from 'mongodb';
import { MongoClient, type Collection, type CollectionOptions, type Db } from 'mongodb';
import { defineView, opaqueId, SafeCollection, SafeCollectionError } from 'safe-collection';
import { createMongoView, PrivilegedCollection } from 'safe-collection/privileged';

import { POLLUTIONS } from '../../plan/support/pollute.ts';
import type { AnswerWorld } from './answer-list.ts';
import { bookView, ownView, SHELVES, targetedView, type Book } from './shelves.ts';

/** The methods of the driver's collection that send something. */
const METHODS = `aggregate bulkWrite countDocuments deleteMany deleteOne distinct estimatedDocumentCount find
  findOne findOneAndDelete findOneAndUpdate insertMany insertOne updateMany updateOne`.split(/\s+/);

const CURSORS: ReadonlySet<string> = new Set(['aggregate', 'find']);

/** With an opaque id, to whose stored path no error may lead. */
const lentView = (defineView as () => (spec: object) => typeof bookView)()({
  name: 'lent',
  public: { code: 1, reader: opaqueId('reader_id'), 'at.shelf': 1 },
  writable: { code: 1, price: 1 },
});

/** Its collection has a text index, or not. */
const textView = (defineView as () => (spec: object) => typeof bookView)()({
  name: 'text',
  public: { title: 1, shelf: 1 },
  writable: { title: 1, shelf: 1 },
  search: ['title', 'shelf'],
});

/** The indexes of collections with texts, by name. */
const INDEXES: Readonly<Record<string, mongodb.IndexSpecification>> = {
  none: {},
  exact: { title: 'text', shelf: 'text' },
  fewer: { title: 'text' },
  more: { title: 'text', secret: 'text' },
  other: { secret: 'text' },
  every: { '$**': 'text' },
  plain: { title: 1 },
  mixed: { title: 'text', price: 1 },
};

const TEXTS = [
  { _id: 1, title: 'red one', shelf: 1, secret: 'red' },
  { _id: 2, title: 'blue', shelf: 1, secret: 'red' },
];

async function storeTexts(db: Db, only: ReadonlySet<string> | undefined): Promise<void> {
  for (const [name, index] of Object.entries(INDEXES)) {
    const texts = db.collection(name);
    if (only?.has(name) === false) continue;
    if (only === undefined && name !== 'none') await texts.createIndex(index);
    await texts.deleteMany({});
    await texts.insertMany(TEXTS as never);
  }
}

type Call = (collection: object) => unknown;
type Method = (...given: readonly unknown[]) => unknown;

/** The driver's collection with other methods, each of which may call the real one. */
function replaced(db: Db, options: CollectionOptions, instead: (method: string, real: Method) => Method) {
  const collection = db.collection<Book>('books', options);
  for (const method of METHODS) {
    const real = Reflect.get(collection, method) as Method;
    Object.defineProperty(collection, method, {
      value: instead(method, (...given) => Reflect.apply(real, collection, given)),
    });
  }
  return collection;
}

/** A collection that fails with an error of the driver, and sends nothing. */
function failing(db: Db, error: unknown): Collection<Book> {
  const fail = async (): Promise<never> => {
    throw error;
  };
  return replaced(db, {}, (method, real) =>
    CURSORS.has(method) ? (...given) => Object.assign(real(...given) as object, { next: fail }) : fail,
  );
}

/** A collection that notes the options of the driver's methods. */
function noting(db: Db, options: CollectionOptions, noted: string[]): Collection<Book> {
  return replaced(db, options, (method, real) => (...given) => {
    const { session, signal, ...others } = given.at(-1) as Readonly<Record<string, unknown>>;
    noted.push(`${method} ${session === undefined} ${signal === undefined} ${shown(others)}`);
    return real(...given);
  });
}

const shown = (value: unknown): string =>
  inspect(value, { depth: 4, breakLength: Infinity, compact: true, sorted: true });

const FACTS = ['name', 'code', 'path', 'operation', 'view', 'serverCode', 'serverCodeName'];
const LISTS = ['labels', 'retryable', 'paths', 'failures', 'counts'];

/** Everything that a caller can see of an error. */
function described(error: unknown): unknown {
  if (!(error instanceof SafeCollectionError)) return `not mapped: ${shown(error).split('\n', 1)[0] ?? ''}`;
  const fields = error as unknown as Readonly<Record<string, unknown>>;
  return [...FACTS.map((name) => fields[name] ?? null), ...LISTS.map((name) => fields[name] ?? null), error.message];
}

const SEAL = { sealKeys: [Buffer.alloc(32, 5)] };
const VIEWS = { book: bookView, own: ownView, lent: lentView } as const;

function opened(view: keyof typeof VIEWS, collection: Collection<Book>, options: object = {}): object {
  const made = new SafeCollection(collection, VIEWS[view] as typeof ownView, { ...SEAL, ...options } as never);
  return view === 'own' ? made.scoped({ lender: 'ann' }) : made;
}

/** A failed bulk, as the driver tells it. */
function bulkError(error: object, result: object = {}): mongodb.MongoBulkWriteError {
  const counts = { insertedCount: 1, matchedCount: 2, modifiedCount: 3, deletedCount: 4, upsertedCount: 5 };
  const whole = { ...counts, getWriteConcernError: () => undefined, ...result };
  return new mongodb.MongoBulkWriteError(error as never, whole as never);
}

/** No other code may meet the key for longer than this, also if a call never ends. */
const LONGEST = 300;

interface Pollution {
  readonly holder: object;
  readonly key: PropertyKey;
  /** One of `POLLUTIONS`. */
  readonly how: string;
}

/** Gives a prototype a key. Returns a function that takes it away. */
function pollute({ holder, key, how }: Pollution): () => void {
  const before = Object.getOwnPropertyDescriptor(holder, key);
  const clean = (): void => {
    if (before === undefined) Reflect.deleteProperty(holder, key);
    else Reflect.defineProperty(holder, key, before);
  };
  const timer = setTimeout(clean, LONGEST);
  if (how === 'missing') Reflect.deleteProperty(holder, key);
  else Reflect.defineProperty(holder, key, POLLUTIONS[how] as PropertyDescriptor);
  return () => {
    clearTimeout(timer);
    clean();
  };
}

type Phase = 'before' | 'only before' | 'during' | 'at commandStarted' | 'at commandSucceeded';

/** Makes a call while a prototype has a key: from before it, until it has returned its promise, after that, or from an event of its command on. */
async function polluted(client: MongoClient, phase: Phase, pollution: Pollution, call: Method): Promise<unknown> {
  let clean = (): void => undefined;
  const start = (): void => {
    clean = pollute(pollution);
  };
  const event = phase.slice(3) as 'commandStarted';
  const made = async (): Promise<unknown> => {
    if (phase.startsWith('at ')) client.once(event, start);
    else if (phase !== 'during') start();
    const promise = (async () => await call())();
    promise.catch(() => undefined);
    if (phase === 'only before') clean();
    if (phase === 'during') start();
    return await promise;
  };
  const [isDone, result] = await made().then(
    (value) => [true, value] as const,
    (error: unknown) => [false, error] as const,
  );
  clean();
  client.off(event, start);
  return isDone ? ['not refused', result] : described(result);
}

/** What work ends with, and how many cursors were closed on the server. */
async function killing(client: MongoClient, work: () => unknown): Promise<unknown> {
  let killed = 0;
  const note = ({ commandName }: mongodb.CommandStartedEvent): void => {
    if (commandName === 'killCursors') killed += 1;
  };
  client.on('commandStarted', note);
  const result = await (async () => await work())().catch(described);
  // After an abort, nothing waits for the close.
  await new Promise((resolve) => setTimeout(resolve, 40));
  client.off('commandStarted', note);
  return [result, killed];
}

/** Books on a server that fails, and in a process whose prototypes change. */
export const FAILURES: AnswerWorld = {
  async store(db, only) {
    if (only?.has('books') !== false) await SHELVES.store(db, only);
    await storeTexts(db, only);
  },
  names: (db) => {
    const given = SHELVES.names(db);
    const heard: unknown[] = [];
    const onDriverError = (error: unknown, context: unknown): void => {
      heard.push([error instanceof Error ? error.constructor.name : typeof error, context]);
    };
    const failedIn = async (view: keyof typeof VIEWS, error: unknown, call: Call, options = {}): Promise<unknown> => {
      const collection = opened(view, failing(db, error), { onDriverError, ...options });
      return await (async () => await call(collection))().then(
        (result) => ['did not fail', result],
        (thrown: unknown) => [described(thrown), heard],
      );
    };
    return {
      ...given,
      M: mongodb,
      described,
      bulkError,
      failedIn,
      broken: (error: unknown, options?: object) => opened('book', failing(db, error), options),
      book: (options: CollectionOptions) => opened('book', db.collection<Book>('books', options)),
      passed: async (options: CollectionOptions, call: Call) => {
        const noted: string[] = [];
        await call(opened('book', noting(db, options, noted)));
        return noted;
      },
      P: (onPrivilegedRead: unknown) =>
        new PrivilegedCollection(
          db.collection<Book>('books') as never,
          bookView as never,
          { reason: 'r', onPrivilegedRead } as never,
        ),
      texts: (name: string, listIndexes?: () => Promise<unknown>) => {
        const texts = db.collection<Book>(name);
        const listed = { listIndexes: () => ({ toArray: listIndexes }) };
        return new SafeCollection(listIndexes === undefined ? texts : Object.assign(texts, listed as never), textView, {
          ...SEAL,
          onDriverError,
        } as never);
      },
      /** The same collection by a client that has not connected yet. */
      fresh: () => {
        const [host] = db.client.options.hosts;
        const client = new MongoClient(`mongodb://${String(host)}/?directConnection=true`);
        const books = client.db(db.databaseName).collection<Book>('books');
        return { client, C: opened('book', books) };
      },
      /** Makes a MongoDB view in a database that fails with one error after another. */
      viewed: async (...errors: readonly unknown[]) => {
        const sent: unknown[] = [];
        const command = async (asked: object): Promise<void> => {
          sent.push({ ...asked });
          if (sent.length <= errors.length) throw errors[sent.length - 1];
        };
        const other = Object.assign(db.client.db(db.databaseName), { command }) as Db;
        return await createMongoView(other, 'shown', bookView, { viewOn: 'books' }).then(
          () => ['made', sent],
          (error: unknown) => [described(error), sent],
        );
      },
      killing: async (work: () => unknown) => await killing(db.client, work),
      telling: (onBroadcast: unknown) =>
        new SafeCollection(db.collection<Book>('books'), targetedView, { ...SEAL, onBroadcast } as never),
      polluted: async (phase: Phase, holder: object, key: PropertyKey, how: string, call: Method) =>
        await polluted(db.client, phase, { holder, key, how }, call),
      pollute: (holder: object, key: PropertyKey, how = 'a value') => pollute({ holder, key, how }),
    };
  },
};
