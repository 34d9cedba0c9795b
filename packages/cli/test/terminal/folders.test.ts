import { join } from 'node:path';

import { expect, it } from 'vitest';

import { runAudit } from '../../src/audit/run-audit.ts';
import { runInit } from '../../src/init/run-init.ts';
import { runLock } from '../../src/lock/run-lock.ts';
import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { folderOf } from '../support/folder.ts';

const printed = capturePrinted();

it.each([
  ['audit', runAudit],
  ['init', runInit],
  ['lock', runLock],
  ['migrate', runMigrate],
])('%s of a file, or of no folder, says what to give', async (_name, run) => {
  const folder = folderOf({ 'a.ts': '' });
  await expect(run({ folder: join(folder, 'a.ts'), options: {} })).rejects.toThrow(/a\.ts is a file\. Give the folder/);
  await expect(run({ folder: join(folder, 'no'), options: {} })).rejects.toThrow(
    /There is no folder .*no\. Give the folder/,
  );
});

it('lock --check without a view and a lock file fails: it may be the wrong folder', async () => {
  expect(await runLock({ folder: folderOf({ 'a.ts': '' }), options: { check: true } })).toBe(1);
  expect(printed[0]).toBe('No defineView() was found. Is this the folder that holds your sources?');
  expect(printed[1]).toContain('There is no ');
});
