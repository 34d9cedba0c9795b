import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MongoClient } from 'mongodb';
import { DatabaseError, SafeCollection, withTransaction } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { visibleIn } from './support/outcome.ts';
import { startOwnSet } from './support/own-set.ts';
import { userView, type User } from './support/user-view.ts';

/** A part of every value that an error could show. */
const SECRET = 'S3CR3T';

let set: Awaited<ReturnType<typeof startOwnSet>>;
let client: MongoClient;
let users: Loose;

const raw = () => client.db('failing').collection<User>('users');
const failPoint = (mode: unknown, data: object = {}) =>
  client.db('admin').command({ configureFailPoint: 'failCommand', mode, data });

beforeAll(async () => {
  set = await startOwnSet(1, ['--setParameter', 'enableTestCommands=1']);
  // A server that says it steps down is looked at again after half a second, and not after ten.
  client = await new MongoClient(set.uri, { heartbeatFrequencyMS: 500 }).connect();
}, 120_000);

afterAll(async () => {
  await client?.close();
  await set?.stop();
}, 60_000);

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([{ username: 'ada', credits: 1, api_key: SECRET }] as never);
  users = loose(new SafeCollection(raw(), userView));
});

afterEach(async () => {
  await failPoint('off');
  // A commit that failed leaves its transaction open, and its locks, for a minute.
  await client.db('admin').command({ killAllSessions: [] });
});

/** Each method, the command that it sends, and whether the driver may send that twice. */
const CALLS: Readonly<
  Record<string, { readonly command: string; readonly isRetried: boolean; readonly call: () => Promise<unknown> }>
> = {
  insertOne: { command: 'insert', isRetried: true, call: () => users.insertOne({ username: `n-${SECRET}` }) },
  insertMany: { command: 'insert', isRetried: true, call: () => users.insertMany([{ username: `n-${SECRET}` }]) },
  updateOne: {
    command: 'update',
    isRetried: true,
    call: () => users.updateOne({ username: 'ada' }, { $inc: { credits: 1 } }),
  },
  'updateOne, an upsert': {
    command: 'update',
    isRetried: true,
    call: () => users.updateOne({ username: 'new' }, { $set: { email: SECRET } }, { upsert: true }),
  },
  updateMany: {
    command: 'update',
    isRetried: false,
    call: () => users.updateMany({ username: 'ada' }, { $inc: { credits: 1 } }),
  },
  deleteOne: { command: 'delete', isRetried: true, call: () => users.deleteOne({ username: 'ada' }) },
  deleteMany: { command: 'delete', isRetried: false, call: () => users.deleteMany({ username: 'ada' }) },
  findOneAndUpdate: {
    command: 'findAndModify',
    isRetried: true,
    call: () => users.findOneAndUpdate({ username: 'ada' }, { $inc: { credits: 1 } }, { projection: ['credits'] }),
  },
  findOneAndDelete: {
    command: 'findAndModify',
    isRetried: true,
    call: () => users.findOneAndDelete({ username: 'ada' }, { projection: ['credits'] }),
  },
  bulkWrite: {
    command: 'update',
    isRetried: true,
    call: () => users.bulkWrite([{ updateOne: { filter: { username: 'ada' }, update: { $inc: { credits: 1 } } } }]),
  },
  'a built bulk': {
    command: 'update',
    isRetried: true,
    call: async () =>
      await users
        .initializeOrderedBulkOp()
        .find({ username: 'ada' })
        .updateOne({ $inc: { credits: 1 } })
        .execute(),
  },
  findOne: {
    command: 'find',
    isRetried: true,
    call: () => users.findOne({ username: 'ada' }, { projection: ['credits'] }),
  },
  find: {
    command: 'find',
    isRetried: true,
    call: () => users.find({ username: 'ada' }, { projection: ['credits'] }).toArray(),
  },
};

const errorOf = async (call: Promise<unknown>): Promise<DatabaseError> => {
  const error: unknown = await call.then(
    () => expect.fail('did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  expect(visibleIn(error)).not.toContain(SECRET);
  expect(visibleIn(error)).not.toContain('failCommand');
  expect((error as Error).cause).toBeUndefined();
  return error as DatabaseError;
};

describe.each(Object.entries(CALLS))('%s', (_, { command, isRetried, call }) => {
  it('keeps code and label of an error that may be tried again', async () => {
    await failPoint({ times: 2 }, { failCommands: [command], errorCode: 189, errorLabels: ['RetryableWriteError'] });
    const error = await errorOf(call());
    expect(error).toMatchObject({
      code: 'server_error',
      serverCode: 189,
      serverCodeName: 'PrimarySteppedDown',
      retryable: true,
    });
    expect(error.labels).toContain('RetryableWriteError');
  });

  it('keeps code of one that may not', async () => {
    await failPoint({ times: 1 }, { failCommands: [command], errorCode: 8000 });
    expect(await errorOf(call())).toMatchObject({ code: 'server_error', serverCode: 8000, retryable: false });
  });

  it('reports a broken connection', async () => {
    await failPoint({ times: 2 }, { failCommands: [command], closeConnection: true });
    expect(await errorOf(call())).toMatchObject({ code: 'network_error' });
  });

  it('reports a time limit', async () => {
    await failPoint({ times: 1 }, { failCommands: [command], errorCode: 50 });
    expect(await errorOf(call())).toMatchObject({ code: 'timeout', serverCode: 50 });
  });

  it(isRetried ? 'that fails once is done once' : 'that fails once is not tried again', async () => {
    await failPoint({ times: 1 }, { failCommands: [command], errorCode: 189, errorLabels: ['RetryableWriteError'] });
    if (!isRetried) return void (await errorOf(call()));
    await call();
    expect(await raw().countDocuments({ credits: { $gt: 2 } })).toBe(0);
    expect(await raw().countDocuments()).toBeLessThanOrEqual(2);
  });
});

/** Temporary states of a server. A read may be repeated after each of them; a write only if the server says so by a label. */
const PASSING = { HostUnreachable: 6, NotWritablePrimary: 10107, InterruptedAtShutdown: 11600 };

describe.each(Object.entries(PASSING))('%s', (_, errorCode) => {
  const fail = (command: string) => failPoint({ times: 2 }, { failCommands: [command], errorCode, errorLabels: [] });

  it.each(['find', 'findOne'])('may be tried again after a read: %s', async (name) => {
    await fail('find');
    expect(await errorOf((CALLS[name] as (typeof CALLS)[string]).call())).toMatchObject({
      code: 'server_error',
      serverCode: errorCode,
      retryable: true,
    });
  });

  it.each(['updateOne', 'bulkWrite'])('may not after a write without a label: %s', async (name) => {
    const { command, call } = CALLS[name] as (typeof CALLS)[string];
    await fail(command);
    expect(await errorOf(call())).toMatchObject({ serverCode: errorCode, retryable: false });
  });
});

it('a connection that breaks: a read may be tried again, a write may have taken place', async () => {
  await failPoint({ times: 2 }, { failCommands: ['find', 'update'], closeConnection: true });
  expect(await errorOf((CALLS['findOne'] as (typeof CALLS)[string]).call())).toMatchObject({
    code: 'network_error',
    retryable: true,
  });
  for (const name of ['updateOne', 'updateMany']) {
    await failPoint({ times: 2 }, { failCommands: ['find', 'update'], closeConnection: true });
    expect(await errorOf((CALLS[name] as (typeof CALLS)[string]).call())).toMatchObject({
      code: 'network_error',
      retryable: false,
    });
  }
});

it('a pool that is cleared: what waited for a connection was not sent, and may be tried again', async () => {
  const own = await new MongoClient(set.uri, { maxPoolSize: 1, retryReads: false, retryWrites: false }).connect();
  await own.db('admin').command({ ping: 1 });
  await failPoint(
    { times: 1 },
    { failCommands: ['update'], closeConnection: true, blockConnection: true, blockTimeMS: 200 },
  );
  const target = loose(new SafeCollection(own.db('failing').collection<User>('users'), userView));
  const calls = Array.from({ length: 5 }, () =>
    errorOf(target.updateMany({ username: 'ada' }, { $inc: { credits: 1 } })),
  );
  const [sent, ...waiting] = (await Promise.allSettled(calls)).flatMap((call) =>
    call.status === 'fulfilled' ? [call.value] : [],
  );
  await own.close();
  expect(sent).toMatchObject({ code: 'network_error', retryable: false });
  expect(waiting.length).toBeGreaterThan(0);
  for (const error of waiting) expect(error).toMatchObject({ code: 'network_error', retryable: true });
});

const WRITES = Object.entries(CALLS).filter(([, { command }]) => command !== 'find');

it.each(WRITES)(
  'a write concern that is not met in time keeps its code, and the write is there: %s',
  async (_, { command, call }) => {
    await failPoint(
      { times: 1 },
      { failCommands: [command], writeConcernError: { code: 64, codeName: 'WriteConcernFailed', errmsg: SECRET } },
    );
    expect(await errorOf(call())).toMatchObject({ serverCode: 64 });
    expect(
      (await raw().countDocuments({ username: 'ada', credits: 1 })) === 1 && (await raw().countDocuments()) === 1,
    ).toBe(false);
  },
);

describe('a transaction', () => {
  const work = async (tries: { count: number }): Promise<void> =>
    await withTransaction(client, async (tx) => {
      tries.count += 1;
      await loose(tx.bind(new SafeCollection(raw(), userView))).updateOne(
        { username: 'ada' },
        { $inc: { credits: 1 } },
      );
    });

  it('whose work meets a transient error runs again, and is done once', async () => {
    const tries = { count: 0 };
    await failPoint(
      { times: 1 },
      { failCommands: ['update'], errorCode: 112, errorLabels: ['TransientTransactionError'] },
    );
    await work(tries);
    expect(tries.count).toBe(2);
    expect(await raw().findOne({ username: 'ada' })).toMatchObject({ credits: 2 });
  });

  it('whose commit has no known result is committed again, and its work runs once', async () => {
    const tries = { count: 0 };
    await failPoint(
      { times: 1 },
      { failCommands: ['commitTransaction'], errorCode: 64, errorLabels: ['UnknownTransactionCommitResult'] },
    );
    await work(tries);
    expect(tries.count).toBe(1);
    expect(await raw().findOne({ username: 'ada' })).toMatchObject({ credits: 2 });
  });

  it.each([
    ['whose commit may have taken place', { errorCode: 50, errorLabels: ['UnknownTransactionCommitResult'] }, false],
    ['whose commit is refused for good', { errorCode: 8000 }, false],
    [
      'whose commit may have taken place, for all that the label of a write says',
      { errorCode: 50, errorLabels: ['UnknownTransactionCommitResult', 'RetryableWriteError'] },
      false,
    ],
  ])('%s may not be tried again', async (_, data, retryable) => {
    await failPoint({ times: 4 }, { failCommands: ['commitTransaction'], ...data });
    expect(await errorOf(work({ count: 0 }))).toMatchObject({ operation: 'withTransaction', retryable });
  });

  it('that breaks its connection in a call may be tried again', async () => {
    await failPoint({ times: 1 }, { failCommands: ['update'], closeConnection: true });
    let error: unknown;
    await withTransaction(client, async (tx) => {
      error ??= await loose(tx.bind(new SafeCollection(raw(), userView)))
        .updateOne({ username: 'ada' }, { $inc: { credits: 1 } })
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      if (error !== undefined) throw new Error('enough');
    }).catch(() => undefined);
    expect(error).toMatchObject({ code: 'network_error', retryable: true });
  });

  it('that meets another error ends, with its code and no value', async () => {
    const tries = { count: 0 };
    await failPoint({ times: 1 }, { failCommands: ['update'], errorCode: 8000 });
    expect(await errorOf(work(tries))).toMatchObject({ code: 'server_error', serverCode: 8000 });
    expect(tries.count).toBe(1);
    expect(await raw().findOne({ username: 'ada' })).toMatchObject({ credits: 1 });
  });
});

const READS: Readonly<Record<string, (options: { readonly signal?: AbortSignal }) => Promise<unknown>>> = {
  findOne: (options) => users.findOne({ username: 'ada' }, { projection: ['credits'], ...options }),
  exists: (options) => users.exists({ username: 'ada' }, options),
  countDocuments: (options) => users.countDocuments({ username: 'ada' }, options),
};

it.each(Object.entries(READS))('%s ends with an abort, and does not wait for the server', async (_, read) => {
  const slow = { failCommands: ['find', 'aggregate'], blockConnection: true, blockTimeMS: 1_000 };
  await failPoint('alwaysOn', slow);
  const reason = { mine: true };
  const controller = new AbortController();
  const other = read({}).then(() => 'the other read');
  const answer = read({ signal: controller.signal }).catch((error: unknown) => error);
  setTimeout(() => controller.abort(reason), 200);
  expect(await Promise.race([answer, other])).toBe(reason);
  expect(await other).toBe('the other read');
});
