import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { migrateProject } from '../../src/migrate/migrate-project.ts';
import { folderOf } from '../support/folder.ts';
import { HEAD, MODEL, projectOf, VIEWS } from '../support/user-project.ts';

vi.setConfig({ testTimeout: 240_000 });

const reasonsIn = (folder: string) => migrateProject({ folder, only: [] }).left.map(({ reason }) => reason);

it('a read stays if its document is stored elsewhere, or if its projection takes other elements of an array', () => {
  const archive = `const archive = (db: Db): Collection<Document> => db.collection(process.title);`;
  const folder = projectOf(`import type { Collection, Document } from 'mongodb';
${archive}
export async function one(db: Db) { const user = await users(db).findOne({ age: 1 }); if (user) await archive(db).insertOne(user); }
export async function part(db: Db) { const user = await users(db).findOne({ age: 2 }); if (user) { const { _id, ...rest } = user; await archive(db).updateOne({ _id }, { $set: rest }); } }
export async function all(db: Db) { const list = await users(db).find({ age: 3 }).toArray(); await archive(db).bulkWrite(list.map((document) => ({ insertOne: { document } }))); }
export async function last(db: Db) { return users(db).find({}, { projection: { notes: { $slice: -1 } } }).map((user) => user.notes?.[0]?.by).toArray(); }
export async function secret(db: Db) { const user = await users(db).findOne({}, { projection: { password_hash: { $slice: 1 } } }); return user?.password_hash === ''; }`);
  const stored = (method: string) => `the document goes into ${method}(), which would store its public fields only`;
  expect(reasonsIn(folder)).toEqual(
    expect.arrayContaining([
      stored('insertOne'),
      stored('updateOne'),
      stored('bulkWrite'),
      "the projection computes 'notes': the library's are 1 and true",
      "the projection computes 'password_hash': the library's are 1 and true",
    ]),
  );
});

it('errors that a file outside of the folder had before do not count', () => {
  const code = `import '../outside.js';
export async function one(db: Db) { const user = await users(db).findOne({ age: 1 }); return user?.age; }
export const raw = { users };
export type Kept = [Filter<User>, FindOptions, Sort, ObjectId];`;
  const folder = folderOf({
    'outside.ts': `import { one } from './app/code.js';\nimport { gone } from 'not-installed';\nexport const kept = [one, gone];`,
    'app/model.ts': MODEL,
    'app/views.ts': VIEWS,
    'app/code.ts': `${HEAD}${code}`,
  });
  expect(migrateProject({ folder: join(folder, 'app'), only: [] })).toMatchObject({ migrated: 1, faults: [] });
});
