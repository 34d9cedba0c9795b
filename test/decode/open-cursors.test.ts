import { MongoClient, type CommandStartedEvent } from 'mongodb';
import { createSafeDb, SafeCollection, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';

import { notes, noteView, type Note } from './support/notes.ts';

const { client, db, fill, raw } = notes();
const projection = { _id: 1, title: 1 } as const;
const REASON = new Error('enough');

/** Any cursor of the library. */
interface Cursor extends AsyncIterable<unknown> {
  next(): Promise<unknown>;
  hasNext(): Promise<boolean>;
  toArray(): Promise<unknown[]>;
  forEach(iterator: (document: unknown) => boolean | void): Promise<void>;
  stream(): AsyncIterable<unknown> & { destroy(): void };
  map(transform: (document: unknown) => unknown): Cursor;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
type Open = (signal: AbortSignal | undefined, batchSize?: number) => Cursor;

const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

beforeAll(() => fill(300));
afterEach(() => closeAll());

/** Each way to open a cursor, with a client whose pool has this number of connections. */
function waysToOpen(pool: MongoClient): Readonly<Record<string, Open>> {
  const own = pool.db(db.databaseName);
  const collection = own.collection<Note>('notes');
  const safe = new SafeCollection(collection, noteView);
  const shop = createSafeDb(own, { notes: noteView });
  const trusted = new PrivilegedCollection(collection, noteView, { reason: 'test' });
  const given = (signal: AbortSignal | undefined, batchSize: number): object => ({
    batchSize,
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    find: (signal, batchSize = 10) => safe.find({}, { projection, ...given(signal, batchSize) }),
    aggregate: (signal, batchSize = 10) => safe.aggregate([{ $project: projection }], given(signal, batchSize)),
    'pipeline()': (signal, batchSize = 10) => safe.pipeline(given(signal, batchSize)).project({ title: 1 }).cursor(),
    findPopulated: (signal, batchSize = 10) =>
      shop.notes.findPopulated({}, {
        projection,
        populate: { same: { from: 'notes', localField: 'title', foreignField: 'title', projection } },
        ...given(signal, batchSize),
      } as never),
    'a privileged find': (signal, batchSize = 10) => trusted.find({}, { projection, ...given(signal, batchSize) }),
  };
}

/** The cursors that the server keeps for the notes. */
async function openCursors(): Promise<number> {
  const found = await client
    .db('admin')
    .aggregate([
      { $currentOp: { idleCursors: true, localOps: true } },
      { $match: { type: 'idleCursor', ns: `${db.databaseName}.notes` } },
    ])
    .toArray();
  return found.length;
}

/** The server ends idle cursors by itself after ten minutes, so waiting for less can't make this pass by accident. */
const noneIsLeft = () => vi.waitFor(async () => expect(await openCursors()).toBe(0), { timeout: 20_000, interval: 20 });

/** How long the library waits for the answer of an aborted command, to close its cursor. Then it breaks the connection. */
const PATIENCE_MS = 1000;

/**
 * On a busy machine an answer may take longer than that, and its cursor stays. These tests are about what happens once the answer is there,
 * so the library waits longer in them.
 */
function waitLongForAnswers(): void {
  const later = globalThis.setTimeout;
  const wait = (work: () => void, delay?: number) => later(work, delay === PATIENCE_MS ? 60_000 : delay);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(wait);
}

/** Each way to read on, with an abort in the middle. */
const ABORTED: Readonly<Record<string, (cursor: Cursor, abort: () => void) => Promise<unknown>>> = {
  'a loop': async (cursor, abort) => {
    for await (const _ of cursor) abort();
  },
  'a loop, between batches': async (cursor, abort) => {
    let count = 0;
    for await (const _ of cursor) if (++count === 10) abort();
  },
  'next()': async (cursor, abort) => {
    await cursor.next();
    abort();
    for (;;) if ((await cursor.next()) === null) break;
  },
  'hasNext()': async (cursor, abort) => {
    await cursor.hasNext();
    abort();
    await cursor.next();
    await cursor.hasNext();
  },
  'toArray() after a first read': async (cursor, abort) => {
    await cursor.next();
    const all = cursor.toArray();
    abort();
    await all;
  },
  'forEach()': (cursor, abort) => cursor.forEach(() => abort()),
  'stream()': async (cursor, abort) => {
    for await (const _ of cursor.stream()) abort();
  },
  'the first batch under way': async (cursor, abort) => {
    const read = cursor.next();
    abort();
    await read;
  },
  'the first batch under way, a little later': async (cursor, abort) => {
    const read = cursor.next();
    setTimeout(abort, 2);
    await read;
    await cursor.toArray();
  },
  'a further batch under way': async (cursor, abort) => {
    for (let count = 0; count < 10; count += 1) await cursor.next();
    const read = cursor.next();
    abort();
    await read;
  },
  'before the first read': async (cursor, abort) => {
    abort();
    await cursor.next();
  },
};

/** Each way to leave a cursor early. */
const LEFT: Readonly<Record<string, (cursor: Cursor, abort: () => void) => Promise<unknown>>> = {
  'a break': async (cursor) => {
    for await (const _ of cursor) break;
  },
  'a forEach() that returns false': (cursor) => cursor.forEach(() => false),
  'a destroyed stream': async (cursor) => {
    const stream = cursor.stream();
    for await (const _ of stream) break;
  },
  'a stream destroyed while it reads': async (cursor) => {
    const stream = cursor.stream();
    const read = stream[Symbol.asyncIterator]()
      .next()
      .catch(() => undefined);
    stream.destroy();
    await read;
  },
  'a map() that throws': async (cursor) => {
    const mapped = cursor.map(() => {
      throw REASON;
    });
    await mapped.next().catch(() => undefined);
  },
  'a map() that throws in toArray()': async (cursor) => {
    const mapped = cursor.map(() => {
      throw REASON;
    });
    await mapped.forEach(() => true).catch(() => undefined);
  },
  'close()': async (cursor) => {
    await cursor.next();
    await cursor.close();
  },
  'close() after an abort': async (cursor, abort) => {
    await cursor.next();
    abort();
    await cursor.close();
  },
  'close() while a batch is under way': async (cursor) => {
    const read = cursor.next().catch(() => undefined);
    await cursor.close();
    await read;
  },
  'close() while a further batch is under way': async (cursor) => {
    for (let count = 0; count < 10; count += 1) await cursor.next();
    const read = cursor.next().catch(() => undefined);
    await cursor.close();
    await read;
  },
  'await using, after an abort': async (cursor, abort) => {
    await cursor.next();
    abort();
    await cursor[Symbol.asyncDispose]();
  },
  'an abort, and nothing more': async (cursor, abort) => {
    await cursor.next();
    abort();
  },
};

describe.each([1, 10])('with a pool of %i', (maxPoolSize) => {
  const pool = new MongoClient(inject('mongodbUri'), { maxPoolSize });
  const ways = waysToOpen(pool);
  beforeEach(() => waitLongForAnswers());
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => pool.close());

  it.each(Object.entries(ABORTED))('an aborted read leaves no cursor: %s', async (_way, read) => {
    for (const [name, open] of Object.entries(ways)) {
      const controller = new AbortController();
      const reading = read(open(controller.signal), () => controller.abort(REASON));
      await expect(reading, name).rejects.toBe(REASON);
    }
    await noneIsLeft();
  });

  it.each(Object.entries(LEFT))('nor does a consumer that leaves early: %s', async (_, leave) => {
    for (const open of Object.values(ways)) {
      const controller = new AbortController();
      await leave(open(controller.signal), () => controller.abort(REASON));
      await leave(open(undefined), () => undefined).catch(() => undefined);
    }
    // Without a signal, what only aborts leaves a cursor that can still be read.
    if (_ === 'an abort, and nothing more')
      await vi.waitFor(async () => expect(await openCursors()).toBe(Object.keys(ways).length));
    else await noneIsLeft();
  });

  it('a read that waits for a connection is given up at once', async () => {
    const busy = pool.db(db.databaseName).collection('notes').find({ $where: 'sleep(10) || true' }).limit(60).toArray();
    const controller = new AbortController();
    const read = (ways['find'] as Open)(controller.signal).next();
    controller.abort(REASON);
    await expect(Promise.race([read, busy])).rejects.toBe(REASON);
    await busy;
    await noneIsLeft();
  });
});

async function closeAll(): Promise<void> {
  const found = await client
    .db('admin')
    .aggregate([
      { $currentOp: { idleCursors: true, localOps: true } },
      { $match: { type: 'idleCursor', ns: `${db.databaseName}.notes` } },
    ])
    .toArray();
  const cursors = found.map((each) => (each['cursor'] as { cursorId: unknown }).cursorId);
  if (cursors.length > 0) await db.command({ killCursors: 'notes', cursors });
}

describe('a command that takes long', () => {
  const slow = new SafeCollection(db.collection<Note>('notes'), noteView);
  const running = async (): Promise<number> => {
    const ops = await client
      .db('admin')
      .aggregate([
        { $currentOp: {} },
        { $match: { ns: `${db.databaseName}.notes`, op: { $in: ['query', 'getmore', 'command'] } } },
      ])
      .toArray();
    return ops.length;
  };

  it('is broken off on the server after an abort, and leaves no cursor', async () => {
    await db.createCollection('slow', {
      viewOn: 'notes',
      pipeline: [
        { $match: { $expr: { $function: { body: 'function() { sleep(50); return true; }', args: [], lang: 'js' } } } },
      ],
    });
    const view = new SafeCollection(db.collection<Note>('slow'), noteView);
    const controller = new AbortController();
    const read = view.find({}, { projection, batchSize: 200, signal: controller.signal }).next();
    await pause(100);
    // One document: it takes the server 50 ms, and the read that is aborted ten seconds.
    const short = db.collection('slow').find().limit(1).toArray();
    controller.abort(REASON);
    await expect(Promise.race([read, short])).rejects.toBe(REASON);
    await short;
    await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 4000, interval: 100 });
    await noneIsLeft();
    expect(await slow.find({}, { projection, limit: 1 }).toArray()).toHaveLength(1);
  });
});

it('a signal that many cursors share keeps none of their listeners', async () => {
  const { signal } = new AbortController();
  const warnings: Error[] = [];
  const listen = (warning: Error) => void warnings.push(warning);
  process.on('warning', listen);
  const safe = new SafeCollection(raw, noteView);
  for (let count = 0; count < 30; count += 1) await safe.find({}, { projection, signal, batchSize: 100 }).toArray();
  for (let count = 0; count < 30; count += 1)
    for await (const _ of safe.find({}, { projection, signal, batchSize: 100 })) break;
  await pause(10);
  process.off('warning', listen);
  expect(warnings).toEqual([]);
});

it('what was put on the signal itself does not run', async () => {
  const controller = new AbortController();
  const ran: string[] = [];
  for (const name of ['addEventListener', 'removeEventListener', 'throwIfAborted'] as const) {
    Object.defineProperty(controller.signal, name, { value: () => void ran.push(name) });
  }
  const cursor = new SafeCollection(raw, noteView).find({}, { projection, signal: controller.signal, batchSize: 10 });
  await cursor.next();
  controller.abort(REASON);
  await expect(cursor.next()).rejects.toBe(REASON);
  await noneIsLeft();
  expect(ran).toEqual([]);
});

it('a cursor in a transaction is closed with it', async () => {
  const sent: CommandStartedEvent[] = [];
  const listen = (event: CommandStartedEvent) => void sent.push(event);
  client.on('commandStarted', listen);
  for (const end of ['commit', 'roll back']) {
    const work = withTransaction(client, async (tx) => {
      await tx.bind(new SafeCollection(raw, noteView)).find({}, { projection, batchSize: 10 }).next();
      if (end === 'roll back') throw REASON;
    });
    await work.catch(() => undefined);
    await noneIsLeft();
  }
  client.off('commandStarted', listen);
  expect(sent.map(({ commandName }) => commandName)).toEqual(
    expect.arrayContaining(['killCursors', 'commitTransaction', 'abortTransaction']),
  );
});
