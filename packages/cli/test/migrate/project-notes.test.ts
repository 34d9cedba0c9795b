import { expect, it } from 'vitest';

import { migrateProject } from '../../src/migrate/migrate-project.ts';
import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { folderOf } from '../support/folder.ts';

const printed = capturePrinted();
const JAVASCRIPT = { 'a.js': `export const one = (db) => db.collection('users').findOne({ name: 'a' });\n` };

it('calls in JavaScript files are listed, and what to do is said once', async () => {
  expect(await runMigrate({ folder: folderOf(JAVASCRIPT), options: { write: true } })).toBe(0);
  expect(printed).toEqual([
    'a.js:1 findOne: this is a JavaScript file: the compiler can’t check the call, so rename the file first',
    '0 of 1 calls migrated (0 %), 1 left with a mark.',
    'Calls in JavaScript files are only listed. Rename one file at a time to .ts (strict may stay off), and run migrate --only on it.',
  ]);
});

it('a compiler that is too old for the library is named', async () => {
  for (const [version, isOld] of [
    ['5.0.2', true],
    ['4.9.5', true],
    ['5.9.3', false],
    ['6.0.0', false],
    ['7.0.2', false],
  ] as const) {
    printed.length = 0;
    const installed = { 'node_modules/typescript/package.json': JSON.stringify({ version }) };
    await runMigrate({ folder: folderOf({ ...JAVASCRIPT, ...installed }), options: {} });
    expect(
      printed.some((line) =>
        line.startsWith(`TypeScript ${version} is installed here, and the library needs 5.9 or later`),
      ),
      version,
    ).toBe(isOld);
  }
});

const MONOREPO = {
  'tsconfig.json': '{ "include": ["apps"] }',
  'views.ts': `import { defineView } from 'safe-collection';
interface User { name: string }
export const userView = defineView<User>()({ name: 'users', public: { name: 1 } });
`,
  'apps/api/tsconfig.json': '{ "extends": "../../tsconfig.json", "include": ["."] }',
  'apps/api/a.ts': `import type { Db } from 'mongodb';
export const one = (db: Db) => db.collection<{ name: string }>('users').countDocuments({ name: 'a' });
`,
  'apps/web/tsconfig.json': '{}',
  'apps/web/b.ts': '',
};
const OWN =
  'apps/api has a tsconfig.json of its own. Run migrate in that folder, so that the result is compiled with it.';

it('a changed file that has a tsconfig of its own is checked with another one, which is said', () => {
  const folder = folderOf(MONOREPO);
  expect(migrateProject({ folder, only: [] }).notes).toEqual([OWN]);
  expect(migrateProject({ folder, tsconfig: 'apps/api/tsconfig.json', only: [] }).notes).toEqual([]);
});

it('a tsconfig that only lists other projects is refused: nothing says how their files are compiled', () => {
  const references = [{ path: './apps/api' }, { path: './apps/web' }];
  const solution = { ...MONOREPO, 'tsconfig.json': JSON.stringify({ files: [], references }) };
  expect(() => migrateProject({ folder: folderOf(solution), only: [] })).toThrow(
    'tsconfig.json only lists other projects: ./apps/api, ./apps/web. Run migrate in the folder of one of them, or name its tsconfig with --tsconfig.',
  );
  const own = { ...solution, 'tsconfig.json': JSON.stringify({ files: [], references, include: ['apps'] }) };
  expect(migrateProject({ folder: folderOf(own), only: [] }).migrated).toBe(1);
});
