import { expect, it } from 'vitest';

import { auditProject } from '../../src/audit/audit-project.ts';
import { folderOf } from '../support/folder.ts';
import { SHOP } from '../support/shop.ts';

const findings = (files: Readonly<Record<string, string>>) =>
  auditProject({ folder: folderOf(files), samples: [] }).findings.map(
    ({ rule, place }) => `${rule} ${place?.file}:${place?.line}`,
  );

it('one fault of each kind, with file and line, and nothing else', () => {
  expect(findings(SHOP).toSorted()).toEqual([
    'cursor-project app.js:31',
    'exclusion-projection app.js:14',
    'ignored-projection app.js:18',
    'mass-assignment app.js:25',
    'mass-assignment app.js:35',
    'operator-injection app.js:21',
    'operator-injection app.js:31',
    'sensitive-read app.js:21',
    'sensitive-read app.js:39',
    'sensitive-response app.js:10',
    'sensitive-response app.js:14',
    'sensitive-response app.js:18',
    'whole-document-response app.js:39',
  ]);
});

it('what a call returns, and where it is sent', () => {
  const { calls } = auditProject({ folder: folderOf(SHOP), samples: [] });
  expect(calls.find(({ place }) => place.line === 14)).toMatchObject({
    collections: ['users'],
    method: 'findOne',
    returns: { kind: 'all-but', paths: ['password_hash'] },
    sensitive: ['api_key'],
    sent: ['api_key'],
    responses: [{ file: 'app.js', line: 15 }],
  });
  expect(calls.find(({ place }) => place.line === 31)).toMatchObject({
    returns: { kind: 'fields', paths: ['_id', 'product', 'status'] },
    sent: [],
  });
});

it('with driver 3, fields is a projection', () => {
  expect(findings({ ...SHOP, 'package.json': '{ "dependencies": { "mongodb": "^3.6.0" } }' })).not.toContain(
    'ignored-projection app.js:18',
  );
});

it('interfaces name sensitive fields, and handlers of other frameworks send them', () => {
  const ts = `import { MongoClient } from 'mongodb'; import Fastify from 'fastify'; import { Hono } from 'hono';
interface User { name: string; password: string; passwordChangedAt: Date }
const users = new MongoClient('mongodb://127.0.0.1').db().collection<User>('users');
const app = Fastify();
app.get('/a', async () => users.findOne({ name: 'a' }));
app.get('/b', async (request, reply) => { reply.code(200).send(await users.find().toArray()); });
new Hono().get('/c', async (c) => c.json(await users.findOne({ name: (await c.req.json()).name })));
`;
  expect(findings({ 'a.ts': ts })).toEqual([
    'sensitive-response a.ts:5',
    'sensitive-response a.ts:6',
    'sensitive-response a.ts:7',
    'operator-injection a.ts:7',
  ]);
  const { collections } = auditProject({ folder: folderOf({ 'a.ts': ts }), samples: [] });
  expect(collections[0]?.fields.filter(({ sensitive }) => sensitive !== undefined).map(({ path }) => path)).toEqual([
    'password',
  ]);
});

it('request input is followed through a service, and made harmless by a conversion', () => {
  const files = {
    'service.js': `exports.byName = (db, name) => db.collection('users').findOne({ name }, { projection: { name: 1 } });
exports.byAge = (db, age) => db.collection('users').findOne({ age }, { projection: { name: 1 } });`,
    'routes.js': `const { byName, byAge } = require('./service');
exports.a = async (req, res, db) => { await byName(db, req.query.name); await byAge(db, Number(req.query.age)); };`,
  };
  expect(findings(files)).toEqual(['operator-injection service.js:1']);
});

it('destructured request input', () => {
  const files = {
    'a.js': `exports.a = async ({ body }, res) => { const { email } = body; await db.collection('users').deleteOne({ email }); };
exports.b = async (req, res) => { const { token } = req.query; await db.collection('users').deleteMany({ $or: [{ token }, { a: 1 }] }); };
exports.c = async (req, res) => { await db.collection('users').bulkWrite([{ updateOne: { filter: { a: req.body.a }, update: { $set: { ...req.body } } } }]); };`,
  };
  expect(
    findings(files)
      .filter((line) => !line.startsWith('sens'))
      .toSorted(),
  ).toEqual([
    'mass-assignment a.js:3',
    'operator-injection a.js:1',
    'operator-injection a.js:2',
    'operator-injection a.js:3',
  ]);
});

it('the last stage of a pipeline decides', () => {
  const { calls } = auditProject({
    folder: folderOf({
      'a.js': `exports.a = (db) => [
  db.collection('a').aggregate([{ $match: { x: 1 } }, { $sort: { x: 1 } }]),
  db.collection('a').aggregate([{ $project: { x: 1, _id: 0 } }, { $limit: 3 }]),
  db.collection('a').aggregate([{ $unset: ['password'] }]),
  db.collection('a').aggregate([{ $group: { _id: '$city', count: { $sum: 1 } } }]),
  db.collection('a').aggregate(pipeline),
  db.collection('a').distinct('city'),
];`,
    }),
    samples: [],
  });
  expect(calls.map(({ returns: { kind, paths } }) => [kind, ...paths].join(' '))).toEqual([
    'whole',
    'fields x',
    'all-but password',
    'fields city',
    'unknown',
    'fields city',
  ]);
});

it('a fingerprint survives moved lines, and distinguishes two equal findings', () => {
  const moved = { ...SHOP, 'app.js': `// one more line\n${SHOP['app.js']}` };
  const of = (files: Readonly<Record<string, string>>) =>
    auditProject({ folder: folderOf(files), samples: [] })
      .findings.map(({ fingerprint }) => fingerprint)
      .toSorted();
  expect(of(moved)).toEqual(of(SHOP));
  expect(new Set(of(SHOP)).size).toBe(of(SHOP).length);
});

it('a handler that a route gets by its name sends what it returns', () => {
  const code = `const { MongoClient } = require('mongodb');
const users = new MongoClient('').db().collection('users');
const fastify = require('fastify')();
const PASSWORD = { password: 1 };
async function listed() { return await users.find({}, { projection: PASSWORD }).toArray(); }
const one = async (request) => { const user = await users.findOne({ name: 'a' }, { projection: PASSWORD }); return user; };
class Users {
  async all() { return users.find({}, { projection: PASSWORD }).toArray(); }
  bound = () => users.find({}, { projection: PASSWORD }).toArray();
  inner() { return users.find({}, { projection: PASSWORD }).toArray(); }
}
const controller = new Users();
const handler = () => users.find({}, { projection: PASSWORD }).toArray();
fastify.get('/list', listed);
fastify.get('/one', { schema: {} }, one);
fastify.get('/all', controller.all.bind(controller));
fastify.route({ method: 'GET', url: '/bound', handler: controller.bound });
fastify.route({ method: 'GET', url: '/short', handler });
fastify.get('/wrapped', wrap(wrapped));
async function wrapped() { return users.findOne({}, { projection: PASSWORD }); }
console.log(controller.inner());
`;
  expect(
    findings({ 'a.js': code })
      .filter((one) => one.startsWith('sensitive'))
      .toSorted(),
  ).toEqual([
    'sensitive-read a.js:10',
    'sensitive-response a.js:13',
    'sensitive-response a.js:20',
    'sensitive-response a.js:5',
    'sensitive-response a.js:6',
    'sensitive-response a.js:8',
    'sensitive-response a.js:9',
  ]);
});

it('a tRPC procedure and a chained route send what their functions return', () => {
  const code = `const { MongoClient } = require('mongodb');
const users = new MongoClient('').db().collection('users');
exports.a = t.publicProcedure.input(z.object({})).query(async () => users.findOne({}, { projection: { password: 1 } }));
exports.b = router.route('/users').get(async () => users.findOne({}, { projection: { password: 1 } }));
`;
  expect(findings({ 'a.js': code })).toEqual(['sensitive-response a.js:3', 'sensitive-response a.js:4']);
});

it('what a write answers and how an index is made are no fields', () => {
  const code = `const { MongoClient } = require('mongodb');
const users = new MongoClient('').db().collection('users');
exports.run = async () => {
  await users.createIndex({ name: 1 }, { unique: true });
  const { modifiedCount } = await users.updateOne({ name: 'a' }, { $set: { age: 1 } });
  return modifiedCount + (await users.deleteMany({ age: 2 })).deletedCount;
};
`;
  const { collections } = auditProject({ folder: folderOf({ 'a.js': code }), samples: [] });
  expect(collections[0]?.fields.map(({ path }) => path)).toEqual(['age', 'name']);
});

it('input that a schema in the code allows only single values for is no injection; a declared or cast type is no schema', () => {
  const code = `import type { Db } from 'mongodb';
const object = <T>(shape: T) => shape as { readonly [K in keyof T]: T[K] extends () => infer V ? V : never };
const body = object({ quote: () => 1 as number, language: () => 'a' as 'a' | 'b', nested: () => ({ $gt: 1 }) });
interface Declared { language: string }
export function one(db: Db, req: { body: typeof body }) {
  return db.collection('quotes').countDocuments({ quote: req.body.quote, language: req.body.language });
}
export function two(db: Db, req: { body: typeof body }) {
  const { language } = req.body;
  return db.collection('quotes').countDocuments({ language });
}
export const nested = (db: Db, req: { body: typeof body }) => db.collection('quotes').countDocuments({ a: req.body.nested });
export const declared = (db: Db, req: { body: Declared }) => db.collection('quotes').countDocuments({ a: req.body.language });
export const cast = (db: Db, req: { body: unknown }) => db.collection('quotes').countDocuments({ a: (req.body as typeof body).quote });
`;
  expect(findings({ 'a.ts': code })).toEqual([
    'operator-injection a.ts:12',
    'operator-injection a.ts:13',
    'operator-injection a.ts:14',
  ]);
});
