import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectId, type Db } from 'mongodb';
import {
  createSafeDb,
  defineView,
  op,
  SafeCollection,
  trusted,
  withTransaction,
  type ChangeEvent,
} from 'safe-collection';

import { testServer } from '../write/support/server.ts';

interface Order {
  _id: ObjectId;
  tenant_id: string;
  product: string;
  quantity: number;
  cost: number;
  deleted: boolean;
  place?: { city?: string; code?: string };
}

const spec = {
  public: { product: 1, quantity: 1, 'place.city': 1 },
  writable: { product: 1, quantity: 1, 'place.city': 1 },
} as const;
const orderView = defineView<Order>()(spec);
const scopedView = orderView.extend({ name: 'scoped', scope: { tenant_id: 1 } });
const KEYS = [randomBytes(32)];

const server = testServer();
const open: { close(): Promise<void> }[] = [];
let name = 0;
let db: Db;

const raw = () => db.collection<Order>('orders');
const orders = () => new SafeCollection(raw(), orderView, { sealKeys: KEYS });
const tenant = (tenant_id: string) => new SafeCollection(raw(), scopedView, { sealKeys: KEYS }).scoped({ tenant_id });
const order = (fields: Partial<Order> = {}): Order => ({
  _id: new ObjectId(),
  tenant_id: 'acme',
  product: 'lamp',
  quantity: 1,
  cost: 1,
  deleted: false,
  ...fields,
});

beforeEach(async () => {
  db = server.client.db(`${server.db.databaseName}_${(name += 1)}`);
  await db.createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
  server.forget();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (stream) => await stream.close()));
  await db.dropDatabase();
});

const PROJECTION = { projection: ['product', 'quantity'] } as const;

async function lamps(filter: object = { product: 'lamp' }, options: object = {}) {
  const stream = await orders().watch(
    filter as never,
    { ...PROJECTION, ...options } as { projection: ['product', 'quantity'] },
  );
  open.push(stream);
  return stream;
}

/** The events of what was done before a last insert, which every stream of these tests sees. */
async function eventsUntilMark(stream: { next(): Promise<ChangeEvent<unknown> | null> }, mark: Partial<Order> = {}) {
  await raw().insertOne(order({ quantity: 99, ...mark }));
  const events: { type: string; document?: unknown }[] = [];
  for (;;) {
    const event = await stream.next();
    if (event === null) throw new Error('The stream ended.');
    const document = 'document' in event ? event.document : undefined;
    if ((document as { quantity?: number } | undefined)?.quantity === 99) return events;
    events.push(document === undefined ? { type: event.type } : { type: event.type, document });
  }
}

describe('events are relative to the filter', () => {
  it('a document enters, changes, and leaves', async () => {
    const stream = await lamps();
    const one = order();
    await raw().insertOne(one);
    await raw().updateOne({ _id: one._id }, { $inc: { quantity: 1 } });
    await raw().updateOne({ _id: one._id }, { $set: { product: 'desk' } });
    await raw().updateOne({ _id: one._id }, { $set: { quantity: 7 } });
    await raw().replaceOne({ _id: one._id }, order({ ...one, product: 'lamp', quantity: 8 }));
    await raw().deleteOne({ _id: one._id });
    expect(await eventsUntilMark(stream)).toEqual([
      { type: 'enter', document: { product: 'lamp', quantity: 1 } },
      { type: 'update', document: { product: 'lamp', quantity: 2 } },
      { type: 'leave', document: { product: 'lamp', quantity: 2 } },
      { type: 'enter', document: { product: 'lamp', quantity: 8 } },
      { type: 'leave', document: { product: 'lamp', quantity: 8 } },
    ]);
  });

  it('a change of private or of other fields only is no event', async () => {
    const one = order({ place: { city: 'Paris', code: '1' } });
    await raw().insertOne(one);
    const stream = await lamps();
    await raw().updateOne({ _id: one._id }, { $set: { cost: 5, 'place.code': '2' } });
    await raw().updateOne({ _id: one._id }, { $unset: { cost: 1 } });
    await raw().updateOne({ _id: one._id }, { $set: { 'place.city': 'Rome' } });
    await raw().replaceOne({ _id: one._id }, order({ _id: one._id, cost: 9 }));
    await raw().updateOne({ _id: one._id }, { $set: { secret: { product: 'lamp' } } as never });
    expect(await eventsUntilMark(stream)).toEqual([]);
  });

  it('documents that never match send nothing', async () => {
    const stream = await lamps();
    const one = order({ product: 'desk' });
    await raw().insertOne(one);
    await raw().updateOne({ _id: one._id }, { $set: { quantity: 3 } });
    await raw().deleteOne({ _id: one._id });
    expect(await eventsUntilMark(stream)).toEqual([]);
  });

  it('trusted conditions count, on private fields too', async () => {
    const stream = await lamps({}, { trusted: trusted({ filter: { deleted: false, cost: op({ $lt: 10 }) } }) });
    const one = order();
    await raw().insertOne(one);
    await raw().updateOne({ _id: one._id }, { $set: { deleted: true } });
    await raw().updateOne({ _id: one._id }, { $set: { quantity: 4 } });
    await raw().updateOne({ _id: one._id }, { $set: { deleted: false, cost: 10 } });
    await raw().updateOne({ _id: one._id }, { $set: { cost: 2 } });
    expect(await eventsUntilMark(stream)).toEqual([
      { type: 'enter', document: { product: 'lamp', quantity: 1 } },
      { type: 'leave', document: { product: 'lamp', quantity: 1 } },
      { type: 'enter', document: { product: 'lamp', quantity: 4 } },
    ]);
  });

  it('only rows of the scope send events, and a moved row only leaves', async () => {
    const acme = await tenant('acme').watch({}, PROJECTION);
    const globex = await tenant('globex').watch({}, PROJECTION);
    open.push(acme, globex);
    const one = order();
    await raw().insertOne(one);
    await raw().insertOne(order({ tenant_id: 'globex', quantity: 5 }));
    await raw().updateOne({ _id: one._id }, { $set: { tenant_id: 'globex' } });
    await raw().updateOne({ _id: one._id }, { $set: { quantity: 6 } });
    expect(await eventsUntilMark(acme)).toEqual([
      { type: 'enter', document: { product: 'lamp', quantity: 1 } },
      { type: 'leave', document: { product: 'lamp', quantity: 1 } },
    ]);
    expect(await eventsUntilMark(globex, { tenant_id: 'globex' })).toEqual([
      { type: 'enter', document: { product: 'lamp', quantity: 5 } },
      { type: 'enter', document: { product: 'lamp', quantity: 1 } },
      { type: 'update', document: { product: 'lamp', quantity: 6 } },
    ]);
  });

  it('in the answers of the server there is no other document and no private field', async () => {
    const replies: unknown[] = [];
    server.client.on('commandSucceeded', ({ commandName, reply }) => {
      if (commandName === 'getMore' || commandName === 'aggregate') replies.push(reply);
    });
    const stream = await lamps({ product: 'lamp' });
    const one = order({ place: { city: 'Paris', code: 'S3CR3T' } });
    await raw().insertMany([one, order({ product: 'S3CR3T' })]);
    await raw().updateOne({ _id: one._id }, { $set: { quantity: 2, cost: 4_711 } });
    await eventsUntilMark(stream);
    expect(JSON.stringify(replies)).toContain('lamp');
    expect(JSON.stringify(replies)).not.toMatch(/S3CR3T|4711|Paris|acme/);
  });

  it('loses no change between its opening and the first read', async () => {
    const stream = await lamps({});
    for (let quantity = 0; quantity < 20; quantity += 1) await raw().insertOne(order({ quantity }));
    expect(await eventsUntilMark(stream)).toHaveLength(20);
  });
});

describe('missing images', () => {
  it('are refused before the stream is opened, in one sentence that says what to do', async () => {
    await db.createCollection('plain');
    const plain = new SafeCollection(db.collection<Order>('plain'), orderView);
    const none = new SafeCollection(db.collection<Order>('none'), orderView);
    server.forget();
    for (const to of [plain, none]) {
      const opened = to.watch({}, PROJECTION);
      await expect(opened).rejects.toMatchObject({ code: 'images_missing', operation: 'watch' });
      await expect(opened).rejects.toThrow(/collMod: '(?:plain|none)', changeStreamPreAndPostImages/);
    }
    expect(server.sent.map(({ commandName }) => commandName)).toEqual(['listCollections', 'listCollections']);
  });

  it('of a change end in a resync event, and never in a guess', async () => {
    const one = order();
    await raw().insertOne(one);
    const stream = await lamps();
    await db.command({ collMod: 'orders', changeStreamPreAndPostImages: { enabled: false } });
    await raw().updateOne({ _id: one._id }, { $set: { quantity: 2 } });
    await raw().deleteOne({ _id: one._id });
    await db.command({ collMod: 'orders', changeStreamPreAndPostImages: { enabled: true } });
    await raw().insertOne(order({ quantity: 3 }));
    expect(await eventsUntilMark(stream)).toEqual([
      { type: 'resync' },
      { type: 'resync' },
      { type: 'enter', document: { product: 'lamp', quantity: 3 } },
    ]);
  });

  it('a dropped collection ends the stream with a resync event', async () => {
    const stream = await lamps();
    await raw().drop();
    expect(await stream.next()).toEqual({ type: 'resync', token: undefined });
    expect(await stream.next()).toBeNull();
    expect(stream.closed).toBe(true);
  });
});

describe('a stream', () => {
  it('is read in a loop, and closed when the loop ends', async () => {
    const stream = await lamps({});
    await raw().insertMany([order({ quantity: 1 }), order({ quantity: 2 }), order({ quantity: 3 })]);
    const seen: number[] = [];
    for await (const event of stream) {
      if (event.type === 'resync') continue;
      seen.push(event.document.quantity);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual([1, 2]);
    expect(stream.closed).toBe(true);
    expect(await stream.next()).toBeNull();
  });

  it('keeps the order of reads that run at once', async () => {
    const stream = await lamps({});
    const reads = [stream.next(), stream.next(), stream.next()];
    for (const quantity of [1, 2, 3]) await raw().insertOne(order({ quantity }));
    const events = await Promise.all(reads);
    expect(events.map((event) => (event as { document: { quantity: number } }).document.quantity)).toEqual([1, 2, 3]);
  });

  it('ends a pending read with null when it is closed, and leaves no cursor on the server', async () => {
    const openCursors = async () => {
      const ops = await server.client
        .db('admin')
        .aggregate([{ $currentOp: { idleCursors: true, allUsers: true } }])
        .toArray();
      return ops.filter(({ ns }) => ns === `${db.databaseName}.orders`).length;
    };
    const stream = await lamps({});
    const pending = stream.next();
    const second = stream.next();
    await stream.close();
    expect([await pending, await second]).toEqual([null, null]);
    await stream.close();
    await expect.poll(openCursors, { timeout: 5_000 }).toBe(0);
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const stream = await lamps({}, { signal: controller.signal });
    const pending = stream.next();
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    expect(stream.closed).toBe(true);
    await expect(lamps({}, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
  });

  it('closes with `await using`', async () => {
    const stream = await lamps({});
    await stream[Symbol.asyncDispose]();
    expect(stream.closed).toBe(true);
  });

  it('ends with an error at a drifted value, which does not show it', async () => {
    const stream = await lamps({});
    await raw().insertOne(order({ quantity: { secret: 'S3CR3T' } as never }));
    const error = await stream.next().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'schema_drift', path: 'quantity' });
    expect(String((error as Error).stack)).not.toContain('S3CR3T');
    expect(stream.closed).toBe(true);
  });

  it('is refused in a transaction', async () => {
    const shop = createSafeDb(server.client.db(db.databaseName), { orders: orderView });
    await expect(
      withTransaction(shop, async (tx) => await tx.collections.orders.watch({}, PROJECTION)),
    ).rejects.toMatchObject({ code: 'argument_invalid' });
  });
});

describe('refused calls send nothing', () => {
  it.each<readonly [string, unknown, unknown, string]>([
    ['no projection', {}, {}, 'projection_missing'],
    ['a private field', {}, { projection: ['cost'] }, 'projection_path'],
    ['a private filter', { cost: 1 }, PROJECTION, 'filter_path'],
    ['a plain operator', { quantity: { $gt: 1 } }, PROJECTION, 'filter_operator_untagged'],
    ['an operator without an expression', { quantity: op({ $mod: [2, 0] }) }, PROJECTION, 'filter_operator'],
    ['a slice', {}, { projection: { product: op({ $slice: 1 } as never) } }, 'projection_value'],
    ['another option', {}, { ...PROJECTION, fullDocument: 'updateLookup' }, 'option_unknown'],
    ['a pipeline', [{ $match: {} }], PROJECTION, 'argument_invalid'],
    ['a session', {}, { ...PROJECTION, session: {} }, 'option_unknown'],
    ['a forged trusted value', {}, { ...PROJECTION, trusted: { filter: {} } }, 'trusted_invalid'],
  ])('%s', async (_, filter, options, code) => {
    const error = await orders()
      .watch(filter as never, options as never)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(server.sent).toEqual([]);
  });

  it('of a scoped view before it is bound', async () => {
    const unbound = new SafeCollection(raw(), scopedView) as unknown as ReturnType<typeof orders>;
    await expect(unbound.watch({}, PROJECTION)).rejects.toMatchObject({ code: 'scope_missing' });
    expect(server.sent).toEqual([]);
  });
});

describe('resume tokens', () => {
  it('continue after their event', async () => {
    const stream = await lamps({});
    await raw().insertMany([1, 2, 3].map((quantity) => order({ quantity })));
    const first = await stream.next();
    await stream.close();
    const again = await lamps({}, { resumeAfter: first?.token });
    expect(await eventsUntilMark(again)).toEqual(
      [2, 3].map((quantity) => ({ type: 'enter', document: { product: 'lamp', quantity } })),
    );
  });

  it('are sealed: no id of a document can be read from them', async () => {
    const stream = await lamps({});
    const one = order();
    await raw().insertOne(one);
    const token = (await stream.next())?.token ?? '';
    expect(token).toMatch(/^[\w-]{40,}$/);
    expect(Buffer.from(token, 'base64url').toString('hex')).not.toContain(one._id.toHexString());
  });

  it('are refused if a character is changed', async () => {
    const stream = await lamps({});
    await raw().insertOne(order());
    const token = (await stream.next())?.token ?? '';
    server.forget();
    for (let at = 0; at < token.length; at += 1) {
      for (const other of 'Ag='.replace(token[at] as string, '')) {
        const edited = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
        await expect(lamps({}, { resumeAfter: edited })).rejects.toMatchObject({ code: 'token_invalid' });
      }
    }
    expect(server.sent.filter(({ commandName }) => commandName !== 'getMore')).toEqual([]);
  }, 30_000);

  it('are refused with another filter, scope, projection, collection, view or key', async () => {
    const stream = await tenant('acme').watch({ product: 'lamp' }, PROJECTION);
    open.push(stream);
    await raw().insertOne(order());
    const resumeAfter = (await stream.next())?.token;
    const others = [
      () => tenant('globex').watch({ product: 'lamp' }, { ...PROJECTION, resumeAfter }),
      () => tenant('acme').watch({ product: 'desk' }, { ...PROJECTION, resumeAfter }),
      () => tenant('acme').watch({ product: 'lamp' }, { projection: ['product'], resumeAfter }),
      () => orders().watch({ product: 'lamp' }, { ...PROJECTION, resumeAfter }),
      () =>
        new SafeCollection(db.collection<Order>('others'), scopedView, { sealKeys: KEYS })
          .scoped({ tenant_id: 'acme' })
          .watch({ product: 'lamp' }, { ...PROJECTION, resumeAfter }),
      () =>
        new SafeCollection(raw(), scopedView, { sealKeys: [randomBytes(32)] })
          .scoped({ tenant_id: 'acme' })
          .watch({ product: 'lamp' }, { ...PROJECTION, resumeAfter }),
    ];
    server.forget();
    for (const other of others)
      await expect(other()).rejects.toMatchObject({ code: 'token_invalid', path: 'resumeAfter' });
    expect(server.sent.filter(({ commandName }) => commandName !== 'getMore')).toEqual([]);
    open.push(await tenant('acme').watch({ product: 'lamp' }, { ...PROJECTION, resumeAfter }));
  });

  it('do not exist without keys', async () => {
    const plain = new SafeCollection(raw(), orderView);
    const stream = await plain.watch({}, PROJECTION);
    open.push(stream);
    await raw().insertOne(order());
    expect((await stream.next())?.token).toBeUndefined();
    server.forget();
    await expect(plain.watch({}, { ...PROJECTION, resumeAfter: 'x' })).rejects.toMatchObject({
      code: 'seal_keys_missing',
    });
    expect(server.sent.filter(({ commandName }) => commandName !== 'getMore')).toEqual([]);
  });

  it('of a collection that was dropped meanwhile begin anew, with a resync event', async () => {
    const stream = await lamps({});
    await raw().insertOne(order());
    const resumeAfter = (await stream.next())?.token;
    await stream.close();
    await raw().drop();
    await db.createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
    const again = await lamps({}, { resumeAfter });
    expect(await again.next()).toMatchObject({ type: 'resync' });
  });
});
