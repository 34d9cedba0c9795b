import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { migrateProject } from '../../src/migrate/migrate-project.ts';
import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { compile } from '../support/compile.ts';
import { projectOf } from '../support/user-project.ts';

vi.setConfig({ testTimeout: 240_000 });

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const OWNERS = `import type { ObjectId } from 'mongodb';
export const ownedBy = (user: { _id: ObjectId; hash: string } | undefined, hash: string) => {
  if (user === undefined && hash === '') throw new Error('who?');
  return user === undefined ? { password_hash: hash, age: { $exists: false } } : { _id: user._id };
};
`;
const CALLS = `import { ownedBy } from './owners.js';
export async function count(db: Db, name: string, hash: string) {
  return await users(db).countDocuments({ username: name, ...ownedBy(undefined, hash) });
}
export async function load(db: Db, hash: string) {
  const user = await users(db).findOne(ownedBy(undefined, hash));
  return user?.age;
}
`;

/** The texts of the code and of the functions after a run. The result compiles, and a second run changes nothing. */
async function migrated(code: string, owners = OWNERS) {
  const folder = projectOf(code, { 'owners.ts': owners });
  expect(await runMigrate({ folder, options: { write: true } })).toBe(0);
  expect(compile(folder)).toBe('');
  expect(migrateProject({ folder, only: [] }).changes.size).toBe(0);
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { folder, code: text('code.ts'), owners: text('owners.ts') };
}

it('a filter that a function makes is trusted if it has private paths, alone and in a spread', async () => {
  const { code, owners } = await migrated(CALLS);
  expect(code).toContain(
    'safeDb(db).users.countDocuments({ username: name }, { trusted: trusted({ filter: ownedBy(undefined, hash) }) })',
  );
  expect(code).toContain(
    'safeDb(db).users.findOne({}, { projection: { age: 1 }, trusted: trusted({ filter: ownedBy(undefined, hash) }) })',
  );
  expect(owners).toContain('{ password_hash: hash, age: op({ $exists: false }) }');
});

it('if a call that stays uses the function too, the others get a copy of it, and a later run the same one', async () => {
  const staying = `export async function replace(db: Db, user: User) {
  await users(db).replaceOne(ownedBy(undefined, user.password_hash), user);
}
`;
  const { folder, code, owners } = await migrated(`${CALLS}${staying}`);
  expect(code).toContain("import { ownedBy, safeOwnedBy } from './owners.js';");
  expect(code).toContain('trusted({ filter: safeOwnedBy(undefined, hash) })');
  expect(code).toContain('.replaceOne(ownedBy(undefined, user.password_hash), user)');
  expect(owners)
    .toContain(`\n\nexport const safeOwnedBy = (user: { _id: ObjectId; hash: string } | undefined, hash: string) => {
  if (user === undefined && hash === '') throw new Error('who?');
  return user === undefined ? { password_hash: hash, age: op({ $exists: false }) } : { _id: user._id };
};`);
  expect(owners).toContain('{ password_hash: hash, age: { $exists: false } }');
  const { changes } = migrateProject({ folder, only: ['owners.ts'] });
  expect(changes.size).toBe(0);
});

it('a filter in a variable that a call which stays uses too is not changed', async () => {
  const { code } = await migrated(`export async function both(db: Db, user: User) {
  const filter = { age: { $gt: 3 } };
  await users(db).replaceOne(filter, user);
  return await users(db).countDocuments(filter);
}
`);
  expect(code).toContain('const filter = { age: { $gt: 3 } };');
  expect(code).toMatch(/its filter is also used in code\.ts:8, which stays: write the filter here\n.*users\(db\)/);
});

it('request input inside operators and lists is not trusted either', () => {
  const folder = projectOf(`const req = { body: { when: new Date(), hash: 'a' }, query: { when: new Date() } };
export async function run(db: Db) {
  await users(db).countDocuments({ deleted_at: { $gt: req.query.when } });
  await users(db).countDocuments({ $or: [{ deleted_at: req.query.when }, { age: 3 }] });
  await users(db).updateOne({ age: 3 }, { $push: { tags: { $each: [req.body.hash] } } });
}`);
  expect(migrateProject({ folder, only: [] }).left.map(({ reason }) => reason)).toEqual([
    "request input is compared with 'deleted_at', which the view does not make filterable",
    "request input is compared with '$or', which the view does not make filterable",
    "request input is stored at 'tags': make its fields writable in userView",
  ]);
});

it('the fields of a $set in a variable are taken apart by what is writable', async () => {
  const { code } =
    await migrated(`export async function save(db: Db, name: string, changes: Pick<User, 'age' | 'deleted_at'>) {
  await users(db).updateOne({ username: name }, { $set: changes });
}
`);
  expect(code).toContain(`  const { age, ...rest } = changes;
  await safeDb(db).users.updateOne({ username: name }, { $set: { age } }, { trusted: trusted({ update: { $set: rest } }) });`);
});
