import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { migrateProject } from '../../src/migrate/migrate-project.ts';
import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { compile } from '../support/compile.ts';
import { folderOf } from '../support/folder.ts';
import { HEAD, MODEL, projectOf, VIEWS } from '../support/user-project.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../../../examples/migration');

vi.setConfig({ testTimeout: 240_000 });

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  const keep = (text: unknown) => void printed.push(String(text));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

const wrap = (call: string, at = 0) =>
  `export async function run${at}(db: Db, id: string) {\n  ${call}\n  console.log(id);\n}`;
const plain = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');

/** The text of each case's function after one run over all of them. The result compiles, and a second run changes nothing. */
async function migrateAll(cases: readonly string[]): Promise<readonly string[]> {
  const folder = projectOf(cases.join('\n\n'));
  expect(await runMigrate({ folder, options: { write: true } })).toBe(0);
  expect(compile(folder)).toBe('');
  expect(migrateProject({ folder, only: [] }).changes.size).toBe(0);
  return readFileSync(join(folder, 'code.ts'), 'utf8').split('\nexport async function ').slice(1).map(plain);
}

const RULES: readonly (readonly [rule: string, before: string, after: string])[] = [
  [
    'the projection is what the code reads',
    `const user = await users(db).findOne({ username: id });\n  console.log(user?.age, user?.profile.bio);`,
    `const user = await safeDb(db).users.findOne({ username: id }, { projection: { age: 1, 'profile.bio': 1 } });\nconsole.log(user?.age, user?.profile.bio);`,
  ],
  [
    'what is destructured in a callback',
    `const list = await users(db).find().toArray();\n  console.log(list.map(({ username }) => username));`,
    `const list = await safeDb(db).users.find({}, { projection: { username: 1 } }).toArray();\nconsole.log(list.map(({ username }) => username));`,
  ],
  [
    '.project() goes into the options, and other options stay',
    `console.log(await users(db).find({}, { limit: 3 }).project({ username: 1 }).sort({ age: 1 }).toArray());`,
    `console.log(await safeDb(db).users.find({}, { projection: { username: 1 }, limit: 3 }).sort({ age: 1 }).toArray());`,
  ],
  [
    'op() around operators, in $or too',
    `console.log(await users(db).countDocuments({ age: { $gte: 18 }, $or: [{ username: { $ne: id } }, { age: 3 }] }));`,
    `console.log(await safeDb(db).users.countDocuments({ age: op({ $gte: 18 }), $or: [{ username: op({ $ne: id }) }, { age: 3 }] }));`,
  ],
  [
    'paths that are not filterable go into trusted',
    `console.log(await users(db).countDocuments({ username: id, deleted_at: null }));`,
    `console.log(await safeDb(db).users.countDocuments({ username: id }, { trusted: trusted({ filter: { deleted_at: null } }) }));`,
  ],
  [
    'an update is split by what is writable',
    `await users(db).updateOne({ username: id }, { $set: { age: 3, deleted_at: null }, $unset: { password_hash: '' } });`,
    `await safeDb(db).users.updateOne({ username: id }, { $set: { age: 3 } }, { trusted: trusted({ update: { $set: { deleted_at: null }, $unset: { password_hash: '' } } }) });`,
  ],
  [
    'modifiers of $push are made by op()',
    `await users(db).updateOne({ username: id }, { $push: { tags: { $each: [id] } } });`,
    `await safeDb(db).users.updateOne({ username: id }, {}, { trusted: trusted({ update: { $push: { tags: op({ $each: [id] }) } } }) });`,
  ],
  [
    'a count that the types make optional',
    `const { modifiedCount } = await users(db).updateMany({ username: id }, { $addToSet: { tags: id } });\n  console.log(modifiedCount > 0);`,
    `const { modifiedCount = 0 } = await safeDb(db).users.updateMany({ username: id }, {}, { trusted: trusted({ update: { $addToSet: { tags: id } } }) });\nconsole.log(modifiedCount > 0);`,
  ],
  [
    'everything',
    `await users(db).updateMany({}, { $inc: { age: 1 } });\n  await users(db).deleteMany({});`,
    `await safeDb(db).users.updateMany(everything, { $inc: { age: 1 } });\nawait safeDb(db).users.deleteMany(everything);`,
  ],
  [
    'distinct',
    `console.log(await users(db).distinct('tags', { age: { $lt: 9 } }));`,
    `console.log(await safeDb(db).users.distinct('tags', { age: op({ $lt: 9 }) }));`,
  ],
  [
    'a bulk, model by model',
    `await users(db).bulkWrite([{ updateOne: { filter: { username: id }, update: { $set: { age: 1, deleted_at: null } } } }, { deleteOne: { filter: { age: { $lt: 0 } } } }]);`,
    `await safeDb(db).users.bulkWrite([{ updateOne: { filter: { username: id }, update: { $set: { age: 1 } }, trusted: trusted({ update: { $set: { deleted_at: null } } }) } }, { deleteOne: { filter: { age: op({ $lt: 0 }) } } }]);`,
  ],
  [
    'findOneAndUpdate returns what is read',
    `const user = await users(db).findOneAndUpdate({ username: id }, { $inc: { age: 1 } }, { returnDocument: 'after' });\n  console.log(user?.age);`,
    `const user = await safeDb(db).users.findOneAndUpdate({ username: id }, { $inc: { age: 1 } }, { projection: { age: 1 }, returnDocument: 'after' });\nconsole.log(user?.age);`,
  ],
  [
    'a filter with conditional spreads',
    `console.log(await users(db).countDocuments({ username: id, ...(id === '' ? {} : { age: { $gte: 18 } }), ...(id === 'x' && { tags: id }) }));`,
    `console.log(await safeDb(db).users.countDocuments({ username: id, ...(id === '' ? {} : { age: op({ $gte: 18 }) }), ...(id === 'x' && { tags: id }) }));`,
  ],
  [
    'a new document is split by what is writable',
    `await users(db).insertOne({ _id: new ObjectId(), username: id, age: 3, tags: [], profile: { bio: '', avatar: '' }, password_hash: id, deleted_at: null });`,
    `await safeDb(db).users.insertOne({ age: 3 }, { trusted: trusted({ set: { _id: new ObjectId(), username: id, tags: [], profile: { bio: '', avatar: '' }, password_hash: id, deleted_at: null } }) });`,
  ],
  [
    'options in a constant for one call',
    `const options = { limit: 3, sort: { age: 1 } } as const;\n  console.log((await users(db).find({ username: id }, options).toArray()).map(({ age }) => age));`,
    `{\nconsole.log((await safeDb(db).users.find({ username: id }, { projection: { age: 1 }, limit: 3, sort: { age: 1 } }).toArray()).map(({ age }) => age));`,
  ],
  [
    'a pipeline in a constant for one call',
    `const pipeline = [{ $match: { age: { $gt: 1 } } }, { $project: { age: 1, _id: 0 } }];\n  console.log(await users(db).aggregate(pipeline).toArray());`,
    `{\nconsole.log(await safeDb(db).users.aggregate([{ $match: { age: op({ $gt: 1 }) } }, { $project: { age: 1, _id: 0 } }]).toArray());`,
  ],
  [
    'what $addFields adds comes out too',
    `const rows = await users(db).aggregate([{ $match: { username: id } }, { $addFields: { older: { $add: ['$age', 1] } } }]).toArray();\n  console.log(rows.map((row) => [row['older'], row['age']]));`,
    `{ $addFields: { older: { $add: ['$age', 1] } } }, { $project: { age: 1, older: 1 } }]`,
  ],
  [
    'a pushed element changes each document, so both counts are one',
    `const { modifiedCount } = await users(db).updateOne({ username: id }, { $push: { notes: { by: id, text: id } } });\n  console.log(modifiedCount);`,
    `const { matchedCount: modifiedCount } = await safeDb(db).users.updateOne({ username: id }, {}, { trusted: trusted({ update: { $push: { notes: { by: id, text: id } } } }) });`,
  ],
  [
    'a pull that is alone matches what it changes',
    `console.log((await users(db).updateMany({ username: id }, { $pull: { notes: { by: id } } })).modifiedCount);`,
    `console.log((await safeDb(db).users.updateMany({ username: id, notes: op({ $elemMatch: { by: id } }) }, {}, { trusted: trusted({ update: { $pull: { notes: { by: id } } } }) })).matchedCount);`,
  ],
  [
    'a bulk that is built call by call',
    `const bulk = users(db).initializeOrderedBulkOp();\n  bulk.find({ username: id, deleted_at: null }).upsert().updateOne({ $set: { age: 2 }, $setOnInsert: { password_hash: id, username: id, deleted_at: null } });\n  bulk.find({ age: { $lt: 0 } }).delete();\n  bulk.find({}).update({ $inc: { age: 1 } });\n  console.log((await bulk.execute()).deletedCount, bulk.length);`,
    `const bulk = safeDb(db).users.initializeOrderedBulkOp();\nbulk.find({ username: id }).upsert().updateOne({ $set: { age: 2 } }, { trusted: trusted({ filter: { deleted_at: null }, update: { $setOnInsert: { password_hash: id, username: id, deleted_at: null } } }) });\nbulk.find({ age: op({ $lt: 0 }) }).delete();\nbulk.find(everything).update({ $inc: { age: 1 } });\nconsole.log((await bulk.execute()).deletedCount, bulk.length);`,
  ],
  [
    'a private field that is read and not sent is opened where it is read, with a mark',
    `const user = await users(db).findOne({ username: id });\n  console.log(user?.password_hash === id, user?.age);`,
    `// safe-collection: this read opens password_hash: confirm that it has to, and say why in its reason\nconst user = await new PrivilegedCollection(users(db), userView, { reason: 'run20' }).findOne({ username: id }, { projection: { age: 1, password_hash: 1 } });\nconsole.log(user?.password_hash.expose() === id, user?.age);`,
  ],
  [
    'comments stay with what they are about',
    `await users(db).updateOne(\n    // the one\n    { username: id },\n    {\n      $set: {\n        age: 3, // years\n        // not gone\n        deleted_at: null,\n      },\n    },\n    /* nothing */ { upsert: false },\n  );`,
    `/* nothing */\nawait safeDb(db).users.updateOne({ username: id }, { $set: { // years\nage: 3 } }, { upsert: false, trusted: trusted({ update: { $set: { // not gone\ndeleted_at: null } } }) });`,
  ],
  [
    'a $project where the pipeline has none',
    `const rows = await users(db).aggregate<{ _id: string; count: number }>([{ $match: { age: { $gt: 1 } } }, { $group: { _id: '$username', count: { $sum: 1 } } }]).toArray();\n  console.log(rows.map(({ _id, count }) => [_id, count]));`,
    `const rows = await safeDb(db).users.aggregate([{ $match: { age: op({ $gt: 1 }) } }, { $group: { _id: '$username', count: { $sum: 1 } } }, { $project: { _id: 1, count: 1 } }]).toArray();\nconsole.log(rows.map(({ _id, count }) => [_id, count]));`,
  ],
];

it('each rule of the rewriting', async () => {
  const texts = await migrateAll([
    ...RULES.map(([, before], at) => wrap(before, at)),
    `export async function whole(db: Db, username: string): Promise<User | null> {\n  return await users(db).findOne({ username });\n}`,
    `export async function excluding(db: Db, username: string) {\n  return await users(db).findOne({ username }, { projection: { profile: 0, password_hash: 0 } });\n}`,
    `export async function filtering(db: Db, name: string) {\n  const filter: Filter<User> = { username: name, age: { $gt: 1 } };\n  return await users(db).countDocuments(filter);\n}`,
    `export async function stepping(db: Db, name: string, least?: number) {\n  const filter: Filter<User> = { username: name };\n  if (least !== undefined) filter.age = { $gte: least };\n  filter['profile.bio'] = name;\n  return await users(db).countDocuments(filter);\n}`,
    `async function listing(db: Db, filter: Record<string, unknown>, options: FindOptions) {\n  return (await users(db).find(filter, options).toArray()).map(({ age }) => age);\n}\nconst SORTS: Record<string, Sort> = { young: { age: 1 }, old: { age: -1 } };\nexport async function sorting(db: Db, name: string) {\n  const sort = SORTS[name] ?? { age: 1 };\n  console.log((await users(db).find({}, { sort }).toArray()).map(({ age }) => age));\n  return await listing(db, { age: { $gt: 1 } }, { sort: { age: 1 }, limit: name.length });\n}`,
    `export async function awaited(db: Db) {\n  const opened = async () => db.collection<User>('users');\n  const store = { collection: (name: 'users') => db.collection<User>(name) };\n  return (await (await opened()).countDocuments({ age: 3 })) + (await store.collection('users').countDocuments({ age: 4 }));\n}`,
    `export async function adding(db: Db, user: User) {\n  await users(db).insertOne(user);\n}`,
    `export async function setting(db: Db, name: string, age?: number) {\n  const changes: Record<string, number> = {};\n  if (age !== undefined) changes['age'] = age;\n  await users(db).updateOne({ username: name }, { $set: changes });\n}`,
  ]);
  for (const [at, [rule, , after]] of RULES.entries()) expect.soft(texts[at], rule).toContain(after);
  const [whole, excluding, filtering, stepping, sorting, awaited, adding, setting] = texts.slice(RULES.length);
  expect(stepping).toContain(
    "const filter: SafeFilter<typeof userView> = { username: name };\nif (least !== undefined) filter.age = op({ $gte: least });\nfilter['profile.bio'] = name;\nreturn await safeDb(db).users.countDocuments(filter);",
  );
  expect(stepping).toContain(
    'listing(db: Db, filter: SafeFilter<typeof userView>, options: { sort: SafeSort<typeof userView>; limit: number }) {\nreturn (await safeDb(db).users.find(filter, { projection: { age: 1 }, ...options }).toArray())',
  );
  expect(stepping).toContain('const SORTS: Record<string, SafeSort<typeof userView>> =');
  expect(sorting).toContain('safeDb(db).users.find({}, { projection: { age: 1 }, sort })');
  expect(sorting).toContain('listing(db, { age: op({ $gt: 1 }) }, { sort: { age: 1 }, limit: name.length });');
  expect(awaited).toContain('(await safeDb((await opened()).db).users.countDocuments({ age: 3 }))');
  expect(awaited).toContain("(await safeDb(store.collection('users').db).users.countDocuments({ age: 4 }))");
  expect(adding).toContain(
    'const { age, ...rest } = user;\nawait safeDb(db).users.insertOne({ age }, { trusted: trusted({ set: rest }) });',
  );
  expect(setting).toContain(
    "const changes: { 'age'?: number } = {};\nif (age !== undefined) changes['age'] = age;\nawait safeDb(db).users.updateOne({ username: name }, { $set: changes });",
  );
  expect(whole).toContain(
    `whole(db: Db, username: string) {\n// safe-collection: the whole document is passed on here, so all fields that userView makes public are projected: name what is needed\nreturn await safeDb(db).users.findOne({ username }, { projection: userView });`,
  );
  expect(excluding).toContain("{ projection: { age: 1, 'notes.by': 1, 'notes.text': 1, tags: 1, username: 1 } }");
  expect(filtering).toContain(
    'const filter: SafeFilter<typeof userView> = { username: name, age: op({ $gt: 1 }) };\nreturn await safeDb(db).users.countDocuments(filter);',
  );
});

const LEFT: readonly (readonly [what: string, code: string, reason: string])[] = [
  [
    'a private field that is sent to a client',
    `const res = { json: (sent: unknown) => sent };\n  const user = await users(db).findOne({ username: id });\n  res.json(user?.password_hash);`,
    "the code reads 'password_hash', which userView does not make public: make it public, or read it with a PrivilegedCollection",
  ],
  [
    'a replacement',
    `await users(db).replaceOne({ username: id }, {} as User);`,
    'a replacement of the library keeps the private fields: write it by hand, or use $set',
  ],
  [
    '$where',
    `await users(db).countDocuments({ $where: 'true' });`,
    "'$where' reads any field, so the library has no such operator",
  ],
  [
    'a whole subdocument',
    `await users(db).countDocuments({ profile: { bio: 'a', avatar: 'b' } });`,
    "'profile' is compared with a whole subdocument: compare its leaves",
  ],
  [
    'an update by a pipeline',
    `await users(db).updateOne({ username: id }, [{ $set: { age: 1 } }]);`,
    'the update is a pipeline, which can copy a private field into a public one',
  ],
  [
    'a count that would reveal a private value',
    `const { modifiedCount } = await users(db).updateOne({ username: id }, { $set: { deleted_at: null } });\n  console.log(modifiedCount);`,
    'the code reads modifiedCount, which would reveal the stored value of a field that is not filterable: read matchedCount',
  ],
  [
    'a count of a pull with other changes',
    `const { modifiedCount } = await users(db).updateOne({ username: id }, { $pull: { notes: { by: id } }, $set: { deleted_at: null } });\n  console.log(modifiedCount);`,
    'the code reads modifiedCount, which would reveal the stored value of a field that is not filterable: read matchedCount',
  ],
  [
    'a filter that is changed below its paths',
    `const filter: Filter<User> = { $or: [{ username: id }] };\n  filter.$or?.push({ age: 1 });\n  console.log(await users(db).countDocuments(filter));`,
    'the filter is changed after it is made, in a way that can’t be followed: name its paths',
  ],
  [
    'request input that is put into an object first',
    `const request = { body: { hash: id } };\n  const patch: Record<string, string> = {};\n  for (const key of [id]) patch[key] = request.body.hash;\n  await users(db).updateOne({ username: id }, { $set: patch });`,
    'request input is stored whole: make its fields writable in userView',
  ],
  [
    'request input that would be trusted',
    `const req = { body: { role: id } };\n  await users(db).updateOne({ username: id }, { $set: { password_hash: req.body.role } });`,
    "request input is stored at 'password_hash': make its fields writable in userView",
  ],
];

it('what it can’t do stays as it is, with a mark, and is listed', async () => {
  const texts = await migrateAll(LEFT.map(([, code], at) => wrap(code, at)));
  const listed = printed.join('\n');
  for (const [at, [what, , reason]] of LEFT.entries()) {
    expect(texts[at], what).toMatch(
      new RegExp(`// safe-collection: ${reason.replaceAll(/[$.()[\]]/g, String.raw`\$&`)}\n.*users\\(db\\)\\.`),
    );
    expect(listed).toContain(`: ${reason}`);
  }
  expect(listed).toContain(`0 of ${LEFT.length} calls migrated (0 %), ${LEFT.length} left with a mark.`);
});

it('a dry run shows a diff and writes nothing; --only chooses', async () => {
  const folder = projectOf(wrap(`console.log(await users(db).countDocuments({ age: { $gt: 1 } }));`));
  writeFileSync(
    join(folder, 'other.ts'),
    `${HEAD.replace(', Filter', '')}export const count = (db: Db) => users(db).countDocuments({ age: { $gt: 2 } });\n`,
  );
  const before = readFileSync(join(folder, 'code.ts'), 'utf8');
  await expect(runMigrate({ folder, options: { only: ['othr.ts'] } })).rejects.toThrow(
    'There is no file or folder othr.ts',
  );
  expect(await runMigrate({ folder, options: { only: ['other.ts'] } })).toBe(0);
  const shown = printed.join('\n');
  expect(shown).toContain('--- a/other.ts');
  expect(shown).toMatch(/\+.*safeDb\(db\)\.users\.countDocuments\(\{ age: op\(\{ \$gt: 2 \}\) \}\);/);
  expect(shown).not.toContain('a/code.ts');
  expect(shown).toContain('1 of 1 calls can be migrated (100 %)');
  expect(shown).toContain('Nothing was written. Write it with --write.');
  expect(readFileSync(join(folder, 'code.ts'), 'utf8')).toBe(before);
});

it('JavaScript and collections without a view are listed', () => {
  const folder = folderOf({
    'views.ts': VIEWS,
    'model.ts': MODEL,
    'a.js': `const { MongoClient } = require('mongodb');\nnew MongoClient('').db().collection('users').find();\n`,
    'c.js': `exports.run = (thing) => thing.updateOne({}, {});\n`,
    'b.ts': `import type { Db } from 'mongodb';\nexport const all = (db: Db) => db.collection('others').find().toArray();\n`,
  });
  const { changes, left, unknown, migrated: count } = migrateProject({ folder, only: [] });
  expect(count).toBe(0);
  expect(unknown).toEqual([{ file: 'c.js', line: 1, method: 'updateOne' }]);
  // A collection without a view has no mark: it is tried again when there is one.
  expect([...changes.keys()]).toEqual([join(folder, 'a.js')]);
  expect(left.map(({ file, line, reason }) => [file, line, reason])).toEqual([
    ['a.js', 2, 'this is a JavaScript file: the compiler can’t check the call, so rename the file first'],
    ['b.ts', 2, "the collection 'others' has no view: write one with safe-collection init"],
  ]);
});

it('a call whose result does not fit three functions on is taken back, and its annotation with it', async () => {
  const folder = projectOf(`const load = async (db: Db, name: string): Promise<User | null> => {
  return await users(db).findOne({ username: name });
};
const middle = async (db: Db, name: string) => await load(db, name);
const outer = async (db: Db, name: string) => {
  const user = await middle(db, name);
  return user;
};
const takes = (user: User) => user.username;
export async function run(db: Db) {
  const user = await outer(db, 'a');
  return user === null ? '' : takes(user);
}`);
  expect(await runMigrate({ folder, options: { write: true } })).toBe(0);
  expect(compile(folder)).toBe('');
  expect(readFileSync(join(folder, 'code.ts'), 'utf8')).toMatch(
    /Promise<User \| null> => \{\n {2}\/\/ safe-collection: it would not compile .*\n {2}return await users\(db\)\.findOne/,
  );
  expect(printed.join('\n')).not.toContain('It does not compile yet');
});

it('two calls that need one filter for two views stay', () => {
  const folder = folderOf({
    'model.ts': MODEL,
    'views.ts': `${VIEWS}export const guestView = defineView<User>()({ name: 'guests', public: { username: 1, age: 1 } });\n`,
    'code.ts': `import type { Db, Filter } from 'mongodb';
import type { User } from './model.js';
export async function run(db: Db) {
  const filter: Filter<User> = { age: { $gt: 1 } };
  const users = await db.collection<User>('users').countDocuments(filter);
  return users + (await db.collection<User>('guests').countDocuments(filter));
}
`,
  });
  const { left, migrated: count } = migrateProject({ folder, only: [] });
  expect(count).toBe(0);
  expect(left.map(({ reason }) => reason)).toEqual([
    'its filter is also used in code.ts:6, which stays: write the filter here',
    'another call needs the same text in another form',
  ]);
});

it('files of the names that the tool writes are not overwritten, and errors that were there before cost no call', async () => {
  const folder = projectOf(`export async function run(db: Db) {
  const user = await users(db).findOne({ username: 'a' });
  return user?.age;
}`);
  const own = 'export const collections = 1;\n';
  mkdirSync(join(folder, 'safe-collections'));
  writeFileSync(join(folder, 'collections.js'), own);
  writeFileSync(join(folder, 'collections.d.ts'), 'export declare const collections: 1;\n');
  writeFileSync(
    join(folder, 'broken.ts'),
    `import { raw } from './code.js';\nexport const wrong: string = raw.users.length;\n`,
  );
  expect(await runMigrate({ folder, options: { write: true } })).toBe(0);
  expect(readFileSync(join(folder, 'collections.js'), 'utf8')).toBe(own);
  const code = readFileSync(join(folder, 'code.ts'), 'utf8');
  expect(code).toContain("from './safe-safe-collections.js'");
  expect(code).toContain('safeDb(db).users.findOne');
  expect(migrateProject({ folder, only: [] }).changes.size).toBe(0);
});

it('a file outside of rootDir costs no call', () => {
  const folder = projectOf(`export async function run(db: Db) {
  const user = await users(db).findOne({ username: 'a' });
  return user?.age;
}`);
  mkdirSync(join(folder, 'app'));
  for (const name of ['code.ts', 'model.ts', 'views.ts']) renameSync(join(folder, name), join(folder, 'app', name));
  writeFileSync(join(folder, 'shared.ts'), 'export const shared = 1;\n');
  writeFileSync(
    join(folder, 'app/uses.ts'),
    `export { shared } from '../shared.js';\nexport { run } from './code.js';\n`,
  );
  const config = join(folder, 'tsconfig.json');
  const { compilerOptions, ...rest } = JSON.parse(readFileSync(config, 'utf8')) as { compilerOptions: object };
  writeFileSync(config, JSON.stringify({ ...rest, compilerOptions: { ...compilerOptions, rootDir: 'app' } }));
  const { migrated: count, faults } = migrateProject({ folder: join(folder, 'app'), only: [] });
  expect([count, faults]).toEqual([1, []]);
});

it('a project without calls says which calls were looked for', async () => {
  await runMigrate({ folder: folderOf({}), options: {} });
  await runMigrate({ folder: folderOf({}), options: { from: 'mongoose' } });
  expect(printed).toEqual([
    'There is no call of the driver to migrate. Is this the folder that holds your sources?',
    'There is no call of a Mongoose model to migrate. Is this the folder that holds your sources?',
  ]);
});

/** The files of a folder, by their names. */
function textsIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

it('the sample shop as it is now is what migrate makes of it, 95 % of its calls', async () => {
  const { 'views.ts': views = '' } = textsIn(join(EXAMPLES, 'after'));
  const folder = folderOf({});
  cpSync(join(EXAMPLES, 'before'), folder, { recursive: true });
  writeFileSync(join(folder, 'views.ts'), views);
  compile(folder);
  expect(await runMigrate({ folder, options: { write: true } })).toBe(0);
  const made = textsIn(folder);
  for (const [name, text] of Object.entries(textsIn(join(EXAMPLES, 'after')))) expect.soft(made[name], name).toBe(text);
  expect(Object.keys(made).toSorted()).toEqual(Object.keys(textsIn(join(EXAMPLES, 'after'))).toSorted());
  expect(printed.join('\n')).toMatch(/122 of 128 calls migrated \(95\.3 %\), 6 left with a mark/);
});

it('the sample shop: most calls are migrated, the others are marked, and a second run changes nothing', () => {
  const before = migrateProject({ folder: join(EXAMPLES, 'before'), only: [] }); // It has no views, so every call is listed.
  const after = migrateProject({ folder: join(EXAMPLES, 'after'), only: [] });
  const total = before.migrated + before.left.length;
  expect(total).toBe(128);
  expect(1 - after.left.length / total).toBeGreaterThanOrEqual(0.95);
  expect(after.migrated).toBe(0);
  expect(after.changes.size).toBe(0);
});
