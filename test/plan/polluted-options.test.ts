import { randomUUID } from 'node:crypto';

import { MongoClient, ObjectId, type CommandStartedEvent } from 'mongodb';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { afterAll, beforeEach, expect, inject, it } from 'vitest';

import { pinnedFor } from '../../src/execute/pinned-options.ts';
import { METHOD_OPTIONS } from '../../src/plan/method-options.ts';
import { PASSED_OPTIONS } from '../../src/plan/parse-option.ts';

interface Item {
  _id: ObjectId;
  name: string;
  count: number;
  secret: string;
}

const view = defineView<Item>()({ public: { name: 1, count: 1 }, writable: { name: 1, count: 1 } });
/** Without a heartbeat: it reads options too, and would fail while one of them is polluted. */
const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true, heartbeatFrequencyMS: 600_000, serverMonitoringMode: 'poll' });
const db = client.db(`test_${randomUUID()}`);
const stored = db.collection<Item>('items');
const items = new SafeCollection(stored, view);
const sent: object[] = [];

client.on('commandStarted', ({ command }: CommandStartedEvent) => {
  if (command['endSessions'] === undefined) sent.push(withoutSession(command));
});
afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

/** The rest of the command is what the plan says; these differ from call to call. */
function withoutSession({ lsid: _lsid, txnNumber: _txnNumber, $clusterTime: _clusterTime, ...command }: object & Record<string, unknown>): object {
  return command;
}

const IDS = [1, 2, 3].map((each) => new ObjectId(String(each).repeat(24)));
beforeEach(async () => {
  await stored.deleteMany({});
  await stored.insertMany(IDS.map((_id, count) => ({ _id, name: `n${count}`, count, secret: 's' })));
  sent.length = 0;
});

/** Every option that the driver has read from its options object in some version or other. */
const NAMES: readonly string[] = `allowDiskUse allowPartialResults arrayFilters authdb awaitData batchSize bsonRegExp
  bypassDocumentValidation bypassPinningCheck checkKeys collation comment cursor cursorType dbName documentsReturnedIn
  enableUtf8Validation exhaustAllowed explain fields fieldsAsRaw forceServerObjectId fsync hedge hint ignoreUndefined
  includeResultMetadata j journal let level limit max maxAwaitTimeMS maxStalenessSeconds maxTimeMS min moreToCome multi
  noCursorTimeout noResponse numberToReturn numberToSkip omitMaxTimeMS oplogReplay ordered out partial projection
  promoteBuffers promoteLongs promoteValues raw rawData readConcern readPreference readPreferenceTags retryWrites
  returnDocument returnFieldSelector returnKey secondaryOk serializeFunctions session showRecordId signal singleBatch skip
  code sort tailable timeout timeoutContext timeoutMS timeoutMode upsert useBigInt64 w willRetryWrite writeConcern wtimeout
  wtimeoutMS`.split(/\s+/);

const VALUES: readonly unknown[] = [true, 'x', { w: 0 }];

/**
 * What the driver reads from objects of its own (a WriteConcern, say), where nothing can be pinned: how long a command runs and
 * where, never what it matches or what comes back.
 */
const OUT_OF_REACH: ReadonlySet<string> = new Set(['fsync', 'j', 'journal', 'readConcern', 'readPreference', 'timeoutMS', 'w', 'writeConcern', 'wtimeout', 'wtimeoutMS']);

/** The same of writes: how safely one is stored, whether it failed, and in a bulk what it matches. So nothing is written. */
const REFUSED = ['code', 'fsync', 'j', 'journal', 'w', 'writeConcern', 'wtimeout', 'wtimeoutMS'];
const REFUSED_IN_BULK = [...REFUSED, 'arrayFilters', 'bypassDocumentValidation', 'collation', 'hint', 'sort'];
const BULKS: ReadonlySet<string> = new Set(['bulkWrite', 'insertMany']);
const WRITES = /^(insert|update|delete|bulk|findOneAnd)/;

function refusedFor(method: string): readonly string[] {
  if (BULKS.has(method)) return REFUSED_IN_BULK;
  return WRITES.test(method) ? REFUSED : [];
}

const NEW = { name: 'new', count: 1 };
const OWN = { trusted: trusted({ set: { secret: 's' } }) };
const P = { projection: { name: 1, count: 1 } } as const;
const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  find: () => items.find({ count: op({ $gte: 0 }) }, P).toArray(),
  findOne: () => items.findOne({ name: 'n1' }, P),
  exists: () => items.exists({ name: 'n1' }),
  countDocuments: () => items.countDocuments({ name: 'n1' }),
  estimatedDocumentCount: () => items.estimatedDocumentCount(),
  distinct: () => items.distinct('name', {}),
  aggregate: () => items.aggregate([{ $match: { name: 'n1' } }, { $project: { name: 1 } }]).toArray(),
  insertOne: () => items.insertOne(NEW, OWN),
  insertMany: () => items.insertMany([NEW], OWN),
  updateOne: () => items.updateOne({ name: 'n1' }, { $set: { count: 7 } }),
  updateMany: () => items.updateMany({ name: 'n1' }, { $set: { count: 7 } }),
  findOneAndUpdate: () => items.findOneAndUpdate({ name: 'n1' }, { $set: { count: 8 } }, P),
  findOneAndDelete: () => items.findOneAndDelete({ name: 'nobody' }, P),
  deleteOne: () => items.deleteOne({ name: 'nobody' }),
  deleteMany: () => items.deleteMany({ name: 'nobody' }),
  bulkWrite: () => items.bulkWrite([{ updateOne: { filter: { name: 'n1' }, update: { $set: { count: 9 } } } }]),
};

/** The answer and the commands. The driver makes a new `_id` for each insertion. */
async function outcome(call: () => Promise<unknown>): Promise<string> {
  sent.length = 0;
  const answer = await call().catch((error: unknown) => ({ failed: String(error) }));
  return JSON.stringify({ answer, sent }).replaceAll(/[0-9a-f]{24}/g, 'some id');
}

async function polluted(name: string, value: unknown, call: () => Promise<unknown>): Promise<string> {
  Reflect.defineProperty(Object.prototype, name, Object.assign(Object.create(null), { value, configurable: true, writable: true }));
  try {
    return await outcome(call);
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

it.each(Object.entries(CALLS))('%s sends and answers the same whatever option stands on Object.prototype', async (method, call) => {
  const refused = refusedFor(method);
  await call();
  const clean = await outcome(call);
  for (const name of NAMES.filter((each) => !OUT_OF_REACH.has(each) && !refused.includes(each))) {
    for (const value of VALUES) {
      expect(await polluted(name, value, call), `${name}: ${JSON.stringify(value)}`).toBe(clean);
    }
  }
});

it.each(Object.entries(CALLS).filter(([method]) => WRITES.test(method)))('%s writes nothing where Object.prototype would change how', async (method, call) => {
  const before = await stored.find().toArray();
  for (const name of refusedFor(method)) {
    for (const value of VALUES) {
      const { answer, sent: commands } = JSON.parse(await polluted(name, value, call)) as { answer: { failed?: string }; sent: unknown[] };
      expect(answer.failed, name).toContain(`Object.prototype carries '${name}'`);
      expect(commands, name).toEqual([]);
    }
  }
  expect(await stored.find().toArray()).toEqual(before);
});

/** The methods whose plans are of another name. */
const SENT_AS = {
  findPopulated: 'aggregate',
  initializeOrderedBulkOp: 'bulkWrite',
  initializeUnorderedBulkOp: 'bulkWrite',
  execute: 'bulkWrite',
} as const;

it('each option that a call passes on is one of the pinned, so that no setter on Object.prototype takes it', () => {
  for (const method of Object.keys(METHOD_OPTIONS) as (keyof typeof METHOD_OPTIONS)[]) {
    const passed = METHOD_OPTIONS[method].filter((name) => PASSED_OPTIONS.has(name));
    const pinned = Object.keys(pinnedFor(method in SENT_AS ? SENT_AS[method as keyof typeof SENT_AS] : (method as Exclude<typeof method, keyof typeof SENT_AS>)));
    expect(passed.filter((name) => !pinned.includes(name))).toEqual([]);
  }
});
