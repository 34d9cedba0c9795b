import { beforeEach, expect, it } from 'vitest';
import { op, SafeCollection, trusted } from 'safe-collection';
import { loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

type Reads = Readonly<Record<'findOne' | 'distinct', (...args: readonly unknown[]) => Promise<unknown>>> & {
  find(...args: readonly unknown[]): { sort(...args: readonly unknown[]): { toArray(): Promise<unknown> } };
  aggregate(...args: readonly unknown[]): { toArray(): Promise<unknown> };
};

const server = testServer();
const collection = () => new SafeCollection(server.db.collection<User>('proxied'), userView);
const users = () => loose(collection());
const reads = () => collection() as unknown as Reads;
const P = { projection: ['username'] } as const;

beforeEach(() => server.forget());

let trapped: string[] = [];
/** An array that records every access. */
function proxied(...elements: readonly unknown[]): unknown {
  const handler = new Proxy(
    {},
    {
      get: (_target, trap) => {
        trapped.push(String(trap));
        return undefined;
      },
    },
  );
  return new Proxy([...elements], handler);
}

const CALLS: Readonly<Record<string, () => unknown>> = {
  'the documents of insertMany()': () => users().insertMany(proxied({ username: 'a' })),
  'a value of insertOne()': () => users().insertOne({ username: 'a', tags: proxied('t') }),
  'an array of subdocuments': () => users().insertOne({ username: 'a', addresses: proxied({ city: 'Rome' }) }),
  'trusted({ set })': () =>
    users().insertMany([{ username: 'a' }], { trusted: trusted({ set: proxied({ email: 'e' }) } as never) }),
  'the value of $set': () => users().updateOne({ username: 'a' }, { $set: { tags: proxied('t') } }),
  $each: () => users().updateOne({ username: 'a' }, { $push: { tags: op({ $each: proxied('t') } as never) } }),
  arrayFilters: () =>
    users().updateOne(
      { username: 'a' },
      { $set: { 'addresses.$[a].city': 'x' } },
      { arrayFilters: proxied({ 'a.city': 'y' }) },
    ),
  'the models of bulkWrite()': () => users().bulkWrite(proxied({ deleteOne: { filter: { username: 'a' } } })),
  $or: () => reads().findOne({ $or: proxied({ username: 'a' }) }, P),
  $in: () => reads().findOne({ username: op({ $in: proxied('a') } as never) }, P),
  'a projection': () => reads().findOne({}, { projection: proxied('username') }),
  'a filter': () => reads().findOne(proxied(), P),
  'pairs of a sort': () =>
    reads()
      .find({}, P)
      .sort(proxied(['username', 1]))
      .toArray(),
  'a pair of a sort': () =>
    reads()
      .find({}, P)
      .sort([proxied('username', 1)])
      .toArray(),
  'a pipeline': () =>
    reads()
      .aggregate(proxied({ $project: { username: 1 } }))
      .toArray(),
};

it.each(Object.entries(CALLS))('%s is no proxy: none of its traps runs, and nothing is sent', async (_name, call) => {
  trapped = [];
  await expect((async () => await call())()).rejects.toMatchObject({ name: 'RefusedCallError' });
  expect(trapped).toEqual([]);
  expect(server.sent).toEqual([]);
});
