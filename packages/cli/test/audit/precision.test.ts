import { expect, it } from 'vitest';

import { auditProject } from '../../src/audit/audit-project.ts';
import { judgeName } from '../../src/sensitive/judge-name.ts';
import { folderOf } from '../support/folder.ts';

const audit = (files: Readonly<Record<string, string>>) => auditProject({ folder: folderOf(files), samples: [] });
const findings = (files: Readonly<Record<string, string>>) =>
  audit(files).findings.map(({ rule, place }) => `${rule} ${place?.file}:${place?.line}`);

it('calls in test files are left out, and the report says so', () => {
  const call =
    "export const f = (db, res) => db.collection('users').findOne({ a: 1 }).then((user) => res.json(user));\n";
  const names = ['a.js', 'a.test.js', 'b.spec.ts', '__tests__/c.js', 'test/d.js', 'e2e/e.js', 'latest/f.js'];
  const report = audit(Object.fromEntries(names.map((name) => [name, call])));
  expect(report.calls.map(({ place }) => place.file)).toEqual(['a.js', 'latest/f.js']);
  expect(report.notes).toEqual(['Left out: 5 calls in test files.']);
});

it('a document that is passed to a function comes back only to that call', () => {
  const code = `import { tree } from './tree.js';
export async function inner(db) { const user = await db.collection('users').findOne({ a: 1 }); return tree(user).length; }
export async function outer(db, res) { const order = await db.collection('orders').findOne({ a: 1 }); res.json(tree(order)); }
`;
  expect(findings({ 'a.js': code, 'tree.js': 'export function tree(one) { return one; }\n' })).toEqual([
    'whole-document-response a.js:3',
  ]);
});

it('a pipeline that writes returns nothing, and an exclusion after a group returns only what the group made', () => {
  const code = `const users = (db) => db.collection('users');
export const merged = (db) => users(db).aggregate([{ $set: { password: 1 } }, { $project: { a: 0 } }, { $merge: 'other' }]).toArray();
export const grouped = (db) => users(db).aggregate([{ $group: { _id: '$city', count: { $sum: 1 } } }, { $project: { _id: 0 } }]).toArray();
export const unset = (db) => users(db).aggregate([{ $project: { name: 1 } }, { $unset: '_id' }]).toArray();
export const open = (db) => users(db).aggregate([{ $match: { a: 1 } }, { $project: { password: 0 } }]).toArray();
`;
  expect(findings({ 'a.js': code })).toEqual(['exclusion-projection a.js:5']);
});

it('a value whose type the code compares is no injection', () => {
  const code = `export async function one(db, req, res) {
  const id = req.body?.id;
  if (!id || typeof id !== 'string') return res.status(400).end();
  return find(db, id);
}
export async function two(db, req) { if (typeof req.query.name === 'string') return db.collection('b').findOne({ name: req.query.name }); }
export async function three(db, req) { if (typeof req.query.name === 'object') return db.collection('c').findOne({ name: req.query.name }); }
export async function four(db, req) { const name = req.query.name; log(typeof name); return db.collection('d').findOne({ name }); }
function find(db, id) { return db.collection('a').findOne({ key: id }); }
`;
  expect(findings({ 'a.js': code })).toEqual(['operator-injection a.js:7', 'operator-injection a.js:8']);
});

const SCHEMA = `import type { Db } from 'mongodb';
const object = <T>(shape: T) => shape as { readonly [K in keyof T]: T[K] extends () => infer V ? V : never };
const body = object({ name: () => 'a' as string, tags: () => ['a'] });
`;

it('a body whose fields a schema in the code lists is no mass assignment, also through a copy', () => {
  const code = `${SCHEMA}interface Declared { name: string }
function omit<T extends object>(from: T, key: string) { const result = { ...from }; return result; }
export const one = (db: Db, req: { body: typeof body }) => db.collection('a').insertOne(req.body);
export const two = (db: Db, req: { body: typeof body }) => db.collection('a').updateOne({}, { $set: omit(req.body, 'x') });
export const three = (db: Db, req: { body: Declared }) => db.collection('a').insertOne({ ...req.body });
export const four = (db: Db, req: { body: Declared }) => db.collection('a').updateOne({}, { $set: omit(req.body, 'x') });
export const five = (db: Db, req: { body: Record<'name', string> }) => db.collection('a').insertOne(req.body);
`;
  expect(findings({ 'a.ts': code })).toEqual([
    'mass-assignment a.ts:8',
    'mass-assignment a.ts:9',
    'mass-assignment a.ts:10',
  ]);
});

it('a field whose schema comes from a package that is not installed is not reported, and a note says so', () => {
  const code = `import type { Db } from 'mongodb'; import { Id } from '@own/schemas';
const object = <T>(shape: T) => shape as { readonly [K in keyof T]: T[K] };
const body = object({ id: Id });
export const one = (db: Db, req: { body: typeof body }) => db.collection('a').findOne({ id: req.body.id });
`;
  const report = audit({ 'a.ts': code });
  expect(report.findings).toEqual([]);
  expect(report.notes).toEqual([
    "1 field of filters is checked by schemas of packages that are not installed, and was taken for safe. Install the project's packages and run this again.",
  ]);
});

it('a type says which fields a collection has; what a shared function reads of others is left out', () => {
  const code = `import type { Db } from 'mongodb';
interface Preset { name: string; at: number }
interface Key { name: string; hash: string }
const copy = (one: any) => ({ ...one, seen: one.hash });
export const presets = async (db: Db) => copy(await db.collection<Preset>('presets').findOne({ name: 'a' }));
export const keys = async (db: Db) => copy(await db.collection<Key>('keys').findOne({ name: 'a' }));
export const add = (db: Db) => db.collection<Preset>('presets').insertOne({ name: 'a', at: 1, api_key: 'x' } as Preset);
`;
  const { collections } = audit({ 'a.ts': code });
  const paths = (name: string) => collections.find((one) => one.name === name)?.fields.map(({ path }) => path);
  expect(paths('presets')).toEqual(['api_key', 'at', 'name']);
  expect(paths('keys')).toEqual(['hash', 'name']);
});

it.each([
  ['hash', 'sharedConversations', undefined],
  ['hash', 'files', undefined],
  ['hash', 'ape-keys', 'hash'],
  ['hash', 'users', 'hash'],
  ['credentials.hash', 'things', 'hash'],
  ['password_hash', 'files', 'password'],
  ['searchTokens', 'assistants', undefined],
  ['promptTokens', 'runs', undefined],
  ['messages.updates.token', 'chats', undefined],
  ['reset.token', 'chats', 'token'],
  ['token', 'events', 'token'],
  ['ratings.english_medical', 'users', undefined],
  ['medical_history', 'users', 'health'],
])('%s of %s is %s', (path, collection, what) => {
  expect(judgeName(path, collection)?.what).toBe(what);
});
