import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PRIVILEGED =
  "import { PrivilegedCollection } from 'safe-collection/privileged';\nexport const made = PrivilegedCollection.name;\n";
const CLIENT = "import { MongoClient } from 'mongodb';\nexport const made = MongoClient.name;\n";

/** Lints one file of a project that has the configuration of docs/your-job.md; gives what the linter says. */
async function lint(path: string, code: string): Promise<string> {
  const docs = await readFile(join(root, 'docs/your-job.md'), 'utf8');
  const config = /<!-- oxlint -->\n```json\n(.*?)```/s.exec(docs)?.[1] ?? expect.fail('no configuration');
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, '.oxlintrc.json'), config);
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), code);
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', '.oxlintrc.json', path],
      { cwd: folder },
      (error, stdout) => resolve(error === null ? 'clean' : stdout),
    );
  });
}

it.each([
  ['src/trusted/login.ts', PRIVILEGED],
  ['src/database/open.ts', CLIENT],
  [
    'src/routes/users.ts',
    "import { SafeCollection } from 'safe-collection';\nexport const made = SafeCollection.name;\n",
  ],
])('the lint rule of docs/your-job.md lets %s be', async (path, code) => {
  expect(await lint(path, code)).toBe('clean');
});

it.each([
  ['src/routes/users.ts', PRIVILEGED, 'Privileged reads live in src/trusted.'],
  [
    'src/routes/users.ts',
    "export { Sensitive } from 'safe-collection/privileged';\n",
    'Privileged reads live in src/trusted.',
  ],
  [
    'src/routes/users.ts',
    "export type { Sensitive } from 'safe-collection/privileged';\n",
    'Privileged reads live in src/trusted.',
  ],
  ['src/database/open.ts', PRIVILEGED, 'Privileged reads live in src/trusted.'],
  ['src/routes/users.ts', CLIENT, 'The raw database is opened in src/database.'],
  ['src/trusted/login.ts', CLIENT, 'The raw database is opened in src/database.'],
])('the lint rule of docs/your-job.md stops %s', async (path, code, message) => {
  expect(await lint(path, code)).toContain(message);
});
