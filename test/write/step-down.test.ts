import { afterAll, beforeAll, expect, it } from 'vitest';
import { MongoClient, type CommandStartedEvent, type Document } from 'mongodb';
import { DatabaseError, defineView, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { visibleIn } from './support/outcome.ts';
import { startOwnSet } from './support/own-set.ts';

/** Stands in every stored value. */
const SECRET = 'S3CR3T';
const WRITERS = 6;
/** Step-downs until one happens during a write: usually the first does. */
const MOST_STEP_DOWNS = 5;

interface Entry {
  key: string;
  api_key: string;
  count?: number;
}

const entryView = defineView<Entry>()({
  name: 'entries',
  public: { key: 1, count: 1 },
  writable: { key: 1, count: 1 },
});

let set: Awaited<ReturnType<typeof startOwnSet>>;
let client: MongoClient;
/** Tries nothing twice, so a step-down that meets its write is an error. */
let impatient: MongoClient;
const attempts = new Map<string, number>();

beforeAll(async () => {
  set = await startOwnSet(3);
  client = new MongoClient(set.uri, { monitorCommands: true, writeConcern: { w: 'majority' } });
  client.on('commandStarted', countAttempt);
  await client.connect();
  impatient = await new MongoClient(set.uri, { retryWrites: false, writeConcern: { w: 'majority' } }).connect();
  await waitForMembers();
}, 120_000);

afterAll(async () => {
  await Promise.all([client?.close(), impatient?.close()]);
  await set?.stop();
}, 60_000);

/** A retryable write has a transaction number in its session, and a retry has the same one. */
function countAttempt({ command, commandName }: CommandStartedEvent): void {
  if (command['txnNumber'] === undefined || command['startTransaction'] === true || command['autocommit'] === false)
    return;
  const id = `${commandName} ${String(command['lsid']?.id?.toString('hex'))} ${String(command['txnNumber'])}`;
  attempts.set(id, (attempts.get(id) ?? 0) + 1);
}

async function waitForMembers(): Promise<void> {
  for (;;) {
    const { members } = (await client.db('admin').command({ replSetGetStatus: 1 })) as unknown as {
      members: Document[];
    };
    const states = members.map(({ stateStr }) => stateStr as string).toSorted();
    if (states.join() === 'PRIMARY,SECONDARY,SECONDARY') return;
    await pause(100);
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** A write and its reported outcome: done, or not known. */
class Ledger {
  readonly inserted: string[] = [];
  readonly deleted: string[] = [];
  acknowledgedIncrements = 0;
  unknownIncrements = 0;
  readonly errors: unknown[] = [];

  /** Runs a call; what it ends in is noted. */
  async note(
    call: () => Promise<unknown>,
    acknowledged: () => void,
    unknown: () => void = () => undefined,
  ): Promise<void> {
    try {
      await call();
      acknowledged();
    } catch (error) {
      this.errors.push(error);
      unknown();
    }
  }
}

it('a primary that steps down in a stream of writes loses nothing that was acknowledged, and nothing is done twice', async () => {
  const db = client.db('stepped');
  const raw = db.collection<Entry>('entries');
  await raw.createIndex({ key: 1 }, { unique: true });
  const secret = { api_key: SECRET };
  await raw.insertMany(['counter', 'left', 'right'].map((key) => ({ key, count: 0, ...secret })));
  const entries = new SafeCollection(raw, entryView);
  const once = new SafeCollection(impatient.db('stepped').collection<Entry>('entries'), entryView);
  const ledger = new Ledger();
  const set_ = trusted({ set: secret });
  const running = { isOn: true };
  const increment = { $inc: { count: 1 } } as const;

  const write = async (writer: number): Promise<void> => {
    for (let round = 0; running.isOn; round += 1) {
      const key = (kind: string): string => `${kind}-${writer}-${round}-${SECRET}`;
      const counted = (by: number) =>
        [() => void (ledger.acknowledgedIncrements += by), () => void (ledger.unknownIncrements += by)] as const;
      await ledger.note(
        () => entries.insertOne({ key: key('one') }, { trusted: set_ }),
        () => void ledger.inserted.push(key('one')),
      );
      await ledger.note(
        () => entries.insertMany([{ key: key('many') }, { key: key('more') }], { trusted: set_ }),
        () => void ledger.inserted.push(key('many'), key('more')),
      );
      await ledger.note(() => entries.updateOne({ key: 'counter' }, increment), ...counted(1));
      await ledger.note(
        () => entries.findOneAndUpdate({ key: 'counter' }, increment, { projection: ['count'] }),
        ...counted(1),
      );
      await ledger.note(
        () =>
          entries.bulkWrite([
            { updateOne: { filter: { key: 'counter' }, update: increment } },
            { updateOne: { filter: { key: 'counter' }, update: increment } },
          ]),
        ...counted(2),
      );
      await ledger.note(
        () => entries.updateOne({ key: key('up') }, { $set: { count: 1 } }, { upsert: true }),
        () => void ledger.inserted.push(key('up')),
      );
      await ledger.note(
        () => entries.updateMany({ key: key('one') }, { $set: { count: round } }),
        () => undefined,
      );
      await ledger.note(
        () => entries.deleteOne({ key: key('more') }),
        () => void ledger.deleted.push(key('more')),
      );
      await ledger.note(
        () => entries.findOne({ key: key('one') }, { projection: ['key'] }),
        () => undefined,
      );
      await ledger.note(
        () => entries.find({ key: key('many') }, { projection: ['key'] }).toArray(),
        () => undefined,
      );
      await ledger.note(
        () =>
          withTransaction(client, async (tx) => {
            const bound = tx.bind(entries);
            await bound.updateOne({ key: 'left' }, increment);
            await bound.updateOne({ key: 'right' }, increment);
          }),
        () => undefined,
      );
    }
  };

  const writeOnce = async (): Promise<void> => {
    while (running.isOn) {
      await ledger.note(
        () => once.updateOne({ key: 'counter' }, increment),
        () => void (ledger.acknowledgedIncrements += 1),
        () => void (ledger.unknownIncrements += 1),
      );
    }
  };

  const isRetried = (): boolean => [...attempts.values()].some((count) => count > 1);
  const writers = Array.from({ length: WRITERS }, (_, writer) => [write(writer), writeOnce()]).flat();
  let stepDowns = 0;
  try {
    while (stepDowns < MOST_STEP_DOWNS && !(isRetried() && ledger.errors.length > 0)) {
      await pause(400);
      await client
        .db('admin')
        .command({ replSetStepDown: 5, secondaryCatchUpPeriodSecs: 4 })
        .catch(() => undefined);
      stepDowns += 1;
      await pause(1500);
    }
  } finally {
    running.isOn = false;
    await Promise.all(writers);
  }

  const [stored, counter, left, right] = [
    (await raw.find().toArray()).map(({ key }) => key),
    ...(await Promise.all(['counter', 'left', 'right'].map(async (key) => (await raw.findOne({ key }))?.count ?? 0))),
  ];
  const there = new Set(stored);
  const gone = new Set(ledger.deleted);
  console.log(
    `step-down: ${stepDowns} step-downs, ${stored.length} documents, ${ledger.acknowledgedIncrements} increments, ${[...attempts.values()].filter((count) => count > 1).length} retries, ${ledger.errors.length} errors`,
  );
  expect(ledger.inserted.filter((key) => !there.has(key) && !gone.has(key))).toEqual([]);
  expect(ledger.deleted.filter((key) => there.has(key))).toEqual([]);
  expect(counter).toBeGreaterThanOrEqual(ledger.acknowledgedIncrements);
  expect(counter).toBeLessThanOrEqual(ledger.acknowledgedIncrements + ledger.unknownIncrements);
  expect(left).toBe(right);
  expect(isRetried()).toBe(true);
  expect(Math.max(...attempts.values())).toBe(2);
  expect(ledger.errors.length).toBeGreaterThan(0);
  for (const error of ledger.errors) {
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).not.toMatchObject({ code: 'duplicate_key' });
    expect(visibleIn(error)).not.toContain(SECRET);
    expect((error as Error).cause).toBeUndefined();
  }
}, 120_000);
