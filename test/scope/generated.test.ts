import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';

import { type Db, type Document, ObjectId } from 'mongodb';
import { beforeAll, expect, it } from 'vitest';
import {
  createSafeDb,
  opaqueId,
  RefusedCallError,
  SafeCollectionError,
  withTransaction,
  type CollectionOf,
} from 'safe-collection';

import { orderView, userView } from '../aggregate/support/views.ts';
import { ordersOf, usersOf } from '../aggregate/support/world.ts';
import { Dice } from '../write/support/random-update.ts';
import { testServer } from '../write/support/server.ts';
import { answer } from './support/answer.ts';
import type { Ids, Name } from './support/draw.ts';
import type { World } from './support/events.ts';
import { randomCall, type RandomCall } from './support/random-call.ts';

/*
 * Random calls of every method in two databases: the rows of acme are the same, those of others differ. Answers, errors, events and the rows of
 * acme afterwards are the same, and no row of others changes. The calls take opaque ids: of acme, of others, and edited ones.
 * `npm run fuzz:scopes` makes more.
 */

const COUNT = Number(process.env['FUZZ_SCOPES'] ?? 300);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_129);

const KEY = randomBytes(32);
const server = testServer();
const VIEWS = {
  users: userView.extend({
    name: 'scoped users',
    public: { id: opaqueId('_id') },
    writable: { username: 1, email: 1, age: 1 },
    scope: { tenant: 1 },
  } as never),
  orders: orderView.extend({
    name: 'scoped orders',
    public: { id: opaqueId('_id') },
    writable: { product: 1, quantity: 1, note: 1, tags: 1 },
    scope: { tenant: 1 },
  } as never),
};
type Rows = Readonly<Record<'users' | 'orders', Document[]>>;

const OWN: Rows = { users: inTenant(usersOf(0), 'acme'), orders: inTenant(ordersOf(0), 'acme') };
/** The rows of others: none in one database; in the other the same twice, with ids, values and references of their own. */
const OTHERS: readonly [Rows, Rows] = [{ users: [], orders: [] }, othersOf()];
const dbs = (): readonly [Db, Db] =>
  [0, 1].map((world) => server.client.db(`${server.db.databaseName}_${world}`)) as never;

function inTenant(rows: readonly object[], tenant: string): Document[] {
  return rows.map((row) => ({ ...row, tenant }));
}

/** An order of another tenant may refer to a user of acme: no join of acme finds it. */
function othersOf(): Rows {
  const again = (rows: readonly object[], tenant: string): Document[] =>
    inTenant(rows, tenant).map((row) => ({ ...row, _id: new ObjectId() }));
  return {
    users: [...again(usersOf(1), 'globex'), ...again(usersOf(0).slice(2), '')],
    orders: [...again(ordersOf(1), 'globex'), ...again(ordersOf(0).slice(3), '')],
  };
}

type Collections = Readonly<Record<Name, CollectionOf<typeof userView>>>;

const scopedIn = (db: Db, tenant = 'acme'): Collections =>
  (createSafeDb(db, VIEWS as never, { sealKeys: [KEY] }) as unknown as { scoped(values: object): Collections }).scoped({
    tenant,
  });

/** The opaque ids of a tenant's rows. They are the same in both databases. */
async function idsIn(db: Db, name: Name, tenant: string): Promise<string[]> {
  const rows = scopedIn(db, tenant)[name];
  const found = await rows.find({}, { projection: ['id'] } as never).toArray();
  return (found as unknown as { readonly id: string }[]).map(({ id }) => id);
}

async function allIds(): Promise<Ids> {
  const [, db] = dbs();
  const idsOf = async (name: Name): Promise<Ids[Name]> => ({
    own: await idsIn(db, name, 'acme'),
    others: await idsIn(db, name, 'globex'),
  });
  return { users: await idsOf('users'), orders: await idsOf('orders') };
}

const worldOf = (db: Db): World => ({
  // One row of others in one database, and four in the other. They have the values of acme's rows, so filters match them.
  disturb: async () => {
    const count = db.databaseName.endsWith('_0') ? 1 : 4;
    for (const [name, shown] of [
      ['users', 'username'],
      ['orders', 'product'],
    ] as const) {
      const rows = OWN[name].slice(0, count).map((row) => ({ ...row, _id: new ObjectId(), tenant: 'globex' }));
      const those = { _id: { $in: rows.map(({ _id }) => _id) } };
      await db.collection(name).insertMany(rows);
      await db.collection(name).updateMany(those, { $set: { [shown]: 'changed' } });
      await db.collection(name).deleteMany(those);
    }
  },
  mark: async (name, path, value) => {
    await db.collection(name).insertOne({ ...OWN[name][0], _id: new ObjectId(), [path]: value });
  },
  begun: async (group, signal) => {
    const begun = { _id: new RegExp(group), token: { $exists: true } } as Document;
    while (!signal.aborted && (await db.collection('safe_collection_consumers').findOne(begun)) === null)
      await pause(2);
  },
});

async function restore(db: Db, rows: Rows): Promise<void> {
  for (const name of ['users', 'orders'] as const) {
    await db.collection(name).deleteMany({ tenant: 'acme' });
    await db.collection(name).insertMany(OWN[name]);
    const others = await db
      .collection(name)
      .find({ tenant: { $ne: 'acme' } })
      .sort({ _id: 1 })
      .toArray();
    expect(others, 'rows of others').toEqual(
      rows[name].toSorted((a, b) => (String(a['_id']) < String(b['_id']) ? -1 : 1)),
    );
  }
}

/** In the order of their text: new ids of the client and of the server have no order of their own. */
const ownIn = async (db: Db, name: string): Promise<unknown> => {
  const rows = (await answer(db.collection(name).find({ tenant: 'acme' }).toArray())) as readonly unknown[];
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
};

/** All that a caller sees of a call. */
async function outcome(db: Db, { collection, run }: RandomCall, inTransaction: boolean): Promise<unknown> {
  const scoped = scopedIn(db);
  const callIn = async (held: Collections): Promise<unknown> => await run(held[collection] as never, worldOf(db));
  const call = async (): Promise<unknown> =>
    inTransaction ? await withTransaction(scoped, async (tx) => await callIn(tx.collections)) : await callIn(scoped);
  try {
    return await answer(call());
  } catch (error) {
    if (error instanceof RefusedCallError) return `refused ${error.code} ${error.message}`;
    if (error instanceof SafeCollectionError) return `failed ${JSON.stringify(error)}`;
    throw error;
  }
}

/** The number of events in the outcome of a stream. */
function eventsIn(seen: unknown): number {
  const { events } = Object(seen) as { readonly events?: unknown };
  return Array.isArray(events) ? events.length : 0;
}

beforeAll(async () => {
  for (const [world, db] of dbs().entries()) {
    for (const name of ['users', 'orders'] as const) {
      await db.createCollection(name, { changeStreamPreAndPostImages: { enabled: true } });
      const rows = OTHERS[world as 0 | 1][name];
      if (rows.length > 0) await db.collection(name).insertMany(rows);
    }
    await restore(db, OTHERS[world as 0 | 1]);
  }
});

it(
  `${COUNT} random calls give the same whatever others have (seed ${SEED})`,
  async () => {
    const dice = new Dice(SEED);
    const ids = await allIds();
    const methods: Record<string, number> = {};
    let withIds = 0;
    let events = 0;
    const seen: Record<string, number> = { answered: 0, empty: 0, refused: 0, failed: 0 };
    for (let done = 0; done < COUNT; done += 1) {
      const call = randomCall(dice, ids);
      const inTransaction = !['watch', 'consume'].includes(call.method) && dice.roll(20) === 0;
      const label = `call ${done}: ${call.collection}.${call.method}() ${inspect(call.run, { depth: 0 })}`;
      const [one, other] = [await outcome(dbs()[0], call, inTransaction), await outcome(dbs()[1], call, inTransaction)];
      expect(other, label).toEqual(one);
      methods[call.method] = (methods[call.method] ?? 0) + 1;
      if (call.hasId === true) withIds += 1;
      events += eventsIn(one);
      const kind =
        typeof one === 'string' ? (one.split(' ')[0] as string) : JSON.stringify(one) === '[]' ? 'empty' : 'answered';
      seen[kind in seen ? kind : 'answered'] = (seen[kind in seen ? kind : 'answered'] ?? 0) + 1;
      if (!call.writes) continue;
      expect(await ownIn(dbs()[1], call.collection), label).toEqual(await ownIn(dbs()[0], call.collection));
      for (const world of [0, 1] as const) await restore(dbs()[world], OTHERS[world]);
    }
    console.log(
      `fuzz:scopes: ${COUNT} calls, ${withIds} with ids, ${events} events, ${JSON.stringify(seen)}, ${JSON.stringify(methods)}`,
    );
    expect(withIds).toBeGreaterThan(COUNT / 10);
    expect(events).toBeGreaterThan(COUNT / 100);
    expect(seen['answered']).toBeGreaterThan(COUNT / 3);
  },
  60_000 + COUNT * 200,
);
