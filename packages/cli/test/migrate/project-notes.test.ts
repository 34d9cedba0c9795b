import { expect, it } from 'vitest';

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
