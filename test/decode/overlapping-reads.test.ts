import type { CommandStartedEvent } from 'mongodb';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { RawSource } from '../../src/driver/raw-source.ts';
import { cursorTarget } from '../../src/driver/target.ts';
import { resultReader } from '../../src/results/result-reader.ts';
import { node } from './support/arbitraries.ts';
import { notes } from './support/notes.ts';

const { client, db, fill, names, raw, sent, safe } = notes();
const projection = { _id: 1 } as const;
const ALL = 40;
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const ids = (found: readonly ({ readonly _id: number } | null)[]): (number | undefined)[] =>
  found.map((note) => note?._id);

/** Both kinds of cursor, with batches of a size. */
const CURSORS = {
  find: (batchSize: number, signal?: AbortSignal) =>
    safe.find({}, { projection, sort: { _id: 1 }, batchSize, ...(signal ? { signal } : {}) }),
  aggregate: (batchSize: number, signal?: AbortSignal) =>
    safe.aggregate([{ $sort: { _id: 1 } }, { $project: projection }], { batchSize, ...(signal ? { signal } : {}) }),
};

let listening: ((event: CommandStartedEvent) => void) | undefined;
/** Does something while the first getMore is under way. */
function duringGetMore(work: () => void): void {
  listening = ({ commandName }) => {
    if (commandName !== 'getMore') return;
    client.off('commandStarted', listening as never);
    work();
  };
  client.on('commandStarted', listening);
}

beforeAll(() => fill(ALL));
beforeEach(() => {
  sent.length = 0;
});
afterEach(() => {
  if (listening !== undefined) client.off('commandStarted', listening);
});

describe.each(['find', 'aggregate'] as const)('%s(): reads that run at once', (kind) => {
  describe.each([1, 2, 7, 1000])('in batches of %i', (batchSize) => {
    const open = () => CURSORS[kind](batchSize);

    it('lose nothing to looks ahead', async () => {
      const cursor = open();
      for (let at = 0; at < 10; at += 1) {
        expect(await Promise.all([cursor.hasNext(), cursor.hasNext(), cursor.hasNext()])).toEqual([true, true, true]);
        expect(ids([await cursor.next()])).toEqual([at]);
      }
      await Promise.all([cursor.hasNext(), cursor.hasNext()]);
      expect(ids(await cursor.toArray())).toEqual(upTo(10, ALL));
      expect(await Promise.all([cursor.hasNext(), cursor.hasNext()])).toEqual([false, false]);
    });

    it('come in the order of the calls', async () => {
      const cursor = open();
      const found: (number | undefined)[] = [];
      while (found.length < 36) {
        const [, first, , second, third] = await Promise.all([
          cursor.hasNext(),
          cursor.next(),
          cursor.hasNext(),
          cursor.next(),
          cursor.next(),
        ]);
        found.push(...ids([first, second, third]));
      }
      const [isMore, rest] = await Promise.all([cursor.hasNext(), cursor.toArray()]);
      expect([isMore, ...found, ...ids(rest)]).toEqual([true, ...upTo(0, ALL)]);
      expect(await cursor.next()).toBeNull();
    });

    it('share a loop with looks ahead', async () => {
      const cursor = open();
      const iterator = cursor[Symbol.asyncIterator]();
      const found: (number | undefined)[] = [];
      for (let at = 0; at < ALL; at += 1) {
        const [, { value }] = await Promise.all([cursor.hasNext(), iterator.next()]);
        found.push((value as { _id: number } | undefined)?._id);
      }
      expect(found).toEqual(upTo(0, ALL));
      expect(await Promise.all([cursor.hasNext(), iterator.next()])).toEqual([false, { done: true, value: undefined }]);
    });
  });

  it('are the first read, from which on the cursor can not be changed', async () => {
    const cursor = CURSORS[kind](7);
    const reading = cursor.toArray();
    expect(() => cursor.map(() => 'changed')).toThrow(expect.objectContaining({ code: 'cursor_used' }));
    expect(ids(await reading)).toEqual(upTo(0, ALL));
  });

  it('all meet the error that ends them', async () => {
    const cursor = safe.find({ title: /[^]/ }, { projection });
    const reads = [cursor.hasNext(), cursor.next(), cursor.hasNext(), cursor.toArray(), cursor.next()];
    for (const outcome of await Promise.allSettled(reads))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'server_error', serverCode: 51091 } });
  });
});

type Cursor = ReturnType<(typeof CURSORS)['find']>;
const READS: Readonly<Record<string, (cursor: Cursor) => Promise<unknown>>> = {
  'toArray()': (cursor) => cursor.toArray(),
  'next()': async (cursor) => {
    while ((await cursor.next()) !== null);
  },
  'hasNext()': async (cursor) => {
    while (await cursor.hasNext()) await cursor.next();
  },
  'a loop': async (cursor) => {
    for await (const _note of cursor);
  },
  'forEach()': (cursor) => cursor.forEach(() => undefined),
};

describe.each(['find', 'aggregate'] as const)('%s(): a read under way', (kind) => {
  it.each(Object.entries(READS))(
    'by %s does not end as if that were all when the cursor is closed',
    async (_name, read) => {
      const cursor = CURSORS[kind](2) as Cursor;
      duringGetMore(() => void cursor.close());
      await expect(read(cursor)).rejects.toMatchObject({ code: 'cursor_closed', operation: kind });
    },
  );

  it.each(Object.entries(READS))(
    "by %s that is aborted fails with the signal's reason, whatever comes of the command",
    async (_name, read) => {
      for (let run = 0; run < 20; run += 1) {
        const controller = new AbortController();
        const reason = new Error(`enough ${run}`);
        duringGetMore(() => controller.abort(reason));
        await expect(read(CURSORS[kind](2, controller.signal) as Cursor)).rejects.toBe(reason);
      }
    },
  );

  it.each([2, 1000])('returns no buffered documents after it is aborted (batches of %i)', async (batchSize) => {
    for (const read of [
      (cursor: Cursor) => cursor.toArray(),
      (cursor: Cursor) => cursor.next(),
      (cursor: Cursor) => cursor.hasNext(),
    ]) {
      const controller = new AbortController();
      const cursor = CURSORS[kind](batchSize, controller.signal) as Cursor;
      await cursor.next();
      controller.abort(new Error('enough'));
      await expect(read(cursor)).rejects.toBe(controller.signal.reason);
      await cursor.close();
    }
  });

  it('fails with the reason of its signal if the server does not know the cursor any more', async () => {
    const controller = new AbortController();
    const cursor = CURSORS[kind](2, controller.signal);
    await cursor.next();
    await db.command({ killCursors: 'notes', cursors: await openCursors() });
    const read = (cursor as Cursor).toArray();
    controller.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
    await (cursor as Cursor).close();
  });

  async function openCursors(): Promise<unknown[]> {
    const { cursor } = await client.db('admin').command({
      aggregate: 1,
      pipeline: [
        { $currentOp: { idleCursors: true, localOps: true } },
        { $match: { type: 'idleCursor', ns: `${db.databaseName}.notes` } },
      ],
      cursor: {},
    });
    return (cursor as { firstBatch: { cursor: { cursorId: unknown } }[] }).firstBatch.map(
      (each) => each.cursor.cursorId,
    );
  }
});

it('a driver that ends a cursor because it was aborted does not end it as if that were all', async () => {
  const controller = new AbortController();
  const aborted = {
    next: () => {
      controller.abort(new Error('enough'));
      return Promise.resolve(null);
    },
    close: () => Promise.resolve(),
  };
  const plan = { operation: 'find', view: 'notes', options: { signal: controller.signal }, shape: node('branch', '') };
  const source = new RawSource(
    aborted as never,
    cursorTarget(
      {
        collection: raw,
        onDriverError: undefined,
        onRead: undefined,
        transaction: undefined,
        session: undefined,
      } as never,
      plan as never,
    ),
    plan as never,
    resultReader(db.collection('notes'), plan, undefined),
  );
  await expect(source.fetch()).rejects.toThrow('enough');
});

it.each(['next()', 'hasNext()', 'a loop', 'forEach()'])(
  'a function given to map() that throws ends %s, and the cursor on the server too',
  async (name) => {
    const failure = new Error('of the function');
    const cursor = safe.find({}, { projection, batchSize: 2 }).map(() => {
      throw failure;
    });
    await expect((READS[name] as (cursor: unknown) => Promise<unknown>)(cursor)).rejects.toBe(failure);
    expect(names()).toEqual(['find', 'killCursors']);
    await expect(cursor.next()).rejects.toMatchObject({ code: 'cursor_closed' });
  },
);

it.each(['find', 'findOne', 'exists', 'countDocuments', 'aggregate'] as const)(
  '%s() refuses what only inherits from a signal',
  async (method) => {
    const signal = Object.create(AbortSignal.prototype) as AbortSignal;
    const calls = {
      find: () => safe.find({}, { projection, signal }).toArray(),
      findOne: () => safe.findOne({}, { projection, signal }),
      exists: () => safe.exists({}, { signal }),
      countDocuments: () => safe.countDocuments({}, { signal }),
      aggregate: () => safe.aggregate([{ $project: projection }], { signal }).toArray(),
    };
    await expect((async () => await calls[method]())()).rejects.toMatchObject({ code: 'option_value', path: 'signal' });
    expect(sent).toEqual([]);
  },
);
