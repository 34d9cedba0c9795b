import { noRawCollection } from '../../src/rules/no-raw-collection.ts';
import { testWithTypes, testWithoutTypes } from '../rule-testers.ts';

const imported = (name: string) => [{ messageId: 'import' as const, data: { name } }];
const opened = (name: string) => [{ messageId: 'open' as const, data: { name } }];
const called = (name: string) => [{ messageId: 'call' as const, data: { name } }];
const open = (filename: string) => ({ filename, options: [{ allow: ['src/database'] }] as [{ allow: string[] }] });

testWithoutTypes('no-raw-collection', noRawCollection, {
  valid: [
    "import { ObjectId, type ClientSession } from 'mongodb';",
    "import { Collection } from 'postman-collection';",
    "export { ObjectId } from 'mongodb';",
    "import * as mongodb from 'mongodb'; export const id = new mongodb.ObjectId();",
    "const { ObjectId } = require('mongodb');",
    "import { createSafeDb } from 'safe-collection'; export const f = (safe) => safe.users.findOne({}, { projection: ['username'] });",
    'export const c = settings.collection;',
    'export const c = settings.collection();',
    "type Id = import('mongodb').ObjectId;",
    {
      code: "import { MongoClient } from 'mongodb'; new MongoClient(uri).db().collection('users');",
      ...open('src/database/open.ts'),
    },
    { code: "const { Db } = require('mongodb');", ...open('src/database/old/open.cjs') },
  ],
  invalid: [
    { code: "import { MongoClient } from 'mongodb';", errors: imported('MongoClient') },
    {
      code: "import { MongoClient } from 'mongodb';",
      ...open('src/databases/open.ts'),
      errors: imported('MongoClient'),
    },
    { code: "import { ObjectId, Db as D } from 'mongodb';", errors: imported('Db') },
    { code: "import type { Collection } from 'mongodb';", errors: imported('Collection') },
    { code: "import { type Collection } from 'mongodb';", errors: imported('Collection') },
    { code: "export { MongoClient } from 'mongodb';", errors: imported('MongoClient') },
    { code: "export { MongoClient as Client } from 'mongodb';", errors: imported('MongoClient') },
    { code: "export * from 'mongodb';", errors: imported('*') },
    { code: "import * as mongodb from 'mongodb'; new mongodb.MongoClient(uri);", errors: imported('MongoClient') },
    { code: "import mongodb from 'mongodb'; new mongodb.MongoClient(uri);", errors: imported('MongoClient') },
    { code: "import mongodb = require('mongodb'); new mongodb.MongoClient(uri);", errors: imported('MongoClient') },
    { code: "import * as mongodb from 'mongodb'; export function f(db: mongodb.Db) {}", errors: imported('Db') },
    { code: "const { MongoClient } = require('mongodb');", errors: imported('MongoClient') },
    { code: "const { MongoClient: C, ObjectId } = await import('mongodb');", errors: imported('MongoClient') },
    { code: "const mongodb = require('mongodb'); new mongodb['MongoClient'](uri);", errors: imported('MongoClient') },
    { code: "const mongodb = require('mongodb'); const { Db } = mongodb;", errors: imported('Db') },
    { code: "new (require('mongodb').MongoClient)(uri);", errors: imported('MongoClient') },
    { code: "export function f(users: import('mongodb').Collection<User>) {}", errors: imported('Collection') },
    { code: "export const users = db.collection('users');", errors: opened('collection') },
    { code: "export const users = getDb()?.collection<User>('users');", errors: opened('collection') },
    {
      code: "export const users = (await client.connect()).db()['collection']('users');",
      errors: opened('collection'),
    },
  ],
});

const HANDLES = `
declare const client: import('mongodb').MongoClient;
declare const db: import('mongodb').Db;
interface User { username: string }
class Repository { constructor(readonly coll: import('mongodb').Collection<User>) {} }
declare const repository: Repository;
declare function getUsers(): import('mongodb').Collection<User>;
`;
/** The types of the handles are named in the file, which the rule says of itself. */
const named = ['MongoClient', 'Db', 'Collection', 'Collection'].flatMap(imported);

testWithTypes('no-raw-collection', noRawCollection, {
  valid: [
    "import { ObjectId } from 'mongodb'; export const id = new ObjectId().toHexString();",
    "declare const store: { collection(name: string): { find(): string[] } }; export const found = store.collection('users').find();",
    "interface Db { collection(name: string): string } declare const db: Db; export const c = db.collection('users');",
    'class Collection { findOne() { return 1; } } export const one = new Collection().findOne();',
    "import { type CollectionOf, defineView } from 'safe-collection'; const view = defineView<{ a: string }>()({ public: { a: 1 } }); export const f = (users: CollectionOf<typeof view>) => users.findOne({ a: 'b' }, { projection: ['a'] });",
    {
      code: `${HANDLES} export const all = getUsers().find().toArray();`,
      filename: 'src/database/open.ts',
      options: [{ allow: ['**/src/database'] }],
    },
  ],
  invalid: [
    { code: `${HANDLES} await client.connect(); await client.close();`, errors: named },
    { code: `${HANDLES} export const shop = client.db('shop');`, errors: [...named, ...opened('db')] },
    {
      code: `${HANDLES} export const users = db.collection<User>('users');`,
      errors: [...named, ...opened('collection')],
    },
    {
      code: `${HANDLES} export const all = db.collection<User>('users').find().toArray();`,
      errors: [...named, ...opened('collection')],
    },
    {
      code: `${HANDLES} const { collection } = db; export default collection;`,
      errors: [...named, ...opened('collection')],
    },
    { code: `${HANDLES} export const open = db.collection.bind(db);`, errors: [...named, ...opened('collection')] },
    {
      code: `${HANDLES} export const made = await (await db.createCollection('users')).findOne();`,
      errors: [...named, ...opened('createCollection')],
    },
    { code: `${HANDLES} await db.command({ find: 'users' });`, errors: [...named, ...opened('command')] },
    {
      code: `${HANDLES} declare const key: 'command' | 'watch'; export const f = db[key];`,
      errors: [...named, ...opened('[…]')],
    },
    { code: `${HANDLES} export const all = getUsers().find().toArray();`, errors: [...named, ...called('find')] },
    {
      code: `${HANDLES} export const one = repository.coll.findOne({ username: 'ada' });`,
      errors: [...named, ...called('findOne')],
    },
    {
      code: `${HANDLES} const users = getUsers(); await users.updateOne({}, { $set: { username: 'b' } });`,
      errors: [...named, ...called('updateOne')],
    },
    {
      code: `${HANDLES} const { findOne } = getUsers(); export default findOne;`,
      errors: [...named, ...called('findOne')],
    },
    {
      code: `${HANDLES} export function one<C extends ReturnType<typeof getUsers> | null>(c: C) { return c?.findOne(); }`,
      errors: [...named, ...called('findOne')],
    },
    { code: "declare const db: any; export const users = db.collection('users');", errors: opened('collection') },
  ],
});
