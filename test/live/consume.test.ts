import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { ObjectId, type Db, type Document } from 'mongodb';
import { defineView, SafeCollection, type ChangeEvent } from 'safe-collection';

import { testServer } from '../write/support/server.ts';

interface Order {
  _id: ObjectId;
  tenant_id: string;
  number: number;
}

const orderView = defineView<Order>()({ public: { number: 1 } });
const scopedView = orderView.extend({ name: 'scoped', scope: { tenant_id: 1 } });
const KEY = Buffer.alloc(32, 7);

const server = testServer();
let run = 0;
let db: Db;

const raw = () => db.collection<Order>('orders');
const orders = () => new SafeCollection(raw(), orderView, { sealKeys: [KEY] });
const insert = async (number: number, tenant_id = 'acme') =>
  await raw().insertOne({ _id: new ObjectId(), tenant_id, number });

beforeEach(async () => {
  db = server.client.db(`${server.db.databaseName}_${(run += 1)}`);
  await db.createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
  server.forget();
});

/** The processes of a test that failed have to end too. */
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await db.dropDatabase();
});

const OPTIONS = { group: 'mails', projection: ['number'], lease: 1_000 } as const;
const states = async (): Promise<Document[]> => await db.collection('safe_collection_consumers').find().toArray();
const begun = async (): Promise<void> =>
  await expect
    .poll(async () => (await states()).some(({ token }) => token !== undefined), { timeout: 10_000 })
    .toBe(true);

/** Handles events until `count` were handled. */
async function handle(
  to: Pick<ReturnType<typeof orders>, 'consume'>,
  count: number,
  each: (number: number) => void | Promise<void> = () => undefined,
): Promise<number[]> {
  const stop = new AbortController();
  const seen: number[] = [];
  await to.consume({}, { ...OPTIONS, signal: stop.signal }, async (event: ChangeEvent<{ number: number }>) => {
    if (event.type === 'resync') return;
    seen.push(event.document.number);
    await each(event.document.number);
    if (seen.length === count) stop.abort();
  });
  return seen;
}

describe('a group', () => {
  it('goes on after the last event that was handled', async () => {
    const first = handle(orders(), 2);
    await begun();
    for (const number of [1, 2, 3, 4]) await insert(number);
    expect(await first).toEqual([1, 2]);
    expect(await handle(orders(), 2)).toEqual([3, 4]);
  });

  it('misses nothing that happens before its first event, also while no process runs', async () => {
    const stop = new AbortController();
    const idle = orders().consume({}, { ...OPTIONS, signal: stop.signal }, () => undefined);
    await begun();
    stop.abort();
    await idle;
    for (const number of [1, 2]) await insert(number);
    expect(await handle(orders(), 2)).toEqual([1, 2]);
  });

  it('gets an event again whose handler threw', async () => {
    const failing = handle(orders(), 1, () => {
      throw new Error('the mail server is down');
    });
    await begun();
    await insert(1);
    await expect(failing).rejects.toThrow('the mail server is down');
    expect(await handle(orders(), 1)).toEqual([1]);
  });

  it('stores the token sealed, and no value of a document or a scope', async () => {
    const scoped = new SafeCollection(raw(), scopedView, { sealKeys: [KEY] }).scoped({ tenant_id: 'acme' });
    const working = handle(scoped as never, 1);
    await begun();
    await insert(7_411);
    await working;
    const [state] = await states();
    expect(state?.['_id']).toMatch(/^orders\/mails\/[0-9a-f]{32}$/);
    expect(state?.['token']).toMatch(/^[\w-]{60,}$/);
    expect(JSON.stringify(state)).not.toMatch(/acme|7411/);
  });

  it('begins anew after its collection was dropped, and its handler is told', async () => {
    const types: string[] = [];
    const ended = orders().consume({}, OPTIONS, ({ type }) => void types.push(type));
    await begun();
    await raw().drop();
    // Without the collection there are no images of changes either.
    await expect(ended).rejects.toMatchObject({ code: 'images_missing' });
    expect(types).toEqual(['resync']);
    await db.createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
    const again = handle(orders(), 1);
    await begun();
    await insert(1);
    expect(await again).toEqual([1]);
  });

  it('of each scope has its own place', async () => {
    const of = (tenant_id: string) => new SafeCollection(raw(), scopedView, { sealKeys: [KEY] }).scoped({ tenant_id });
    const both = [handle(of('acme') as never, 1), handle(of('globex') as never, 1)];
    await expect.poll(async () => (await states()).filter(({ token }) => token !== undefined).length).toBe(2);
    await insert(1, 'acme');
    await insert(2, 'globex');
    expect(await Promise.all(both)).toEqual([[1], [2]]);
  });

  it('is worked on by one at a time, and the next takes over at once when it stops', async () => {
    const workers = [new AbortController(), new AbortController()];
    const seen: string[] = [];
    const running = workers.map(async ({ signal }, index) => {
      await orders().consume({}, { ...OPTIONS, lease: 3_000, signal }, (event) => {
        if (event.type !== 'resync') seen.push(`${index}:${event.document.number}`);
      });
    });
    await begun();
    for (const number of [1, 2, 3]) await insert(number);
    await expect.poll(() => seen.length).toBe(3);
    const first = Number(seen[0]?.[0]);
    expect(seen).toEqual([1, 2, 3].map((number) => `${first}:${number}`));
    workers[first]?.abort();
    await running[first];
    await insert(4);
    await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(`${1 - first}:4`);
    workers[1 - first]?.abort();
    await Promise.all(running);
  });

  it('tells a handler that runs for too long without a lease', async () => {
    let lost: AbortSignal | undefined;
    const stop = new AbortController();
    const working = orders().consume({}, { ...OPTIONS, signal: stop.signal }, async (_, { signal }) => {
      lost = signal;
      await db
        .collection('safe_collection_consumers')
        .updateMany({}, { $set: { holder: 'another', until: new Date(Date.now() + 60_000) } });
      await expect.poll(() => signal.aborted, { timeout: 5_000 }).toBe(true);
    });
    await begun();
    const [before] = await states();
    await insert(1);
    await expect.poll(() => lost?.aborted, { timeout: 10_000 }).toBe(true);
    stop.abort();
    await working;
    const [after] = await states();
    expect([after?.['token'], after?.['holder']]).toEqual([before?.['token'], 'another']);
  });
});

it('loses no event, and never works twice at once, if processes are killed at random', async () => {
  const COUNT = 120;
  const script = join(import.meta.dirname, 'support/consumer.ts');
  const config = join(import.meta.dirname, 'support/tsconfig.json');
  const start = (): ChildProcess => {
    const child = fork(script, [inject('mongodbUri'), db.databaseName], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, TSX_TSCONFIG_PATH: config },
      stdio: 'inherit',
    });
    children.push(child);
    return child;
  };
  let processes = [start(), start()];
  const killed: number[] = [];
  await begun();
  const handlings = db.collection<{ number: number; pid: number; at: string; time: number }>('handlings');
  const handled = async (): Promise<number> => (await handlings.distinct('number', { at: 'end' })).length;
  const inserting = (async () => {
    for (let number = 0; number < COUNT; number += 1) {
      await insert(number);
      await pause(15);
    }
  })();
  for (let kill = 0; kill < 6; kill += 1) {
    const before = await handled();
    await expect.poll(handled, { timeout: 60_000, interval: 20 }).toBeGreaterThan(Math.min(before, COUNT - 1));
    await pause(Math.random() * 60);
    // The one that works, so that each kill is in the middle of it.
    const [last] = await handlings.find().sort({ time: -1 }).limit(1).toArray();
    const working = processes.find(({ pid }) => pid === last?.pid) ?? processes[0];
    working?.kill('SIGKILL');
    killed.push(working?.pid ?? 0);
    processes = [...processes.filter((each) => each !== working), start()];
  }
  await inserting;
  await expect.poll(handled, { timeout: 90_000, interval: 100 }).toBe(COUNT);
  await Promise.all(
    processes.map(async (each) => {
      each.kill('SIGKILL');
      await once(each, 'exit');
    }),
  );
  const all = await handlings.find().sort({ time: 1, _id: 1 }).toArray();
  expect(new Set(all.filter(({ at }) => at === 'end').map(({ number }) => number)).size).toBe(COUNT);
  expect(new Set(all.map(({ pid }) => pid)).size).toBeGreaterThan(2);
  // From the beginning of a handling to its end, no other process handles anything.
  const overlaps = all.filter(({ at, pid, number, time }) => {
    const end = all.find(
      (other) => other.at === 'end' && other.pid === pid && other.number === number && other.time >= time,
    );
    return (
      at === 'begin' &&
      end !== undefined &&
      all.some((other) => other.pid !== pid && other.time > time && other.time < end.time)
    );
  });
  expect(overlaps).toEqual([]);
}, 240_000);

describe('refused calls send nothing', () => {
  const noop = (): void => undefined;
  it.each<readonly [string, unknown, unknown, unknown, string]>([
    ['no group', {}, { projection: ['number'] }, noop, 'option_value'],
    ['an empty group', {}, { ...OPTIONS, group: '' }, noop, 'option_value'],
    ['another type of group', {}, { ...OPTIONS, group: { $ne: 1 } }, noop, 'option_value'],
    ['a short lease', {}, { ...OPTIONS, lease: 10 }, noop, 'option_value'],
    ['no projection', {}, { group: 'g' }, noop, 'projection_missing'],
    ['a private field', {}, { ...OPTIONS, projection: ['tenant_id'] }, noop, 'projection_path'],
    ['a private filter', { tenant_id: 'a' }, OPTIONS, noop, 'filter_path'],
    ['a token', {}, { ...OPTIONS, resumeAfter: 'x' }, noop, 'option_unknown'],
    ['no handler', {}, OPTIONS, undefined, 'argument_invalid'],
  ])('%s', async (_, filter, options, handler, code) => {
    await expect(orders().consume(filter as never, options as never, handler as never)).rejects.toMatchObject({ code });
    expect(server.sent).toEqual([]);
  });

  it('without keys', async () => {
    const plain = new SafeCollection(raw(), orderView);
    await expect(plain.consume({}, OPTIONS, noop)).rejects.toMatchObject({ code: 'seal_keys_missing' });
    expect(server.sent).toEqual([]);
  });

  it('with a token of another filter or key, which says so', async () => {
    const working = handle(orders(), 1);
    await begun();
    await insert(1);
    await working;
    const others = [
      () => orders().consume({ number: 5 }, OPTIONS, noop),
      () => new SafeCollection(raw(), orderView, { sealKeys: [randomBytes(32)] }).consume({}, OPTIONS, noop),
    ];
    for (const other of others) await expect(other()).rejects.toMatchObject({ code: 'token_invalid', path: 'group' });
  });
});
