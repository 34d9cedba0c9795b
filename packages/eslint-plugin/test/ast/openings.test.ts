import { describe, expect, it } from 'vitest';

import { noRawCollection } from '../../src/rules/no-raw-collection.ts';
import { reports } from '../reports.ts';

const T = (body: string) => `import { client, db, users } from '../lib/handles.ts';\n${body}`;

const FOUND = [
  "export const c = client.db().collection('users');",
  "export const c = mongoose.connection.db.collection('users');",
  "export const c = mongoose.connection.collection('users');",
  "export const c = db['collection']('x');",
  "export const c = db?.['collection']?.('x');",
  "export const c = db[`collection`]('x');",
  "const { collection } = db; collection('x');",
  "const { collection: open } = db; open.call(db, 'x');",
  "const open = db.collection; open.call(db, 'x');",
  "const open = db.collection.bind(db); open('x');",
  "db.collection.call(db, 'x');",
  "Reflect.apply(db.collection, db, ['x']);",
  "export const f = ({ db }) => db.collection('x');",
  "export const f = ({ collection }) => collection('x');",
  "import { Db } from '../lib/barrel.ts'; export const f = (d: Db) => d;",
  "import { Client } from '../lib/names.ts'; new Client(uri);",
  "import * as lib from '../lib/names.ts'; new lib.Client(uri);",
  "const C = await import('mongodb').then((m) => m.MongoClient); new C();",
  "import('mongodb').then(({ MongoClient }) => new MongoClient());",
  "const load = createRequire(import.meta.url); const { MongoClient } = load('mongodb');",
  'import { MongoClient as M } from `mongodb`;'.replace(/`/g, "'"),
  'const { MongoClient } = await import(`mongodb`);',
  "class U extends (await import('mongodb')).Collection {}",
  "const m = require('mongodb'); class U extends m.Collection {}",
  "import m from 'mongodb'; const { MongoClient } = m;",
  "import { default as m } from 'mongodb'; new m.MongoClient();",
  "import { MongoClient } from 'mongodb/lib/mongo_client';",
  "import { MongoClient } from 'mongodb-legacy';",
  "export const c = await db.createCollection('x');",
  'export const c = await db.collections();',
  "await db.command({ find: 'users' });",
  "export default (await clientPromise).db('shop').collection('x');",
];

const NOT_FOUND = [
  "import { ObjectId, type Filter } from 'mongodb';",
  "export const c = collection('x');",
  "import { collection } from 'firebase/firestore'; export const c = collection(db, 'x');",
  'export const c = postman.collection;',
  "export const c = { collection: 'users' };",
  'const { collection } = settings; log(collection);',
  'export const f = ({ collection }) => log(collection);',
  "import type { ObjectId } from 'mongodb';",
  "import type { WithId } from 'mongodb';",
];

const FOUND_BY_TYPE = [
  T('export const c = client.db();'),
  T("export const c = db['collection']('x');"),
  T("const { collection } = db; collection('x');"),
  T("const open = db.collection; open.call(db, 'x');"),
  T("export const f = ({ collection }: typeof db) => collection('x');"),
  T('export const f = ({ findOne }: typeof users) => findOne({});'),
  T("let collection; ({ collection } = db); collection('x');"),
  T('for (const { findOne } of [users]) findOne({});'),
  T('const { findOne = null } = users;'),
  T("const { ['findOne']: f } = users; f({});"),
  T('const { a: { findOne } } = { a: users }; findOne({});'),
  T("const n = 'coll' + 'ection'; db[n]('x');"),
  T("export const f = (k: string) => (db as any)[k]('x');"),
  T("export const f = (k: string) => (db as unknown as { collection(n: string): unknown }).collection('x');"),
  T('export const f = <T extends typeof users>(u: T) => u.find({});'),
  T('export const f = (u?: typeof users) => u?.find({});'),
  T('export const bulk = users.initializeOrderedBulkOp();'),
  T("declare const m: typeof import('mongoose'); m.connection.db.collection('x');"),
];

const NOT_FOUND_BY_TYPE = [
  T('await client.close();'),
  T('export const n = users.collectionName;'),
  T('export const n = db.databaseName;'),
  T('export { users };'),
];

describe('without types', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noRawCollection, code)).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noRawCollection, code)).toEqual([]);
  });
});

describe('with types', () => {
  it.each(FOUND_BY_TYPE)('finds %s', (code) => {
    expect(reports(noRawCollection, code, { hasTypes: true })).toHaveLength(1);
  });

  it.each(NOT_FOUND_BY_TYPE)('does not report %s', (code) => {
    expect(reports(noRawCollection, code, { hasTypes: true })).toEqual([]);
  });
});
