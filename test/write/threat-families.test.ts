import { beforeEach, describe, expect, it } from 'vitest';
import { BSON, type Collection } from 'mongodb';
import { SafeCollection, withTransaction } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const raw = () => server.db.collection<User>('families');
let users: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([
    {
      username: 'ada',
      email: 'a',
      credits: 1,
      tags: ['a'],
      internal_role: 'user',
      api_key: 'key-a',
      profile: { bio: 'b', ssn: 's' },
      addresses: [
        { city: 'Paris', access_code: 'L1' },
        { city: 'Oslo', access_code: 'L0' },
      ],
      sessions: [{ device: 'd', token: 't' }],
    },
    { username: 'bob', email: 'b', credits: 1, internal_role: 'admin', api_key: 'key-b' },
  ] as never);
  users = loose(new SafeCollection(raw(), userView));
  server.forget();
});

const stored = async (): Promise<string> =>
  BSON.EJSON.stringify(
    await raw()
      .find({}, { projection: { _id: 0 } })
      .toArray(),
  );

/** Updates as attackers and accidents write them. The raw driver stores what each of them says. */
const UPDATES: Readonly<
  Record<string, { readonly update: unknown; readonly filter?: object; readonly arrayFilters?: readonly object[] }>
> = {
  'mass assignment': { update: { $set: { email: 'x', internal_role: 'admin' } } },
  'mass assignment below a branch': { update: { $set: { 'profile.ssn': 'x' } } },
  'a whole branch with private fields': { update: { $set: { profile: { bio: 'x' } } } },
  'a whole array with private fields': { update: { $set: { addresses: [] } } },
  'an array unset': { update: { $unset: { addresses: 1 } } },
  '$rename of a private field under a public name': { update: { $rename: { api_key: 'nickname' } } },
  '$rename of a public field under a private name': { update: { $rename: { email: 'internal_role' } } },
  'a pipeline that copies a private field': { update: [{ $set: { nickname: '$api_key' } }] },
  'a pipeline that takes the document apart': { update: [{ $replaceWith: { username: '$username' } }] },
  $bit: { update: { $bit: { credits: { or: 8 } } } },
  'an element by its number': { update: { $set: { 'addresses.0.access_code': 'x' } } },
  'a position of all': { update: { $set: { 'addresses.$[].access_code': 'x' } } },
  'the position of the match': {
    filter: { 'addresses.city': 'Oslo' },
    update: { $set: { 'addresses.$.access_code': 'x' } },
  },
  'a private array filter': {
    update: { $set: { 'addresses.$[a].city': 'x' } },
    arrayFilters: [{ 'a.access_code': 'L1' }],
  },
  '$pull by a private predicate': { update: { $pull: { addresses: { access_code: 'L0' } } } },
  '$pull of whole elements': { update: { $pull: { addresses: { city: 'Oslo' } } } },
  '$pop of whole elements': { update: { $pop: { addresses: 1 } } },
  $pullAll: { update: { $pullAll: { tags: ['a'] } } },
  '$push that orders by a private field': {
    update: { $push: { addresses: { $each: [], $sort: { access_code: 1 } } } },
  },
  '$push that drops elements': { update: { $push: { addresses: { $each: [], $slice: 1 } } } },
  '$push of a private field': { update: { $push: { addresses: { city: 'x', access_code: 'y' } } } },
  '$addToSet of a private field': { update: { $addToSet: { addresses: { city: 'x', access_code: 'y' } } } },
  '$inc of a private field': { update: { $inc: { failures: 1 } } },
  '$currentDate of a private field': { update: { $currentDate: { deleted_at: true } } },
  'plain modifiers, as a body sends them': { update: { $push: { tags: { $each: ['x', 'y'] } } } },
  'an object at a leaf': { update: { $set: { email: { $ne: 'x' } } } },
  'an object by toBSON': { update: { $set: { email: { toBSON: () => ({ admin: true }) } } } },
  'a Map': { update: { $set: { email: new Map([['admin', true]]) } } },
  'a Code': { update: { $set: { email: { _bsontype: 'Code', code: 'x' } } } },
};

/** The same call on the raw driver. */
async function asRaw(
  target: Collection<User>,
  { filter = { username: 'ada' }, update, arrayFilters }: (typeof UPDATES)[string],
): Promise<void> {
  await target.updateOne(
    filter,
    update as never,
    arrayFilters === undefined ? {} : { arrayFilters: [...arrayFilters] },
  );
}

/** Families whose raw call the driver itself stops, or stores in another form: they only have to be refused here. */
const STOPPED_BY_THE_DRIVER: ReadonlySet<string> = new Set(['a Code']);

describe.each(Object.entries(UPDATES))('%s', (name, attempt) => {
  if (!STOPPED_BY_THE_DRIVER.has(name)) {
    it('changes the database through the raw driver', async () => {
      const before = await stored();
      await asRaw(raw(), attempt);
      expect(await stored()).not.toBe(before);
    });
  }

  const { filter = { username: 'ada' }, update, arrayFilters } = attempt;
  const options = arrayFilters === undefined ? {} : { arrayFilters };

  it.each(Object.entries(UPDATE_CALLS))('changes nothing here, and nothing is sent: %s', async (_, call) => {
    const before = await stored();
    server.forget();
    for (const upsert of [false, true]) {
      await expect(call(users, filter, update as object, { ...options, upsert })).rejects.toMatchObject({
        name: 'RefusedCallError',
      });
    }
    expect(server.sent).toEqual([]);
    expect(await stored()).toBe(before);
  });

  it('changes nothing here in a transaction, nor what was written before it', async () => {
    const before = await stored();
    const attempted = withTransaction(server.client, async (tx) => {
      const bound = loose(tx.bind(new SafeCollection(raw(), userView)));
      await bound.updateOne({ username: 'bob' }, { $inc: { credits: 5 } });
      await bound.updateOne(filter, update, options);
    });
    await expect(attempted).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(await stored()).toBe(before);
  });

  it('stops a bulk before its first model', async () => {
    const before = await stored();
    const models = [{ deleteMany: { filter: { username: 'bob' } } }, { updateOne: { filter, update, ...options } }];
    await expect(users.bulkWrite(models, { ordered: false })).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(await stored()).toBe(before);
  });
});

const asAny = (value: unknown): never => value as never;

describe.each<readonly [string, (target: Collection<User>) => Promise<unknown>, (target: Loose) => Promise<unknown>]>([
  [
    'a filter whose value BSON drops',
    (target) => target.deleteMany({ username: asAny(Symbol('x')) }),
    (target) => target.deleteMany({ username: Symbol('x') }),
  ],
  [
    'a filter that is an empty Map',
    (target) => target.deleteMany(asAny(new Map())),
    (target) => target.deleteMany(new Map()),
  ],
  [
    'a filter whose toBSON is empty',
    (target) => target.deleteMany(asAny({ username: 'x', toBSON: () => ({}) })),
    (target) => target.deleteMany({ username: 'x', toBSON: () => ({}) }),
  ],
  ['a filter that is empty', (target) => target.deleteMany({}), (target) => target.deleteMany({})],
  [
    'an injected operator',
    (target) => target.deleteMany({ username: asAny({ $ne: '' }) }),
    (target) => target.deleteMany({ username: { $ne: '' } }),
  ],
  [
    'a private filter',
    (target) => target.deleteMany({ api_key: /^key/ }),
    (target) => target.deleteMany({ api_key: /^key/ }),
  ],
  [
    'a private filter of one',
    (target) => target.findOneAndDelete({ internal_role: 'admin' }),
    (target) => target.findOneAndDelete({ internal_role: 'admin' }, { projection: ['username'] }),
  ],
  [
    'an order by a private field',
    (target) => target.findOneAndDelete({}, { sort: { api_key: 1 } }),
    (target) => target.findOneAndDelete({}, { projection: ['username'], sort: { api_key: 1 } }),
  ],
  [
    'a replacement',
    (target) => target.replaceOne({ username: 'ada' }, { username: 'ada' }),
    (target) => target.updateOne({ username: 'ada' }, { username: 'ada' }),
  ],
  [
    'a replacement in a bulk',
    (target) =>
      target.bulkWrite([{ replaceOne: { filter: { username: 'ada' }, replacement: asAny({ username: 'x' }) } }]),
    (target) => target.bulkWrite([{ replaceOne: { filter: { username: 'ada' }, replacement: { username: 'x' } } }]),
  ],
  [
    'mass assignment of a new document',
    (target) => target.insertOne(asAny({ username: 'x', internal_role: 'admin' })),
    (target) => target.insertOne({ username: 'x', internal_role: 'admin' }),
  ],
  [
    'mass assignment of the second document',
    (target) => target.insertMany(asAny([{ username: 'x' }, { username: 'y', internal_role: 'admin' }])),
    (target) => target.insertMany([{ username: 'x' }, { username: 'y', internal_role: 'admin' }]),
  ],
  [
    'a dotted key, stored as it is',
    (target) => target.insertOne(asAny({ 'profile.ssn': 'x' })),
    (target) => target.insertOne({ 'profile.ssn': 'x' }),
  ],
  [
    'an upsert of what the filter says',
    (target) => target.updateOne({ username: 'x', _id: asAny('chosen') }, { $set: { email: 'x' } }, { upsert: true }),
    (target) => target.updateOne({ username: 'x', _id: 'chosen' }, { $set: { email: 'x' } }, { upsert: true }),
  ],
  [
    'a class instance with private fields',
    (target) =>
      target.insertOne(
        asAny(
          new (class {
            username = 'x';
            internal_role = 'admin';
          })(),
        ),
      ),
    (target) =>
      target.insertOne(
        new (class {
          username = 'x';
          internal_role = 'admin';
        })(),
      ),
  ],
])('%s', (_, byRaw, guarded) => {
  it('changes the database through the raw driver', async () => {
    const before = await stored();
    await byRaw(raw());
    expect(await stored()).not.toBe(before);
  });

  it('changes nothing here, and nothing is sent', async () => {
    const before = await stored();
    server.forget();
    await expect(guarded(users)).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
    expect(await stored()).toBe(before);
  });
});

describe('dbName, which sends a write to another database', () => {
  it.each(['findOneAndUpdate', 'findOneAndDelete'] as const)(
    'is honoured by the raw driver and refused here: %s',
    async (method) => {
      const args =
        method === 'findOneAndUpdate' ? [{ username: 'ada' }, { $set: { email: 'x' } }] : [{ username: 'ada' }];
      await expect(users[method](...args, { projection: ['email'], dbName: 'admin' })).rejects.toMatchObject({
        code: 'option_unknown',
        path: 'dbName',
      });
      expect(server.sent).toEqual([]);
      await (raw()[method] as (...all: readonly unknown[]) => Promise<unknown>).call(raw(), ...args, {
        dbName: `${server.db.databaseName}_other`,
      });
      expect(server.sent.at(-1)?.databaseName).not.toBe(server.db.databaseName);
    },
  );
});
