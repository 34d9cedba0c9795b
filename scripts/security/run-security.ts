import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { securityTable, type Line } from './security-table.ts';

/** Runs the whole security matrix, of which `npm test` runs a sample, and prints one table. */
const ROOT = resolve(import.meta.dirname, '../..');
const folder = await mkdtemp(join(tmpdir(), 'safe-collection-security-'));
const file = join(folder, 'report.jsonl');
const start = performance.now();
try {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', 'test/security', ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...process.env, SECURITY: 'full', SECURITY_REPORT: file },
    stdio: 'inherit',
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  console.log(`\n${securityTable(lines.map((line) => JSON.parse(line) as Line))}`);
  console.log(`test:security took ${Math.round((performance.now() - start) / 1000)} s`);
  process.exitCode = status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
