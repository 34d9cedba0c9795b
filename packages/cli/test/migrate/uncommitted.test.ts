import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { runMigrate } from '../../src/migrate/run-migrate.ts';
import { projectOf } from '../support/user-project.ts';

vi.setConfig({ testTimeout: 240_000 });

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation((text: unknown) => void printed.push(String(text)));
});
afterEach(() => vi.restoreAllMocks());

it('a file with changes that are not committed is only changed with --force', async () => {
  const folder = projectOf('export const count = (db: Db) => users(db).countDocuments({ age: 3 });');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], { cwd: folder });
  git('init', '-q');
  const code = join(folder, 'code.ts');
  const before = readFileSync(code, 'utf8');
  const write = (force = false) => runMigrate({ folder, options: { write: true, force } });

  expect(await write()).toBe(1);
  git('add', 'code.ts');
  git('commit', '-q', '-m', 'code');
  const edited = `${before}// more\n`;
  writeFileSync(code, edited);
  expect(await write()).toBe(1);
  expect(readFileSync(code, 'utf8')).toBe(edited);
  expect(printed.slice(-3)).toEqual([
    'Nothing was written, because these files have changes that are not committed:',
    '  code.ts',
    'Commit them first, so that git shows what migrate changed, or add --force.',
  ]);

  git('commit', '-q', '-a', '-m', 'more');
  writeFileSync(join(folder, 'views.ts'), `${readFileSync(join(folder, 'views.ts'), 'utf8')}\n`);
  expect(await write()).toBe(0);
  expect(readFileSync(code, 'utf8')).toContain('safeDb(db).users.countDocuments');
  writeFileSync(code, edited);
  expect(await write(true)).toBe(0);
});
