import { inspect } from 'node:util';

import * as mongodb from 'mongodb';
import type { Collection, CollectionOptions, Db, MongoClient } from 'mongodb';
import { defineView, opaqueId, SafeCollection, SafeCollectionError, withTransaction } from 'safe-collection';

import { POLLUTIONS } from '../../plan/support/pollute.ts';
import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

const define = defineView as () => (spec: object) => object;

const orderView = define()({
  name: 'order',
  public: { product: 1, count: 1, tags: 1, 'place.city': 1, buyer: opaqueId('buyer_id') },
  writable: { product: 1, count: 1 },
  arrays: { tags: 1 },
});

const scopedView = define()({
  name: 'scoped',
  public: { product: 1, count: 1 },
  writable: { product: 1, count: 1 },
  scope: { tenant: 1, kind: 1 },
});

const SEAL = { sealKeys: [Buffer.alloc(32, 5)] };
const STATES = 'safe_collection_consumers';

const orderOf = (number: number): object => ({
  _id: idOf(number),
  product: number % 2 === 0 ? 'lamp' : 'desk',
  count: number,
  tags: ['a'],
  place: { city: 'Oslo', code: 's' },
  buyer_id: idOf(90 + number),
  tenant: 'acme',
  kind: 1,
  cost: 5,
});

interface Event {
  readonly type: string;
  readonly document?: unknown;
  readonly token?: unknown;
}

/** An event without its token, which is another one each time. */
const shown = (event: Event | null): unknown =>
  event === null
    ? null
    : [event.type, event.document ?? null, typeof event.token, Object.isFrozen(event), Object.keys(event)];

/** Orders whose changes are told. */
export const LIVE: AnswerWorld = {
  async store(db, only) {
    if (only === undefined) {
      await db.createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
      await db.createCollection('bare');
      await db.createCollection('off', { changeStreamPreAndPostImages: { enabled: false } });
    }
    const orders = db.collection('orders');
    await db.collection(STATES).deleteMany({});
    await orders.deleteMany({});
    await orders.insertMany([0, 1].map(orderOf));
  },
  names: namesOf,
};

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const heard: unknown[] = [];
  const onDriverError = (error: unknown, context: unknown): void => {
    heard.push([(error as Error).constructor.name, context]);
  };
  const settings = { ...SEAL, onDriverError };
  const on = (name: string, options: CollectionOptions = {}): Collection<object> =>
    db.collection<object>(name, options);
  const safe = (collection: Collection<object>, view: object = orderView): SafeCollection<object, object> =>
    new SafeCollection(collection, view as never, settings as never);
  return {
    M: mongodb,
    db,
    client: db.client,
    raw: on('orders'),
    C: safe(on('orders')),
    bare: safe(on('bare')),
    off: safe(on('off')),
    none: safe(on('none')),
    unsealed: new SafeCollection(on('orders'), scopedView as never).scoped({ tenant: 'acme', kind: 1 } as never),
    scoped: (values: object) => safe(on('orders'), scopedView).scoped(values as never),
    over: (options: CollectionOptions) => safe(on('orders', options)),
    failing: (name: 'next' | 'close', times: number, make: () => unknown) =>
      safe(failing(on('orders'), name, times, make)),
    listing: (toArray: () => Promise<unknown>) => {
      const other = Object.assign(db.client.db(db.databaseName), { listCollections: () => ({ toArray }) as never });
      return safe(other.collection<object>('orders'));
    },
    heard,
    shown,
    orderOf,
    idOf,
    begun: async () => await begun(db.client),
    states: async () => {
      const states = await db.collection(STATES).find().toArray();
      return states.map(({ _id, token, holder, until }) => [
        _id,
        typeof token,
        typeof holder,
        (until as Date).getTime() === 0,
      ]);
    },
    consumed,
    described: (error: unknown) =>
      error instanceof SafeCollectionError
        ? Object.assign({}, error, { message: error.message })
        : inspect(error).split('\n', 1)[0],
    pollute,
    inspect: (value: unknown) => inspect(value, { depth: 6, breakLength: Infinity, compact: true }),
    SafeCollection,
    withTransaction,
  };
}

/** A collection whose first streams fail. */
function failing(collection: Collection<object>, name: 'next' | 'close', times: number, make: () => unknown) {
  const watch = collection.watch.bind(collection);
  let made = 0;
  Object.defineProperty(collection, 'watch', {
    value: (...given: Parameters<typeof watch>) => {
      const stream = watch(...given);
      made += 1;
      if (made > times) return stream;
      const close = stream.close.bind(stream);
      const fail = async (): Promise<never> => {
        if (name === 'close') await close();
        throw make();
      };
      return name === 'next' ? Object.assign(stream, { next: fail }) : Object.assign(stream, { close: fail });
    },
  });
  return collection;
}

/** No group takes longer to begin. */
const LONGEST = 4000;

/** Resolves when a group has stored where its stream began: from then on it gets every event. */
async function begun(client: MongoClient): Promise<void> {
  await new Promise<void>((resolve) => {
    let number: number | undefined;
    const started = ({ command, requestId }: mongodb.CommandStartedEvent): void => {
      if (command['update'] === STATES && mongodb.BSON.EJSON.stringify(command).includes('$literal'))
        number = requestId;
    };
    const succeeded = ({ requestId }: mongodb.CommandSucceededEvent): void => {
      if (requestId !== number) return;
      client.off('commandStarted', started);
      client.off('commandSucceeded', succeeded);
      resolve();
    };
    client.on('commandStarted', started);
    client.on('commandSucceeded', succeeded);
    setTimeout(() => {
      client.off('commandStarted', started);
      client.off('commandSucceeded', succeeded);
    }, LONGEST).unref();
  });
}

interface Consumer {
  consume(filter: object, options: object, handler: (event: Event, context: object) => unknown): Promise<void>;
}

/** Handles so many events of a group. Its failure is looked at later. */
function consumed(...given: Parameters<typeof handled>): ReturnType<typeof handled> {
  const done = handled(...given);
  done.catch(() => undefined);
  return done;
}

async function handled(
  collection: Consumer,
  count: number,
  options: object = {},
  each: (event: Event, context: object) => unknown = () => undefined,
): Promise<unknown> {
  const stop = new AbortController();
  const seen: unknown[] = [];
  const asked = { group: 'g', projection: ['product', 'count'], signal: stop.signal, ...options };
  await collection.consume({}, asked, async (event, context) => {
    seen.push(shown(event));
    if (seen.length === count) stop.abort();
    await each(event, context);
  });
  return seen;
}

/** Adds a key to all objects, for a short time. Returns a function that takes it away. */
function pollute(key: string, how = 'a value', longest = 300): () => void {
  Reflect.defineProperty(Object.prototype, key, POLLUTIONS[how] as PropertyDescriptor);
  const clean = (): void => void Reflect.deleteProperty(Object.prototype, key);
  const timer = setTimeout(clean, longest);
  return () => {
    clearTimeout(timer);
    clean();
  };
}
