import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';

import { readPrisma } from '../../src/from-prisma/read-prisma.ts';
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

/** What Prisma answers, by its documentation. */
const ANSWERS = {
  register: { id: true, role: 'MEMBER', bio: null, visits: 0, city: 'London', street: null },
  addAll: 2,
  byId: { id: true, name: 'Ada', email: 'ada@example.org', bio: null },
  'byId of another': null,
  byEmail: 'Ada 24',
  search: ['Ada', 'Bob', 'Eve'],
  'search by role, one': ['Ada'],
  'search takes a text as it is': [['Bob'], []],
  page: [
    { names: ['Bob', 'Ada', 'Eve'], total: 3 },
    { names: ['Ada', 'Eve', 'Bob'], total: 3 },
  ],
  starting: 2,
  withoutBio: ['Ada', 'Bob', 'Eve'],
  rename: { name: 'Ada L.', bio: null, tags: ['renamed'] },
  'withoutBio again': ['Bob', 'Eve'],
  nullBio: 1,
  tagged: [{ name: 'Eve', tags: ['a', 'b'] }],
  inCity: [1, 0],
  change: { visits: 1, bio: null },
  'change to null': { visits: 1, bio: 'new' },
  demote: 1,
  ensure: ['new MEMBER', 'new MEMBER', 2],
  must: true,
  'must not': 'Error: There is no such document.',
  first: ['name', 'createdAt'],
  login: 'hash',
  write: { id: true, title: 'Notes', authorId: true, published: false },
  'publish nothing': 'Error: There is no such document.',
  ofAuthor: [{ title: 'Notes', likes: 2, mine: true }],
  ofAuthors: 1,
  others: [[], [{ title: 'Notes', published: true }]],
  all: [{ id: true, title: 'Notes', body: 'On engines', published: true, likes: 2, authorId: true, at: true }],
  byTitle: ['Ada', null],
  drop: 'Notes',
  'drop again': 'Error: There is no such document.',
  clear: 0,
  touch: [1, 0],
  stored: {
    email: 'ada@example.org',
    name: 'Ada',
    bio: 'new',
    password_hash: 'hash',
    role: 'MEMBER',
    visits: 1,
    tags: ['renamed'],
    address: { city: 'London' },
    created_at: true,
    updatedAt: true,
  },
};

const LEFT = [
  ['posts.ts', 'create', "Prisma computes the default of 'id' (cuid())"],
  ['posts.ts', 'update', 'it is in a transaction of Prisma: use withTransaction() of the library'],
  ['users.ts', 'count', "'bio' is optional: a missing field does not match 'not' in Prisma, and does in MongoDB"],
  ['users.ts', 'findUnique', "include of 'posts' joins several records: use findPopulated()"],
  ['users.ts', 'groupBy', 'write it with aggregate() of the library and $group'],
];

it('the sample blog: the migrated calls compile, and answer as Prisma does', async () => {
  const folder = copyOf('prisma');
  // The scenario closes the database that the migration opens.
  expect(compile(folder)).toMatch(/^.*Cannot find module '.\/database.js'.*\n$/);
  expect(await runMigrate({ folder, options: { from: 'prisma', views: 'src/views.ts', write: true } })).toBe(0);
  expect(compile(folder)).toBe('');
  expect(printed.at(-1)).toContain('34 of 39 calls migrated');

  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/blog-${randomUUID()}`;
  expect(runFile(folder, 'src/scenario.ts', [], { DATABASE_URL: uri.href })).toEqual(ANSWERS);

  const again = migrateSource(readPrisma(undefined), { folder, only: [] });
  expect(again.changes.size).toBe(0);
  expect(again.left.map(({ file, method, reason }) => [file.replace('src/', ''), method, reason])).toEqual(LEFT);
});
