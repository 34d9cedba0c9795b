import { MongoClient, type ObjectId } from 'mongodb';
import {
  BulkWriteFailedError,
  DatabaseError,
  defineView,
  DuplicateKeyError,
  op,
  SafeCollection,
  VersionConflictError,
  withTransaction,
  type Transaction,
} from 'safe-collection';
import { beforeEach, describe, expect, it } from 'vitest';

import { testServer } from './support/server.ts';

interface Row {
  _id: ObjectId;
  email: string;
  n?: number;
  rev?: number;
}
const view = defineView<Row>()({ name: 'rows', public: { email: 1, n: 1 }, writable: { email: 1, n: 1 } });
/** A validator that agrees after a while. */
const slow = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: async (value: unknown) => {
      await pause(30);
      return { value };
    },
  },
};
const slowView = defineView<Row>()({
  public: { email: 1, n: 1 },
  writable: { email: 1, n: 1 },
  validate: { insert: slow, update: slow },
});
const versionedView = defineView<Row & { rev: number }>()({
  public: { email: 1, n: 1, rev: 1 },
  writable: { email: 1, n: 1 },
  version: 'rev',
});

const server = testServer();
const raw = () => server.db.collection<Row>('rows');
const bound = (tx: Transaction) => tx.bind(new SafeCollection(raw(), view));
const names = () => server.sent.map(({ commandName }) => commandName).filter((name) => name !== 'configureFailPoint');
function pause(milliseconds: number): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().createIndex({ email: 1 }, { unique: true });
  await raw().insertMany(['a', 'b', 'c', 'd'].map((email) => ({ email, n: 0 })) as never);
  server.forget();
});

describe('calls that are not awaited one by one', () => {
  it('run one after another, as the first of the transaction too', async () => {
    for (let n = 1; n <= 10; n += 1) {
      let runs = 0;
      await withTransaction(server.client, (tx) => {
        runs += 1;
        return Promise.all(['a', 'b', 'c', 'd'].map((email) => bound(tx).updateOne({ email }, { $set: { n } })));
      });
      expect(runs).toBe(1);
      expect(await raw().countDocuments({ n })).toBe(4);
    }
  });

  it('of all kinds run in the order in which they were made', async () => {
    const results = await withTransaction(server.client, (tx) => {
      const held = bound(tx);
      return Promise.all([
        held.insertMany([{ email: 'x', n: 5 }]),
        held.countDocuments({ n: 5 }),
        held.bulkWrite([{ insertOne: { document: { email: 'y', n: 5 } } }]),
        held.find({ n: 5 }, { projection: ['email'] }).toArray(),
        held.findOneAndUpdate({ email: 'x' }, { $set: { n: 6 } }, { projection: ['n'] }),
        held.countDocuments({ n: 5 }),
        held.initializeOrderedBulkOp().insert({ email: 'z', n: 5 }).execute(),
        held.exists({ email: 'z' }),
        held.deleteMany({ n: op({ $gte: 5 }) }),
        held.distinct('email', { n: op({ $gte: 5 }) }),
        held.aggregate([{ $match: { n: op({ $gte: 5 }) } }, { $project: { email: 1 } }]).toArray(),
      ]);
    });
    expect(results[1]).toBe(1);
    expect(results[3]).toEqual([{ email: 'x' }, { email: 'y' }]);
    expect(results[5]).toBe(1);
    expect(results[7]).toBe(true);
    expect(results[8]).toMatchObject({ deletedCount: 3 });
    expect([results[9], results[10]]).toEqual([[], []]);
  });

  it('keep their order with a slow validator', async () => {
    const validated = new SafeCollection(raw(), slowView);
    const found = await withTransaction(server.client, async (tx) => {
      const held = tx.bind(validated);
      const [, count] = await Promise.all([held.insertOne({ email: 'late', n: 9 }), held.countDocuments({ n: 9 })]);
      return count;
    });
    expect(found).toBe(1);
  });

  it('may be made in the loop over a cursor, batch by batch, on a pool of one connection', async () => {
    const client = await new MongoClient(
      server.client.options.hosts.map((host) => `mongodb://${String(host)}`)[0] as string,
      { directConnection: true, maxPoolSize: 1 },
    ).connect();
    const held = new SafeCollection(client.db(server.db.databaseName).collection<Row>('rows'), view);
    await withTransaction(client, async (tx) => {
      const inside = tx.bind(held);
      for await (const { email } of inside.find({}, { projection: ['email'], batchSize: 1 })) {
        await inside.updateOne({ email }, { $set: { n: 7 } });
        for await (const other of inside.find({ email }, { projection: ['n'] })) expect(other).toEqual({ n: 7 });
      }
    });
    await client.close();
    expect(await raw().countDocuments({ n: 7 })).toBe(4);
  });

  it('finish before the commit if the work does not await them', async () => {
    let left: Promise<unknown> = Promise.resolve();
    await withTransaction(server.client, async (tx) => {
      await bound(tx).updateOne({ email: 'a' }, { $set: { n: 1 } });
      left = Promise.all([
        bound(tx).updateOne({ email: 'b' }, { $set: { n: 1 } }),
        bound(tx).updateOne({ email: 'c' }, { $set: { n: 1 } }),
      ]);
    });
    expect(await raw().countDocuments({ n: 1 })).toBe(3);
    await left;
  });

  it('are refused, and not sent, if the work failed meanwhile or returned before they were made', async () => {
    const left: Promise<unknown>[] = [];
    const failing = withTransaction(server.client, async (tx) => {
      await bound(tx).updateOne({ email: 'a' }, { $set: { n: 1 } });
      left.push(
        bound(tx).updateOne({ email: 'b' }, { $set: { n: 2 } }),
        bound(tx).updateOne({ email: 'c' }, { $set: { n: 3 } }),
      );
      for (const call of left) call.catch(() => undefined);
      throw new Error('mine');
    });
    await expect(failing).rejects.toThrow('mine');
    for (const call of left) await expect(call).rejects.toMatchObject({ name: 'RefusedCallError', path: 'session' });
    expect(names().filter((name) => name === 'update')).toHaveLength(1);
    let later: Promise<unknown> | undefined;
    await withTransaction(server.client, async (tx) => {
      const held = bound(tx);
      await held.updateOne({ email: 'a' }, { $set: { n: 1 } });
      later = pause(20).then(() => held.updateOne({ email: 'b' }, { $set: { n: 4 } }));
      later.catch(() => undefined);
    });
    await expect(later).rejects.toMatchObject({ name: 'RefusedCallError', path: 'session' });
    expect(await raw().countDocuments({ n: { $gt: 1 } })).toBe(0);
  });

  it('of one run never reach the next', async () => {
    let runs = 0;
    let late: Promise<unknown> | undefined;
    let begin: (() => void) | undefined;
    const secondRun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await withTransaction(server.client, async (tx) => {
      runs += 1;
      const held = bound(tx);
      if (runs === 1) {
        late = secondRun.then(() => held.updateOne({ email: 'b' }, { $set: { n: 8 } }));
        late.catch(() => undefined);
        const conflict = server.client.startSession();
        conflict.startTransaction();
        await raw().updateOne({ email: 'a' }, { $set: { n: 3 } }, { session: conflict });
        await held.updateOne({ email: 'a' }, { $set: { n: 1 } }).finally(() => void conflict.endSession());
      }
      begin?.();
      await held.updateOne({ email: 'a' }, { $set: { n: 1 } });
      await pause(80);
    });
    expect(runs).toBe(2);
    await expect(late).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(await raw().countDocuments({ n: 8 })).toBe(0);
  });

  it('of a cursor are refused after the transaction', async () => {
    const cursor = await withTransaction(server.client, async (tx) => {
      const opened = bound(tx).find({}, { projection: ['email'], batchSize: 2 });
      await opened.next();
      return [opened];
    });
    server.forget();
    await expect(cursor[0]?.next()).rejects.toMatchObject({ name: 'RefusedCallError', path: 'session' });
    await cursor[0]?.close();
    expect(names()).toEqual([]);
  });
});

/** Bound calls that fail on the server or in the driver. */
const FAILING: Readonly<
  Record<string, readonly [call: (held: ReturnType<typeof bound>) => Promise<unknown>, error: object]>
> = {
  insertOne: [(held) => held.insertOne({ email: 'a' }), { code: 'duplicate_key' }],
  insertMany: [(held) => held.insertMany([{ email: 'a' }]), { code: 'bulk_write' }],
  bulkWrite: [(held) => held.bulkWrite([{ insertOne: { document: { email: 'a' } } }]), { code: 'bulk_write' }],
  'a built bulk': [(held) => held.initializeUnorderedBulkOp().insert({ email: 'a' }).execute(), { code: 'bulk_write' }],
  updateOne: [(held) => held.updateOne({ email: 'b' }, { $set: { email: 'a' } }), { code: 'duplicate_key' }],
  replaceOne: [(held) => held.replaceOne({ email: 'b' }, { email: 'a' }), { code: 'duplicate_key' }],
  findOneAndUpdate: [
    (held) => held.findOneAndUpdate({ email: 'b' }, { $set: { email: 'a' } }, { projection: ['email'] }),
    { code: 'duplicate_key' },
  ],
  'a document over 16 MB': [
    (held) => held.insertOne({ email: 'x'.repeat(17 * 2 ** 20) }),
    { code: 'document_too_large' },
  ],
  'a find': [
    (held) => held.find({ email: /[^]/ }, { projection: ['email'] }).toArray(),
    { code: 'server_error', serverCode: 51091 },
  ],
  'a findOne': [
    (held) => held.findOne({ email: /[^]/ }, { projection: ['email'] }),
    { code: 'server_error', serverCode: 51091 },
  ],
  'an aggregate': [
    (held) => held.aggregate([{ $match: { email: /[^]/ } }, { $project: { email: 1 } }]).toArray(),
    { code: 'server_error', serverCode: 51091 },
  ],
  'a countDocuments': [(held) => held.countDocuments({ email: /[^]/ }), { code: 'server_error', serverCode: 51091 }],
  'a find with an aborted signal': [
    (held) => held.findOne({}, { projection: ['email'], signal: AbortSignal.abort(new Error('enough')) }),
    { message: 'enough' },
  ],
};

describe.each(Object.entries(FAILING))('an error of a bound call that the work catches: %s', (_, [call, expected]) => {
  it('ends the transaction with that error, and the work runs once', async () => {
    let runs = 0;
    let caught: unknown;
    const attempt = withTransaction(server.client, async (tx) => {
      runs += 1;
      await bound(tx).updateOne({ email: 'd' }, { $set: { n: 1 } });
      await call(bound(tx)).catch((error: unknown) => {
        caught = error;
      });
      return 'fine';
    });
    const error: unknown = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(expected);
    expect(error).toBe(caught);
    expect((error as Error).cause).toBeUndefined();
    expect(runs).toBe(1);
    expect(names()).not.toContain('commitTransaction');
    expect(await raw().countDocuments({ n: 1 })).toBe(0);
  });

  it('ends it even as the first call, and later calls are not sent', async () => {
    let after: unknown;
    const attempt = withTransaction(server.client, async (tx) => {
      await call(bound(tx)).catch(() => undefined);
      server.forget();
      after = await bound(tx)
        .updateOne({ email: 'd' }, { $set: { n: 1 } })
        .catch((error: unknown) => error);
      expect(names()).toEqual([]);
    });
    const error: unknown = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(expected);
    expect(after).toBe(error);
  });
});

describe('what the work may catch', () => {
  it('a refused call, a version conflict and drift change nothing on the server: the rest is committed', async () => {
    await raw().insertMany([
      { email: 'v', rev: 4 },
      { email: 'drift', n: { secret: 1 } },
    ] as never);
    const versioned = new SafeCollection(raw() as never, versionedView);
    const codes: unknown[] = [];
    const note = (error: unknown) => void codes.push((error as { code: unknown }).code);
    await withTransaction(server.client, async (tx) => {
      await (bound(tx) as unknown as { findOne(...args: unknown[]): Promise<unknown> })
        .findOne({ secret: 1 }, { projection: ['email'] })
        .catch(note);
      await tx
        .bind(versioned)
        .updateOne({ email: 'v' }, { $set: { n: 1 } }, { version: 1 })
        .catch(note);
      await bound(tx)
        .find({ email: 'drift' }, { projection: ['n'] })
        .toArray()
        .catch(note);
      await bound(tx).updateOne({ email: 'a' }, { $set: { n: 1 } });
    });
    expect(codes).toEqual(['filter_path', 'version_conflict', 'schema_drift']);
    expect(await raw().countDocuments({ email: 'a', n: 1 })).toBe(1);
    expect(VersionConflictError.name).toBe('VersionConflictError');
  });

  it('its own error in place of a failed call passes as it is, and the work runs once', async () => {
    const mine = new Error('mine');
    let runs = 0;
    const attempt = withTransaction(server.client, async (tx) => {
      runs += 1;
      try {
        await bound(tx).insertOne({ email: 'a' });
      } catch {
        throw mine;
      }
    });
    await expect(attempt).rejects.toBe(mine);
    expect(runs).toBe(1);
  });
});

it.each(['lets through', 'catches'])(
  'a transient error that the work %s runs it again, and nothing is done twice',
  async (how) => {
    const other = server.client.startSession();
    other.startTransaction();
    await raw().updateOne({ email: 'a' }, { $set: { n: 5 } }, { session: other });
    let runs = 0;
    await withTransaction(server.client, async (tx) => {
      runs += 1;
      if (runs === 2) await other.commitTransaction();
      await bound(tx).updateOne({ email: 'b' }, { $inc: { n: 1 } });
      const call = bound(tx).updateOne({ email: 'a' }, { $inc: { n: 1 } });
      await (how === 'catches' ? call.catch(() => undefined) : call);
    });
    await other.endSession();
    expect(runs).toBeGreaterThan(1);
    expect(await raw().findOne({ email: 'a' })).toMatchObject({ n: 6 });
    expect(await raw().findOne({ email: 'b' })).toMatchObject({ n: 1 });
  },
);

it('no session is left over after any outcome of the transaction', async () => {
  const client = await new MongoClient(
    server.client.options.hosts.map((host) => `mongodb://${String(host)}`)[0] as string,
    { directConnection: true },
  ).connect();
  const held = new SafeCollection(client.db(server.db.databaseName).collection<Row>('rows'), view);
  await withTransaction(client, (tx) =>
    Promise.all([tx.bind(held).updateOne({ email: 'a' }, { $set: { n: 1 } }), tx.bind(held).exists({})]),
  );
  const failed = await withTransaction(client, async (tx) => {
    await tx
      .bind(held)
      .insertOne({ email: 'a' })
      .catch(() => undefined);
    await tx
      .bind(held)
      .find({}, { projection: ['email'], batchSize: 1 })
      .next()
      .catch(() => undefined);
  }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(DuplicateKeyError);
  expect(failed).toBeInstanceOf(DatabaseError);
  expect(failed).not.toBeInstanceOf(BulkWriteFailedError);
  const { activeSessions } = (client as unknown as { s: { activeSessions: Set<unknown> } }).s;
  expect(activeSessions.size).toBe(0);
  await client.close();
});
