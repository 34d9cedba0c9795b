import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';

import { readMongoose } from '../../src/from-mongoose/read-mongoose.ts';
import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { migrateSource } from '../../src/sources/migrate-source.ts';
import { compile } from '../support/compile.ts';
import { copyOf, runFile } from '../support/run-folder.ts';

vi.setConfig({ testTimeout: 600_000 });

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  const keep = (text: unknown) => void printed.push(String(text));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

const LEFT = [
  ['posts.ts', 'find', 'the query is built step by step: write it in one piece'],
  ['posts.ts', 'create', "its schema has a hook at 'save', which only Mongoose runs"],
  ['posts.ts', 'findOne', "the code reads 'label', which is a virtual of the schema"],
  ['posts.ts', 'new', 'a document that is saved later: store it with create(), in one piece'],
  [
    'users.ts',
    'findOne',
    "the projection asks for 'passwordHash', which userView does not make public: make it public, or read it with a PrivilegedCollection",
  ],
  ['users.ts', 'findById', 'the code calls save() of the document: change it with updateOne() of the model'],
];

it('the sample blog: the migrated calls compile, and give and store what Mongoose does', async () => {
  const folder = copyOf('mongoose');
  expect(compile(folder)).toBe('');
  const run = () => runFile(folder, 'src/scenario.ts', [inject('mongodbUri'), `blog-${randomUUID()}`]);
  const before = run();

  expect(await runMigrate({ folder, options: { from: 'mongoose', views: 'src/views.ts', write: true } })).toBe(0);
  expect(printed.at(-1)).toContain('36 of 42 calls migrated');
  expect(compile(folder)).toBe('');
  expect(run()).toEqual(before);

  const again = migrateSource(readMongoose, { folder, only: [] });
  expect(again.changes.size).toBe(0);
  expect(again.left.map(({ file, method, reason }) => [file.replace('src/', ''), method, reason])).toEqual(LEFT);
  const posts = readFileSync(join(folder, 'src/posts.ts'), 'utf8');
  for (const [file, , reason = ''] of LEFT)
    if (file === 'posts.ts') expect(posts).toContain(`// safe-collection: ${reason}\n`);
});
