import { randomUUID } from 'node:crypto';

import { MongoClient, type ClientSession, type Collection, type CommandStartedEvent, ObjectId } from 'mongodb';
import { defineView, op, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { afterAll, beforeEach, inject } from 'vitest';

import { PrivilegedCollection } from '../../../src/privileged.ts';
import { loose } from '../../write/support/loose.ts';

interface Item {
  _id: ObjectId;
  name: string;
  count: number;
  tags: number[];
  secret: string;
}

export const SECRET = 'for nobody';
const IDS = [1, 2, 3].map((digit) => new ObjectId(String(digit).repeat(24)));
const WIDE = Array.from({ length: 30 }, (_, index) => index);
const view = defineView<Item>()({
  public: { name: 1, count: 1, tags: 1 },
  writable: { name: 1, count: 1, tags: 1 },
  arrays: { tags: 1 },
});
const versionedView = defineView<Item>()({ public: { name: 1, count: 1 }, writable: { name: 1 }, version: 'count' });

/** Calls by name, each read to its end, and what comes of one. */
export interface ItemCalls {
  readonly calls: Readonly<Record<string, () => Promise<unknown>>>;
  /** Calls that need arrays of 24 elements and more. */
  readonly longCalls: ItemCalls['calls'];
  /** Inserts a number of documents at once. */
  insertMany(count: number): Promise<unknown>;
  /** The answer and the commands. */
  outcomeOf(call: () => Promise<unknown>): Promise<Outcome>;
}

export interface Outcome {
  readonly text: string;
  /** Whether the call was refused for a polluted prototype before anything was sent. */
  readonly isRefused: boolean;
}

/** Every method in the forms in which the driver sends other commands: a second batch, a session, a transaction. */
export function itemCalls(): ItemCalls {
  // Without a heartbeat: it reads options too, and would fail while one of them is polluted.
  const client = new MongoClient(inject('mongodbUri'), {
    monitorCommands: true,
    heartbeatFrequencyMS: 600_000,
    serverMonitoringMode: 'poll',
  });
  const db = client.db(`test_${randomUUID()}`);
  const stored = db.collection<Item>('items');
  const long = db.collection<Item>('long');
  const session = client.startSession();
  const sent: string[] = [];
  client.on('commandStarted', ({ command }: CommandStartedEvent) => {
    if (command['endSessions'] === undefined) sent.push(comparable(command));
  });
  beforeEach(async () => {
    await stored.deleteMany({});
    await long.deleteMany({});
    await long.insertMany(
      WIDE.map((count) => ({
        _id: new ObjectId(String(count).padStart(24, '0')),
        name: 'n1',
        count,
        tags: WIDE,
        secret: SECRET,
      })),
    );
    await stored.insertMany(IDS.map((_id, count) => ({ _id, name: `n${count}`, count, tags: [1, 2], secret: SECRET })));
  });
  afterAll(async () => {
    await db.dropDatabase();
    await session.endSession();
    await client.close();
  });
  return {
    calls: callsOn(stored, client, session),
    longCalls: longCallsOn(long),
    insertMany: (count) =>
      loose(new SafeCollection(stored, view)).insertMany(
        Array.from({ length: count }, () => NEW),
        OWN,
      ),
    async outcomeOf(call) {
      sent.length = 0;
      const answer = await answerOf(call);
      const isRefused = (answer as { code?: unknown } | null)?.code === 'prototype_polluted' && sent.length === 0;
      return { text: JSON.stringify({ answer, sent }).replaceAll(/[0-9a-f]{24}/g, 'some id'), isRefused };
    },
  };
}

/** The result of a call, or its error, thrown at once or later. */
async function answerOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return { failed: String(error), code: (error as { code?: unknown }).code };
  }
}

const VARYING: ReadonlySet<string> = new Set(['lsid', 'txnNumber', 'getMore', 'cursors', 'afterClusterTime']);

/** The command as text with only own fields. Fields that differ from call to call only have to exist. */
function comparable(command: object): string {
  return JSON.stringify({ ...command, $clusterTime: 'some' }, (key, value: unknown) =>
    VARYING.has(key) ? 'some' : value,
  );
}

async function each(documents: AsyncIterable<object>): Promise<object> {
  const found = new Map<string, object>();
  for await (const document of documents) found.set(JSON.stringify(document), document);
  return [...found.values()];
}

const P = { projection: { name: 1, count: 1 } } as const;
const NEW = { name: 'new', count: 1, tags: [] };
const OWN = { trusted: trusted({ set: { secret: SECRET } }) };
const MAKES = { upsert: true, trusted: trusted({ update: { $setOnInsert: { secret: SECRET } } }) };
const NARROW = { arrayFilters: [{ t: 1 }], collation: { locale: 'en' } };
const MEASURED = { comment: 'c', maxTimeMS: 9_999 };

function callsOn(
  stored: Collection<Item>,
  client: MongoClient,
  session: ClientSession,
): Readonly<Record<string, () => Promise<unknown>>> {
  const items = new SafeCollection(stored, view);
  const writes = loose(items);
  const versioned = loose(new SafeCollection(stored, versionedView));
  const logins = new PrivilegedCollection(stored, view, { reason: 'test' });
  return {
    find: () =>
      items.find({ count: op({ $gte: 0 }) }, { ...P, sort: { name: -1 }, skip: 1, limit: 2, ...MEASURED }).toArray(),
    'find in batches': () => each(items.find({}, { ...P, batchSize: 2 })),
    'find, left early': async () => {
      for await (const item of items.find({}, { ...P, batchSize: 2 })) return item;
      return undefined;
    },
    findOne: () => items.findOne({ name: 'n1' }, P),
    exists: () => items.exists({ name: 'n1' }),
    countDocuments: () => items.countDocuments({ name: 'n1' }, { limit: 1 }),
    estimatedDocumentCount: () => items.estimatedDocumentCount(MEASURED),
    distinct: () => items.distinct('name', {}, { collation: { locale: 'en' } }),
    aggregate: () => items.aggregate([{ $match: { name: 'n1' } }, { $project: { name: 1 } }]).toArray(),
    'aggregate in batches': () =>
      each(items.aggregate([{ $sort: { name: 1 } }, { $project: { name: 1 } }], { batchSize: 2 })),
    'a privileged findOne': async () =>
      (await logins.findOne({ secret: SECRET, name: 'n1' }, { projection: ['secret'] }))?.secret.expose() === SECRET,
    insertOne: () => writes.insertOne(NEW, OWN),
    insertMany: () => writes.insertMany([NEW, NEW], OWN),
    updateOne: () => writes.updateOne({ name: 'n1' }, { $set: { count: 7 } }),
    'updateOne with all its options': () =>
      writes.updateOne(
        { name: 'n1' },
        { $set: { 'tags.$[t]': 1 } },
        { ...NARROW, ...MEASURED, writeConcern: { w: 1 } },
      ),
    'an upsert': () => writes.updateOne({ name: 'made' }, { $set: { count: 7 } }, MAKES),
    'a conflict of versions': () => versioned.updateOne({ name: 'n1' }, { $set: { name: 'other' } }, { version: 99 }),
    updateMany: () => writes.updateMany({ name: op({ $gte: 'n1' }) }, { $set: { count: 7 } }),
    findOneAndUpdate: () =>
      writes.findOneAndUpdate(
        { name: 'n1' },
        { $set: { 'tags.$[t]': 1 } },
        { ...P, ...NARROW, ...MEASURED, sort: { name: 1 }, returnDocument: 'after' },
      ),
    findOneAndDelete: () => writes.findOneAndDelete({ name: 'nobody' }, P),
    deleteOne: () => writes.deleteOne({ name: 'nobody' }),
    deleteMany: () => writes.deleteMany({ name: op({ $gte: 'o' }) }),
    bulkWrite: () =>
      writes.bulkWrite([
        { updateOne: { filter: { name: 'n1' }, update: { $set: { count: 9 } }, upsert: false } },
        { updateMany: { filter: { name: 'n2' }, update: { $set: { 'tags.$[t]': 1 } }, ...NARROW } },
        { deleteOne: { filter: { name: 'nobody' } } },
        { insertOne: { document: NEW, ...OWN } },
      ]),
    'a built bulk': () =>
      writes
        .initializeUnorderedBulkOp()
        .find({ name: 'n1' })
        .updateOne({ $set: { count: 3 } })
        .find({ name: 'nobody' })
        .delete()
        .execute(),
    'reads in a session': async () => [
      await items.findOne({ name: 'n1' }, { ...P, session }),
      await items.distinct('name', {}, { session }),
      await items.countDocuments({}, { session }),
    ],
    'a write in a session': () => writes.updateOne({ name: 'n1' }, { $set: { count: 7 } }, { session }),
    'a transaction': () =>
      withTransaction(client, async (tx) => {
        await loose(tx.bind(items)).updateOne({ name: 'n1' }, { $set: { count: 7 } });
        return await tx.bind(items).findOne({ name: 'n1' }, P);
      }),
    'a transaction that is rolled back': () =>
      withTransaction(client, async (tx) => {
        await loose(tx.bind(items)).insertOne(NEW, OWN);
        throw new Error('rolled back');
      }),
  };
}

function longCallsOn(stored: Collection<Item>): ItemCalls['calls'] {
  const items = new SafeCollection(stored, view);
  const options = Object.fromEntries(WIDE.map((index) => [`more.f${index}`, index]));
  const stages = WIDE.map(() => ({ $match: { name: 'n1' } }));
  return {
    'a find of many documents with long arrays': () =>
      items.find({ name: 'n1' }, { projection: view, sort: { count: 1 } }).toArray(),
    'a find by many values': () =>
      items.find({ count: op({ $in: WIDE }) }, { projection: view, sort: { count: 1 } }).toArray(),
    'a find by many filters': () =>
      items.find({ $or: WIDE.map((count) => ({ count })) }, { projection: view, sort: { count: 1 } }).toArray(),
    'an aggregation of many stages': () =>
      loose(items)
        .aggregate([...stages, { $sort: { count: 1 } }, { $project: { count: 1, tags: 1 } }])
        .toArray(),
    'an update of many paths': () =>
      loose(items).updateOne(
        { name: 'n1' },
        { $set: { count: 1 } },
        { trusted: trusted({ update: { $set: options } }) },
      ),
    'an insertion of a long array': () => loose(items).insertOne({ ...NEW, tags: WIDE }, { ...OWN, projection: view }),
  };
}
