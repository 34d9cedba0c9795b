import { expect, it } from 'vitest';

import { findDriverCalls, openProject } from '../../src/project/index.ts';
import { folderOf } from '../support/folder.ts';

function callsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const { calls } = findDriverCalls(openProject(folderOf(files)));
  return calls.map(
    (call) => `${call.file}:${call.line} ${call.collections.join('|') || '?'}.${call.method} by ${call.foundBy}`,
  );
}

const TYPED_DB = `import { MongoClient } from 'mongodb';
export const db = new MongoClient('mongodb://127.0.0.1').db('shop');
`;

it('a typed collection is found, with its name, file and line', () => {
  const found = callsIn({
    'db.ts': TYPED_DB,
    'users.ts': `import { db } from './db';\nconst users = db.collection('users');\nusers.findOne({ a: 1 });\n`,
  });
  expect(found).toEqual(['users.ts:3 users.findOne by type']);
});

it('find on an array, a Map or another library is not a call of the driver', () => {
  const found = callsIn({
    'a.ts': `[1].find((n) => n === 1);
class Store { find(filter: object) { return filter; } }
new Store().find({});
declare const firestore: { collection(name: string): { get(): void; count(): void } };
firestore.collection('users').count();`,
  });
  expect(found).toEqual([]);
});

it('a function that returns a collection', () => {
  const found = callsIn({
    'db.js': `const { MongoClient } = require('mongodb');
let client;
async function connect() { client = client || (await new MongoClient('mongodb://127.0.0.1').connect()); return client.db(); }
async function getUsersCollection() { return (await connect()).collection('users'); }
module.exports = { getUsersCollection };`,
    'routes.js': `const { getUsersCollection } = require('./db');
module.exports = async function () { return (await getUsersCollection()).find({}).toArray(); };`,
  });
  expect(found).toEqual(['routes.js:2 users.find by flow']);
});

it('nothing is typed, and the flow still leads there', () => {
  const found = callsIn({
    'store.js': `let db;
exports.setDb = (given) => { db = given; };
exports.users = () => db.collection('users');
exports.audit = { log: () => db.collection('audit_log') };`,
    'routes.js': `const store = require('./store');
exports.list = (req, res) => store.users().find({}).toArray();
exports.log = (entry) => store.audit.log().insertOne(entry);
exports.other = (thing) => thing.find({});`,
  });
  expect(found).toEqual(['routes.js:2 users.find by flow', 'routes.js:3 audit_log.insertOne by flow']);
});

it('a property of an untyped object, wherever it was assigned', () => {
  const found = callsIn({
    'app.js': `module.exports = (app, db) => { app.locals.users = db.collection('users'); };`,
    'routes.js': `exports.one = (req) => req.app.locals.users.findOne({ a: 1 });`,
  });
  expect(found).toEqual(['routes.js:1 users.findOne by flow']);
});

it('this.coll of a class, given to the constructor', () => {
  const found = callsIn({
    'db.ts': TYPED_DB,
    'repository.ts': `import type { Collection } from 'mongodb';
export class Repository {
  constructor(private readonly coll: Collection) {}
  all() { return this.coll.find().toArray(); }
}`,
    'main.ts': `import { db } from './db'; import { Repository } from './repository';
new Repository(db.collection('orders')).all();`,
  });
  expect(found).toEqual(['repository.ts:4 orders.find by type']);
});

it('repositories that hand their name to a base class', () => {
  const found = callsIn({
    'base.ts': `import type { Collection, Db, Document } from 'mongodb';
export abstract class Base<T extends Document> {
  protected coll: Collection<T>;
  constructor(db: Db, name: string) { this.coll = db.collection<T>(name); }
  count() { return this.coll.countDocuments(); }
}`,
    'users.ts': `import { Base } from './base'; import type { Db } from 'mongodb';
export class Users extends Base<{ a: number }> {
  constructor(db: Db) { super(db, 'users'); }
  one() { return this.coll.findOne({ a: 1 }); }
}`,
    'orders.ts': `import { Base } from './base'; import type { Db } from 'mongodb';
export class Orders extends Base<{ b: number }> {
  constructor(db: Db) { super(db, 'orders'); }
  one() { return this.coll.findOne({ b: 1 }); }
}`,
  });
  expect(found).toEqual([
    'base.ts:5 orders|users.countDocuments by type',
    'orders.ts:4 orders.findOne by type',
    'users.ts:4 users.findOne by type',
  ]);
});

it('a subclass that names its collection in a property', () => {
  const found = callsIn({
    'a.js': `class Base { constructor(db) { this.db = db; } get coll() { return this.db.collection(this.collectionName); } }
class Users extends Base { collectionName = 'users'; all() { return this.coll.find({}); } }
class Orders extends Base { collectionName = 'orders'; all() { return this.coll.find({}); } }`,
  });
  expect(found).toEqual(['a.js:2 users.find by flow', 'a.js:3 orders.find by flow']);
});

it('an interface and an abstract class, through what implements them', () => {
  const found = callsIn({
    'open.ts': `import type { Collection, Db, Document } from 'mongodb';
export const open = <T extends Document>(name: string) => (db: Db): Collection<T> => db.collection<T>(name);`,
    'store.ts': `import type { Collection, Db } from 'mongodb'; import { open } from './open';
export interface Store { users(): Collection<{ a: number }>; readonly orders: Collection<{ b: number }> }
export abstract class Base { abstract logs(): Collection<{ c: number }> }
export class MongoStore extends Base implements Store {
  constructor(private readonly db: Db) { super(); }
  users() { return open<{ a: number }>('users')(this.db); }
  get orders() { return open<{ b: number }>('orders')(this.db); }
  logs() { return open<{ c: number }>('logs')(this.db); }
}`,
    'use.ts': `import type { Base, Store } from './store';
export const run = (store: Store, base: Base) => [store.users().findOne({ a: 1 }), store.orders.findOne({ b: 1 }), base.logs().findOne({ c: 1 })];`,
  });
  expect(found).toEqual([
    'use.ts:2 users.findOne by type',
    'use.ts:2 orders.findOne by type',
    'use.ts:2 logs.findOne by type',
  ]);
});

it('destructured, and from Promise.all', () => {
  const found = callsIn({
    'db.ts': `${TYPED_DB}export const collections = () => ({ users: db.collection('users'), orders: db.collection('orders') });
export const get = async (name: string) => db.collection(name);`,
    'a.ts': `import { collections, get } from './db';
const { users, orders: sold } = collections();
users.findOne(); sold.findOne();
const [a, b] = await Promise.all([get('first'), get('second')]);
a.findOne(); b.findOne();`,
  });
  expect(found).toEqual([
    'a.ts:3 users.findOne by type',
    'a.ts:3 orders.findOne by type',
    'a.ts:5 first.findOne by type',
    'a.ts:5 second.findOne by type',
  ]);
});

it('constants, enums and templates as names', () => {
  const found = callsIn({
    'names.ts': `export const NAMES = { users: 'users' } as const; export enum Coll { Orders = 'orders' } export const LOGS = 'logs';`,
    'db.ts': TYPED_DB,
    'a.ts': `import { db } from './db'; import { NAMES, Coll, LOGS } from './names';
db.collection(NAMES.users).findOne(); db.collection(Coll.Orders).findOne(); db.collection(LOGS).findOne();
db.collection(process.env.COLL || 'events').findOne(); db.collection(\`x_\${Date.now()}\`).findOne();`,
  });
  expect(found.map((line) => line.split(' ')[1])).toEqual([
    'users.findOne',
    'orders.findOne',
    'logs.findOne',
    'events.findOne',
    '?.findOne',
  ]);
});

it('an unknown receiver is mentioned if the name is the driver’s own', () => {
  const { calls, unknown } = findDriverCalls(
    openProject(folderOf({ 'a.js': `exports.f = (x) => { x.findOneAndUpdate({}, {}); x.find({}); };` })),
  );
  expect(calls).toEqual([]);
  expect(unknown.map(({ method, line }) => `${line} ${method}`)).toEqual(['1 findOneAndUpdate']);
});

it('the document type of a typed collection', () => {
  const { calls } = findDriverCalls(
    openProject(
      folderOf({
        'db.ts': TYPED_DB,
        'a.ts': `import { db } from './db';\ninterface User { name: string }\ndb.collection<User>('users').findOne();`,
      }),
    ),
  );
  expect(calls.map(({ documentType }) => documentType?.getText(undefined))).toEqual([expect.stringContaining('User')]);
});
