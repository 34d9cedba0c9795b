import { inspect } from 'node:util';

import { Collection } from 'mongodb';
import { DatabaseError, defineView, op, SafeCollection, withTransaction } from 'safe-collection';
import { afterEach, describe, expect, it } from 'vitest';

import { carriesDriverName } from '../../src/execute/carries-driver-name.ts';
import { pinnedFor, pinnedLaterFor } from '../../src/execute/pinned-options.ts';
import { itemCalls, SECRET } from './support/item-calls.ts';
import { POLLUTIONS, whilePolluted } from './support/pollute.ts';
import { testServer } from '../write/support/server.ts';

interface Note {
  text: string;
  n: number;
}

const { calls, outcomeOf } = itemCalls();
const server = testServer({ heartbeatFrequencyMS: 600_000, serverMonitoringMode: 'poll' });
const view = defineView<Note>()({ public: { text: 1, n: 1 }, writable: { text: 1 } });
const raw = () => server.db.collection<Note>('notes');
const POLLUTED = ['writeConcern', 'comment', 'toBSON'];
const TRUE = POLLUTIONS['true'] as PropertyDescriptor;
const ACCESSOR = POLLUTIONS['an accessor of nothing'] as PropertyDescriptor;

async function codeOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

afterEach(async () => {
  await raw().deleteMany({});
});

describe('what comes onto Object.prototype', () => {
  it.each(POLLUTED)('between two batches (%s) ends the read of the second, which can be read once it is gone', async (name) => {
    await raw().insertMany([1, 2, 3, 4, 5].map((n) => ({ text: 'a', n })));
    const cursor = new SafeCollection(raw(), view).find({ n: op({ $gt: 0 }) }, { projection: ['n'], sort: { n: 1 }, batchSize: 2 });
    expect([await cursor.next(), await cursor.next()]).toEqual([{ n: 1 }, { n: 2 }]);
    server.forget();
    expect(await whilePolluted(Object.prototype, name, TRUE, () => codeOf(() => cursor.next()))).toBe('prototype_polluted');
    expect(await whilePolluted(Object.prototype, name, TRUE, () => codeOf(() => cursor.toArray()))).toBe('prototype_polluted');
    expect(server.sent).toEqual([]);
    expect(await cursor.toArray()).toEqual([{ n: 3 }, { n: 4 }, { n: 5 }]);
  });

  it('between two batches ends a close too, which would send a command', async () => {
    await raw().insertMany([1, 2, 3].map((n) => ({ text: 'a', n })));
    const cursor = new SafeCollection(raw(), view).find({}, { projection: ['n'], batchSize: 2 });
    await cursor.next();
    server.forget();
    expect(await whilePolluted(Object.prototype, 'exhaustAllowed', TRUE, () => codeOf(() => cursor.close()))).toBe('prototype_polluted');
    expect(server.sent).toEqual([]);
    await cursor.close();
    expect(server.sent.map(({ commandName }) => commandName)).toEqual(['killCursors']);
  });

  it.each(['w', 'maxTimeMS'])('in a transaction (%s) ends it without a commit', async (name) => {
    await raw().insertOne({ text: 'before', n: 1 });
    const notes = new SafeCollection(raw(), view);
    server.forget();
    const code = await codeOf(() =>
      withTransaction(server.client, async (tx) => {
        await tx.bind(notes).updateOne({ n: 1 }, { $set: { text: 'after' } });
        Reflect.defineProperty(Object.prototype, name, TRUE);
      }).finally(() => Reflect.deleteProperty(Object.prototype, name)),
    );
    expect(code).toBe('prototype_polluted');
    expect(server.sent.map(({ commandName }) => commandName)).not.toContain('commitTransaction');
    expect(await raw().findOne({}, { projection: { _id: 0 } })).toEqual({ text: 'before', n: 1 });
  });
});

describe.each(['findOne', 'exists'] as const)('what comes onto Object.prototype while %s() is under way', (method) => {
  const call = calls[method] as () => Promise<unknown>;
  const READ = [...Object.keys(pinnedFor(method)), 'writeConcern', 'encryptedResponse'];

  it.each(Object.entries(POLLUTIONS))('ends it: no answer counts that the driver may have made of %s', async (_, property) => {
    const clean = await outcomeOf(call);
    for (const name of READ) {
      const answer = call();
      const ended = await whilePolluted(Object.prototype, name, property, () => answer.then(() => 'answered', (error: unknown) => error));
      expect(ended, name).toBeInstanceOf(DatabaseError);
      expect(inspect(ended), name).not.toContain(SECRET);
    }
    expect(await outcomeOf(call)).toEqual(clean);
  });

  it('says which key it was, and that a command was sent', async () => {
    const answer = call();
    const error = await whilePolluted(Object.prototype, 'showRecordId', TRUE, () => answer.catch((thrown: unknown) => thrown));
    expect(error).toMatchObject({ name: 'DatabaseError', code: 'prototype_polluted', operation: method, path: 'showRecordId' });
    expect((error as Error).message).toBe(
      `Object.prototype got 'showRecordId' during ${method}(), which may have changed the command or its answer. Find what set it, and read again.`,
    );
  });

  it('does not end it where the driver reads nothing of that name', async () => {
    const clean = await call();
    for (const name of ['should', 'w', 'deletedCount']) {
      const answer = call();
      expect(await whilePolluted(Object.prototype, name, TRUE, () => answer), name).toEqual(clean);
    }
  });
});

/** A call's outcome where a key comes onto Object.prototype right after the driver's method has answered with a promise. */
async function outcomeWithKey(call: () => Promise<unknown>, method: SingleWrite, name: string, property: PropertyDescriptor): Promise<string> {
  const original = Reflect.get(Collection.prototype, method) as (...args: unknown[]) => Promise<unknown>;
  const spied = function (this: Collection, ...args: unknown[]): Promise<unknown> {
    const answer = original.apply(this, args);
    Reflect.defineProperty(Object.prototype, name, property);
    return answer;
  };
  Reflect.set(Collection.prototype, method, spied);
  try {
    return (await outcomeOf(call)).text;
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
    Reflect.set(Collection.prototype, method, original);
  }
}

type SingleWrite = 'insertOne' | 'updateOne' | 'updateMany' | 'deleteOne' | 'deleteMany' | 'findOneAndUpdate' | 'findOneAndDelete';

/** A name that the driver reads, which has each write pin all of its own, and does nothing to it. */
const READ_BY_FINDS = 'oplogReplay';

const SINGLE_WRITES: readonly (readonly [call: string, method: SingleWrite])[] = [
  ['insertOne', 'insertOne'], ['updateOne', 'updateOne'], ['updateOne with all its options', 'updateOne'], ['an upsert', 'updateOne'],
  ['a write in a session', 'updateOne'], ['updateMany', 'updateMany'], ['deleteOne', 'deleteOne'], ['deleteMany', 'deleteMany'],
  ['findOneAndUpdate', 'findOneAndUpdate'], ['findOneAndDelete', 'findOneAndDelete'],
];

describe.each(SINGLE_WRITES)('%s', (name, method) => {
  const call = calls[name] as () => Promise<unknown>;
  const unpinned = Object.keys(pinnedFor(method)).filter((option) => !Object.hasOwn(pinnedLaterFor(method), option));

  it('looks for each name that it does not pin', () => {
    expect(unpinned).toContain('w');
    expect(unpinned.filter((option) => !carriesDriverName(Object.fromEntries([[option, undefined]])))).toEqual([]);
  });

  it.each(Object.entries(POLLUTIONS))('does as if all were pinned where %s comes to such a name while the driver is at work', async (_, property) => {
    await outcomeOf(call);
    for (const option of unpinned) {
      const pinned = await whilePolluted(Object.prototype, READ_BY_FINDS, TRUE, () => outcomeWithKey(call, method, option, property));
      expect(await outcomeWithKey(call, method, option, property), option).toBe(pinned);
    }
  });
});

describe.each(Object.entries(calls))('%s', (_, call) => {
  it('is not refused for a key that the driver does not know, an accessor included', async () => {
    await outcomeOf(call);
    const clean = await outcomeOf(call);
    for (const property of [ACCESSOR, TRUE]) {
      const found = await whilePolluted(Object.prototype, 'should', property, () => outcomeOf(call));
      const beside = await whilePolluted(Object.prototype, 'should', property, () => whilePolluted(Object.prototype, 'limit', TRUE, () => outcomeOf(call)));
      expect([found.text, beside.text]).toEqual([clean.text, clean.text]);
    }
  });
});

it.each(['find', 'findOne', 'exists', 'countDocuments', 'distinct', 'estimatedDocumentCount', 'aggregate'])('%s is not refused for what writes alone read', async (name) => {
  const call = calls[name] as () => Promise<unknown>;
  await outcomeOf(call);
  const clean = await outcomeOf(call);
  for (const key of ['w', 'j', 'wtimeout', 'hint', 'sort', 'collation', 'arrayFilters', 'bypassDocumentValidation', 'multi', 'upsert']) {
    const { text } = await whilePolluted(Object.prototype, key, TRUE, () => outcomeOf(call));
    expect(text, key).toBe(clean.text);
  }
});
