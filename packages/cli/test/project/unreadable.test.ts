import files from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { auditProject } from '../../src/audit/audit-project.ts';
import { runInit } from '../../src/init/run-init.ts';
import { runLock } from '../../src/lock/run-lock.ts';
import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { folderOf } from '../support/folder.ts';

/** The tests may run as a user who can read everything, so the file system refuses what has this name. */
const CLOSED = /closed(?:\.ts)?$/;

beforeEach(() => {
  for (const name of ['readdirSync', 'readFileSync'] as const) {
    const real = files[name] as (...given: readonly unknown[]) => unknown;
    vi.spyOn(files, name).mockImplementation(((...given: readonly unknown[]) => {
      if (CLOSED.test(String(given[0]))) throw Object.assign(new Error('refused'), { code: 'EACCES' });
      return real(...given);
    }) as never);
  }
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const printed = capturePrinted();

function project() {
  const folder = folderOf({
    'a.ts': `import { MongoClient } from 'mongodb';
export interface User { name: string }
export const users = new MongoClient('mongodb://127.0.0.1').db().collection<User>('users');
export const one = () => users.findOne({ name: 'a' });
`,
    'closed/b.ts': '',
    'closed.ts': '',
  });
  const notes = ['closed', 'closed.ts'].map((name) => `${join(folder, name)} can’t be read (EACCES). It was left out.`);
  return { folder, notes };
}

it('audit goes on without a file and a folder that it can’t read, and says so', () => {
  const { folder, notes } = project();
  const report = auditProject({ folder, samples: [] });
  expect(report.calls).toHaveLength(1);
  expect(report.notes).toEqual(notes);
});

it('so do init, lock and migrate', async () => {
  const { folder, notes } = project();
  expect(await runInit({ folder, options: { yes: true } })).toBe(0);
  expect(printed).toEqual([...notes, expect.stringContaining('1 view')]);
  printed.length = 0;
  expect(await runLock({ folder, options: {} })).toBe(0);
  expect(printed).toEqual([...notes, expect.stringContaining('1 view')]);
  printed.length = 0;
  expect(await runMigrate({ folder, options: {} })).toBe(0);
  expect(printed).toEqual(expect.arrayContaining([...notes, expect.stringContaining('1 of 1 calls can be migrated')]));
});
