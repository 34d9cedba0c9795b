import { inspect } from 'node:util';

import { MongoClient, MongoError } from 'mongodb';
import { defineView, op, RefusedCallError, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { describe, expect, inject, it } from 'vitest';

import { testServer } from '../write/support/server.ts';
import { itemCalls, SECRET } from './support/item-calls.ts';
import { countingToBson, POLLUTIONS, recorder, whilePolluted } from './support/pollute.ts';

const { calls, longCalls, outcomeOf } = itemCalls();
const server = testServer({ heartbeatFrequencyMS: 600_000, serverMonitoringMode: 'poll' });
const VALUE = POLLUTIONS['a value'] as PropertyDescriptor;
const ACCESSOR = POLLUTIONS['an accessor'] as PropertyDescriptor;
const symbol = Symbol('s');

/** Keys that the driver reads, that the BSON serializer obeys, that nothing reads, an element, and a symbol. */
const KEYS: readonly PropertyKey[] = ['toBSON', 'returnKey', 'writeConcern', 'should', '0', symbol];
const ARRAY_KEYS: readonly PropertyKey[] = ['toBSON', '_bsontype', '0', '15', '16', '4294967294'];

async function errorOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(calls))('%s', (_, call) => {
  it.each(Object.entries(POLLUTIONS))(
    'is refused, and nothing is sent, while a prototype has %s',
    async (_what, property) => {
      for (const key of KEYS)
        expect(
          (await whilePolluted(Object.prototype, key, property, () => outcomeOf(call))).isRefused,
          String(key),
        ).toBe(true);
      for (const key of ARRAY_KEYS)
        expect(
          (await whilePolluted(Array.prototype, key, property, () => outcomeOf(call))).isRefused,
          String(key),
        ).toBe(true);
      expect((await outcomeOf(call)).isRefused).toBe(false);
    },
  );

  it.each(Object.entries(POLLUTIONS))(
    'sends nothing if a prototype gets %s right after the call returned',
    async (_what, property) => {
      for (const [prototype, key] of [
        [Object.prototype, 'toBSON'],
        [Object.prototype, 'hint'],
        [Array.prototype, 'toBSON'],
        [Number.prototype, 'toBSON'],
      ] as const) {
        const { isRefused } = await outcomeOf(async () => {
          const answer = call();
          return await whilePolluted(prototype, key, property, () => answer);
        });
        expect(isRefused, key).toBe(true);
      }
      expect((await outcomeOf(call)).isRefused).toBe(false);
    },
  );

  it('hands nothing private to an element of a prototype', async () => {
    for (const prototype of [Object.prototype, Array.prototype]) {
      const { property, taken } = recorder();
      await whilePolluted(prototype, '0', property, () => outcomeOf(call));
      expect(inspect(taken, { depth: null })).not.toContain(SECRET);
    }
  });
});

/** Not covered, and said so in the docs: a commit, a rollback and the end of a cursor that was left early. */
const covered = Object.entries(calls).filter(([name]) => !name.includes('transaction') && !name.includes('left early'));

it.each(covered)('%s never has a toBSON run, whenever it comes while the call is under way', async (name, call) => {
  await outcomeOf(call);
  const clean = await outcomeOf(call);
  for (let ticks = 0; ticks < 70; ticks += name === 'findOne' || name === 'updateOne' ? 1 : 7) {
    const { property, runs } = countingToBson(Object.prototype, 'items');
    const { text } = await outcomeOf(async () => {
      const answer = call();
      answer.catch(() => undefined);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      return await whilePolluted(Object.prototype, 'toBSON', property, () => answer);
    });
    expect(runs(), `after ${ticks} ticks`).toBe(0);
    if (!text.includes('prototype_polluted')) expect(text).toBe(clean.text);
  }
});

it('an element of Array.prototype that was deleted again does no harm, though the array stays longer', async () => {
  await whilePolluted(Array.prototype, '40', VALUE, () => Promise.resolve());
  expect(Array.prototype.length).toBeGreaterThan(40);
  for (const [name, call] of Object.entries(calls)) expect((await outcomeOf(call)).isRefused, name).toBe(false);
});

describe('a bulk of a client that is not connected yet', () => {
  it.each(['insertMany', 'bulkWrite'] as const)(
    '(%s) never runs a toBSON that comes while it connects',
    async (method) => {
      for (const ticks of [0, 1, 2, 3, 5, 8, 20, 60]) {
        const client = new MongoClient(inject('mongodbUri'), {
          heartbeatFrequencyMS: 600_000,
          serverMonitoringMode: 'poll',
        });
        const { property, runs } = countingToBson(Object.prototype, 'first bulk');
        const notes = new SafeCollection(client.db(server.db.databaseName).collection<Note>('notes'), view);
        const answer =
          method === 'insertMany'
            ? notes.insertMany([{ text: 'first bulk' }])
            : notes.bulkWrite([{ insertOne: { document: { text: 'first bulk' } } }]);
        answer.catch(() => undefined);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
        Reflect.defineProperty(Object.prototype, 'toBSON', property);
        await new Promise((resolve) => setTimeout(resolve, 30));
        Reflect.deleteProperty(Object.prototype, 'toBSON');
        await errorOf(() => answer);
        await client.close();
        expect(runs(), `after ${ticks} ticks`).toBe(0);
      }
    },
  );
});

interface Note {
  text: string;
  n?: number;
}

const view = defineView<Note>()({ public: { text: 1, n: 1 }, writable: { text: 1 } });
const raw = () => server.db.collection<Note>('notes');

describe('a key that comes onto Object.prototype', () => {
  it.each(['writeConcern', 'comment', 'toBSON'])(
    'between two batches (%s) ends the read of the second, which can be read once it is gone',
    async (key) => {
      await raw().deleteMany({});
      await raw().insertMany([1, 2, 3, 4, 5].map((n) => ({ text: 'a', n })));
      const cursor = new SafeCollection(raw(), view).find(
        { n: op({ $gt: 0 }) },
        { projection: ['n'], sort: { n: 1 }, batchSize: 2 },
      );
      expect([await cursor.next(), await cursor.next()]).toEqual([{ n: 1 }, { n: 2 }]);
      server.forget();
      for (const read of [() => cursor.next(), () => cursor.toArray(), () => cursor.hasNext()]) {
        expect(await whilePolluted(Object.prototype, key, VALUE, () => errorOf(read))).toMatchObject({
          code: 'prototype_polluted',
        });
      }
      expect(server.sent).toEqual([]);
      expect(await cursor.toArray()).toEqual([{ n: 3 }, { n: 4 }, { n: 5 }]);
    },
  );

  it('while the second batch is under way is not obeyed by the command for it', async () => {
    await raw().deleteMany({});
    await raw().insertMany([1, 2, 3].map((n) => ({ text: 'a', n })));
    for (let ticks = 0; ticks < 40; ticks += 1) {
      const cursor = new SafeCollection(raw(), view).find({}, { projection: ['n'], batchSize: 2 });
      await cursor.next();
      await cursor.next();
      const { property, runs } = countingToBson(Object.prototype, 'notes');
      const answer = cursor.next();
      answer.catch(() => undefined);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      Reflect.defineProperty(Object.prototype, 'toBSON', property);
      await errorOf(() => answer);
      Reflect.deleteProperty(Object.prototype, 'toBSON');
      await cursor.close();
      expect(runs(), `after ${ticks} ticks`).toBe(0);
    }
  });

  it('ends a close too, which would send a command', async () => {
    await raw().deleteMany({});
    await raw().insertMany([1, 2, 3].map((n) => ({ text: 'a', n })));
    const cursor = new SafeCollection(raw(), view).find({}, { projection: ['n'], batchSize: 2 });
    await cursor.next();
    server.forget();
    expect(
      await whilePolluted(Object.prototype, 'exhaustAllowed', VALUE, () => errorOf(() => cursor.close())),
    ).toMatchObject({ code: 'prototype_polluted' });
    expect(server.sent).toEqual([]);
    await cursor.close();
    expect(server.sent.map(({ commandName }) => commandName)).toEqual(['killCursors']);
  });

  it.each(['writeConcern', 'maxCommitTimeMS', 'readPreference', 'causalConsistency', 'timeoutMS', 'session'])(
    'before a transaction is tried again ends it, also if the key is gone when the work runs: %s',
    async (key) => {
      const runs: number[] = [];
      const error = await errorOf(() =>
        withTransaction(server.client, async () => {
          Reflect.deleteProperty(Object.prototype, key);
          runs.push(runs.length);
          if (runs.length > 1) return;
          const transient = new MongoError('again');
          transient.addErrorLabel('TransientTransactionError');
          Reflect.defineProperty(Object.prototype, key, VALUE);
          throw transient;
        }).finally(() => Reflect.deleteProperty(Object.prototype, key)),
      );
      expect(error).toMatchObject({ code: 'prototype_polluted' });
      expect(runs).toEqual([0]);
    },
  );

  it('in a transaction ends it without a commit', async () => {
    await raw().deleteMany({});
    await raw().insertOne({ text: 'before', n: 1 });
    const notes = new SafeCollection(raw(), view);
    server.forget();
    const error = await errorOf(() =>
      withTransaction(server.client, async (tx) => {
        await tx.bind(notes).updateOne({ n: 1 }, { $set: { text: 'after' } });
        Reflect.defineProperty(Object.prototype, 'w', VALUE);
      }).finally(() => Reflect.deleteProperty(Object.prototype, 'w')),
    );
    expect(error).toMatchObject({ code: 'prototype_polluted' });
    expect(server.sent.map(({ commandName }) => commandName)).not.toContain('commitTransaction');
    expect(await raw().findOne({}, { projection: { _id: 0 } })).toEqual({ text: 'before', n: 1 });
  });
});

describe('the sentence', () => {
  it('names the key, and says that nothing was sent', async () => {
    const error = await whilePolluted(Object.prototype, 'should', ACCESSOR, () =>
      errorOf(calls['findOne'] as () => Promise<unknown>),
    );
    expect(error).toBeInstanceOf(RefusedCallError);
    expect(error).toMatchObject({ code: 'prototype_polluted', operation: 'findOne', path: 'should' });
    expect((error as Error).message).toBe(
      "Object.prototype has 'should', which could change the command or its answer. Nothing was sent. Find the code that sets it, and remove it.",
    );
  });

  it('says what to do if it appeared during the call', async () => {
    const answer = (calls['findOne'] as () => Promise<unknown>)();
    const error = await whilePolluted(Object.prototype, 'showRecordId', VALUE, () => errorOf(() => answer));
    expect(error).toMatchObject({
      name: 'DatabaseError',
      code: 'prototype_polluted',
      operation: 'findOne',
      path: 'showRecordId',
    });
    expect((error as Error).message).toBe(
      "Object.prototype got 'showRecordId' during findOne(), which could change the command or its answer. Find the code that sets it, and remove it. Then read again; after a write, check what is stored.",
    );
  });
});

it('methods that a polyfill adds to Array.prototype are allowed', async () => {
  const call = calls['find in batches'] as () => Promise<unknown>;
  await outcomeOf(call);
  const clean = await outcomeOf(call);
  const found = await whilePolluted(Array.prototype, 'lastItem', ACCESSOR, () => outcomeOf(call));
  expect(found).toEqual(clean);
  expect((await whilePolluted(Array.prototype, 'lastItem', VALUE, () => outcomeOf(call))).isRefused).toBe(true);
});

it.each(Object.entries(longCalls))('an element far behind on a prototype is refused by %s', async (_name, call) => {
  for (const index of ['16', '23', '5000']) {
    const { property, taken } = recorder();
    const { isRefused } = await whilePolluted(Array.prototype, index, property, () => outcomeOf(call));
    expect([isRefused, taken], index).toEqual([true, []]);
  }
  expect((await outcomeOf(call)).isRefused).toBe(false);
});

it('op() and trusted() give nothing to an element of a prototype', async () => {
  for (const prototype of [Object.prototype, Array.prototype]) {
    const { property, taken } = recorder();
    await whilePolluted(prototype, '0', property, () => {
      trusted({ set: { secret: SECRET, list: [SECRET] }, filter: { $or: [{ secret: SECRET }] } });
      op({ $in: [SECRET] });
      return Promise.resolve();
    });
    expect(inspect(taken, { depth: null })).not.toContain(SECRET);
  }
});
