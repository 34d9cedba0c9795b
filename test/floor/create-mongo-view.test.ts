import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoClient, ObjectId, type Db } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection } from 'safe-collection';
import { createMongoView } from 'safe-collection/privileged';

import { thisHost } from '../../scripts/mongod/host.ts';
import { resolveMongod } from '../../scripts/mongod/resolve-mongod.ts';
import { startWithUsers, type ServerWithUsers } from '../../scripts/mongod/start-with-users.ts';

interface User {
  _id: ObjectId;
  tenant_id: string;
  username: string;
  password_hash: string;
  deleted_at: Date | null;
  profile: { bio: string; ssn: string };
  home: { type: 'Point'; coordinates: [number, number]; label: string; secret: string };
}
interface Order {
  _id: ObjectId;
  buyer: string;
  product: string;
  cost: number;
}

const userView = defineView<User>()({
  name: 'users',
  public: { username: 1, 'profile.bio': 1, 'home.label': 1 },
  writable: { username: 1, password_hash: 1 },
  filterable: { deleted_at: 1 },
  geo: { home: 1 },
  scope: { tenant_id: 1 },
});
const orderView = defineView<Order>()({ public: { buyer: 1, product: 1 }, filterable: { _id: 0 } });

const ADA = {
  tenant_id: 'acme',
  username: 'ada',
  password_hash: 'S3CR3T',
  deleted_at: null,
  profile: { bio: 'engines', ssn: 'S3CR3T' },
  home: { type: 'Point' as const, coordinates: [2, 48] as [number, number], label: 'here', secret: 'S3CR3T' },
};
const ID = new ObjectId();

let server: ServerWithUsers;
let admin: MongoClient;
/** The application's connection: its user has the printed roles and no other. */
let client: MongoClient;
let db: Db;

const as = (username: string, password: string, authSource: string) =>
  new MongoClient(server.uri, { auth: { username, password }, authSource }).connect();

/** Runs the printed script, as `mongosh` would: it calls `db.runCommand()` and nothing else. */
async function runScript(script: string): Promise<void> {
  const commands = [...script.matchAll(/^db\.runCommand\((\{[^]*?\n\})\);$/gm)].map(([, json = '']) => json);
  expect(script.replaceAll(/^db\.runCommand\((\{[^]*?\n\})\);$/gm, '').trim()).toBe('');
  for (const json of commands) await admin.db('shop').command(JSON.parse(json));
}

beforeAll(async () => {
  const mongod = await resolveMongod({ ...thisHost, env: { ...thisHost.env, MONGODB_URI: undefined } });
  if (mongod.kind !== 'binary') throw new Error('This test needs a server of its own.');
  server = await startWithUsers(mongod);
  admin = await as(server.root.username, server.root.password, 'admin');
  const shop = admin.db('shop');
  await shop.collection<User>('users').insertMany([
    { _id: ID, ...ADA },
    { ...ADA, _id: new ObjectId(), tenant_id: 'globex', username: 'other' },
  ]);
  await shop.collection('orders').insertOne({ buyer: 'ada', product: 'lamp', cost: 7 });
  await runScript((await createMongoView(shop, 'public_users', userView, { viewOn: 'users', dryRun: true })).script);
  const orders = await createMongoView(shop, 'public_orders', orderView, { viewOn: 'orders', role: 'orders' });
  await shop.command(orders.createRole);
  await shop.command({ createUser: 'app', pwd: 'only-for-tests', roles: ['public_users_reader', 'orders'] });
  client = await as('app', 'only-for-tests', 'shop');
  db = client.db('shop');
});

afterAll(async () => {
  await Promise.all([client?.close(), admin?.close()]);
  await server?.stop();
});

const shop = () =>
  createSafeDb(db, {
    public_users: userView,
    public_orders: orderView.extend({ name: 'orders', scope: 'shared' }),
  }).scoped({ tenant_id: 'acme' });

describe('a user with the role', () => {
  it.each<readonly [string, () => Promise<unknown>]>([
    ['find', () => db.collection('users').find().toArray()],
    ['count', () => db.collection('users').estimatedDocumentCount()],
    ['distinct', () => db.collection('users').distinct('password_hash')],
    [
      'aggregate',
      () =>
        db
          .collection('users')
          .aggregate([{ $project: { username: 1 } }])
          .toArray(),
    ],
    [
      'a join from a view',
      () =>
        db
          .collection('public_orders')
          .aggregate([{ $lookup: { from: 'users', localField: 'buyer', foreignField: 'username', as: 'x' } }])
          .toArray(),
    ],
    [
      'a union with a view',
      () =>
        db
          .collection('public_orders')
          .aggregate([{ $unionWith: 'users' }])
          .toArray(),
    ],
    ['an update', () => db.collection('users').updateOne({}, { $set: { username: 'x' } })],
    ['a deletion', () => db.collection('users').deleteMany({})],
    ['another view of it', () => db.command({ create: 'mine', viewOn: 'users', pipeline: [] })],
    ['the definition', () => db.command({ collMod: 'public_users', viewOn: 'users', pipeline: [] })],
    ['a write to the view', () => db.collection('public_users').insertOne({ username: 'x' })],
    ['the users', () => db.command({ usersInfo: 1 })],
  ])('is refused by the server: %s of the collection', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ code: 13 });
  });

  it('sees only declared paths, also without the library', async () => {
    const found = await db.collection('public_users').find().sort({ username: 1 }).toArray();
    expect(JSON.stringify(found)).not.toContain('S3CR3T');
    expect(found[0]).toEqual({
      _id: ID,
      tenant_id: 'acme',
      username: 'ada',
      deleted_at: null,
      profile: { bio: 'engines' },
      home: { type: 'Point', coordinates: [2, 48], label: 'here' },
    });
    expect(await db.collection('public_orders').find().toArray()).toEqual([{ buyer: 'ada', product: 'lamp' }]);
    expect(await db.collection('public_users').countDocuments({ password_hash: 'S3CR3T' })).toBe(0);
  });

  it('reads through the library, with every method', async () => {
    const users = shop().public_users;
    const projection = { username: 1, 'profile.bio': 1 } as const;
    const ada = { username: 'ada', profile: { bio: 'engines' } };
    expect(await users.findOne({ _id: ID }, { projection })).toEqual(ada);
    expect(await users.find({ deleted_at: null }, { projection, sort: { username: 1 } }).toArray()).toEqual([ada]);
    expect(
      await users.find({ home: op({ $geoWithin: { $centerSphere: [[2, 48], 0.1] } }) }, { projection }).toArray(),
    ).toEqual([ada]);
    expect((await users.findJson({}, { projection: ['username'] })).text()).toBe('[{"username":"ada"}]');
    expect(await users.countDocuments()).toBe(1);
    expect(await users.estimatedDocumentCount()).toBe(1);
    expect(await shop().public_orders.estimatedDocumentCount()).toBe(1);
    expect(await users.exists({ username: 'other' })).toBe(false);
    expect(await users.distinct('username')).toEqual(['ada']);
    expect(await users.aggregate([{ $match: { username: 'ada' } }, { $project: { username: 1 } }]).toArray()).toEqual([
      { username: 'ada' },
    ]);
    const joined = shop().public_orders.aggregate([
      { $lookup: { from: 'public_users', localField: 'buyer', foreignField: 'username', as: 'buyers' } },
      { $project: { product: 1, 'buyers.username': 1 } },
    ]);
    expect(await joined.toArray()).toEqual([{ product: 'lamp', buyers: [{ username: 'ada' }] }]);
  });

  it('gets an error without values for a write', async () => {
    const written = shop().public_users.updateOne({ username: 'ada' }, { $set: { username: 'bea' } });
    await expect(written).rejects.toMatchObject({ code: 'server_error', serverCode: 13 });
    expect(await written.catch((error: Error) => error.message)).not.toContain('ada');
  });
});

describe('createMongoView()', () => {
  it('gives an existing MongoDB view the new definition, and never replaces a collection', async () => {
    const raw = admin.db('shop');
    await createMongoView(raw, 'narrow', userView, { viewOn: 'users' });
    const narrower = userView.extend({ name: 'narrow', public: { 'home.label': 0, 'profile.bio': 0 }, geo: {} });
    const { create } = await createMongoView(raw, 'narrow', narrower, { viewOn: 'users' });
    expect(JSON.parse(JSON.stringify(create))).toEqual({
      create: 'narrow',
      viewOn: 'users',
      pipeline: [{ $project: { _id: 1, deleted_at: 1, tenant_id: 1, username: 1 } }],
    });
    expect(await raw.collection('narrow').findOne({ username: 'ada' })).toEqual({
      _id: ID,
      tenant_id: 'acme',
      username: 'ada',
      deleted_at: null,
    });
    await expect(createMongoView(raw, 'orders', userView, { viewOn: 'users' })).rejects.toMatchObject({
      name: 'DatabaseError',
    });
    expect(await raw.collection('orders').countDocuments({ cost: 7 })).toBe(1);
  });

  it('maps the error of a user without the right to make views', async () => {
    await expect(createMongoView(db, 'mine', userView, { viewOn: 'users' })).rejects.toMatchObject({
      name: 'DatabaseError',
      code: 'server_error',
      serverCode: 13,
      operation: 'createMongoView',
    });
  });

  it.each<readonly [string, readonly unknown[], string]>([
    ['no options', ['x', userView], 'input_invalid'],
    ['no collection', ['x', userView, {}], 'argument_invalid'],
    ['an empty collection', ['x', userView, { viewOn: '' }], 'argument_invalid'],
    ['another type of collection', ['x', userView, { viewOn: { $ne: 1 } }], 'argument_invalid'],
    ['no name', ['', userView, { viewOn: 'users' }], 'argument_invalid'],
    ['the name of the collection', ['users', userView, { viewOn: 'users' }], 'argument_invalid'],
    ['no view', ['x', { ...userView }, { viewOn: 'users' }], 'view_invalid'],
    ['an unknown option', ['x', userView, { viewOn: 'users', pipeline: [] }], 'option_unknown'],
    ['another role', ['x', userView, { viewOn: 'users', role: 5 }], 'argument_invalid'],
    ['another dryRun', ['x', userView, { viewOn: 'users', dryRun: 'yes' }], 'option_value'],
  ])('refuses %s, and sends nothing', async (_, args, code) => {
    const call = createMongoView as (...given: readonly unknown[]) => Promise<unknown>;
    await expect(call(admin.db('shop'), ...args)).rejects.toMatchObject({ code, operation: 'createMongoView' });
    await expect(call({ databaseName: 'shop' }, ...args)).rejects.toMatchObject({ code: 'argument_invalid' });
    expect(await admin.db('shop').listCollections({ name: 'x' }).toArray()).toEqual([]);
  });

  it('works with a view without a scope, through a collection of its own', async () => {
    const orders = new SafeCollection(db.collection<Order>('public_orders'), orderView);
    expect(await orders.find({ product: 'lamp' }, { projection: orderView }).toArray()).toEqual([
      { buyer: 'ada', product: 'lamp' },
    ]);
  });
});
