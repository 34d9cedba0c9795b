import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import type { ESLint as Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import * as openings from './cases/openings.ts';
import * as privileged from './cases/privileged-names.ts';
import * as reExports from './cases/re-exports.ts';
import * as requests from './cases/request-input.ts';
import { FIXTURES } from './rule-testers.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const installed = join(root, '../../node_modules');

/** A project that has the built plugin installed. */
let app = '';

beforeAll(async () => {
  app = await realpath(await mkdtemp(join(tmpdir(), 'linters-')));
  const plugin = join(app, 'node_modules/eslint-plugin-safe-collection');
  await mkdir(plugin, { recursive: true });
  await run(
    process.execPath,
    [join(installed, 'tsup/dist/cli-default.js'), '--no-dts', '--out-dir', join(plugin, 'dist')],
    { cwd: root },
  );
  await cp(join(root, 'package.json'), join(plugin, 'package.json'));
  for (const name of ['picomatch', '@eslint-community'])
    await symlink(join(installed, name), join(app, 'node_modules', name));
  await writeFile(join(app, 'package.json'), '{ "name": "app", "type": "module" }');
  await cp(FIXTURES, join(app, 'cases'), { recursive: true });
  const cases = CASES.map(({ rule, code, at }) => [fileOf(rule, at), code] as const);
  for (const [path, lines] of [...Object.entries(FILES), ...cases]) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    await writeFile(join(app, path), lines);
  }
}, 120_000);

afterAll(() => rm(app, { recursive: true }));

const OPTIONS = {
  'safe-collection/no-raw-collection': ['error', { allow: ['src/database'] }],
  'safe-collection/no-privileged-import': ['error', { allow: ['src/trusted'] }],
};

const FILES: Readonly<Record<string, string>> = {
  'src/database/open.js':
    "import { MongoClient } from 'mongodb';\nexport const users = new MongoClient('mongodb://h').db().collection('users');\n",
  'src/trusted/login.js':
    "import { PrivilegedCollection } from 'safe-collection/privileged';\nexport const made = PrivilegedCollection;\n",
  'src/routes/users.js': [
    "import { MongoClient } from 'mongodb';",
    "import { op, trusted } from 'safe-collection';",
    "import { Sensitive } from 'safe-collection/privileged';",
    'export const made = [MongoClient, Sensitive];',
    'export const edit = (req) => trusted({ set: req.body });',
    'export const list = (req) => op(req.query.age);',
    'export const remove = (users, text) => users.deleteMany(JSON.parse(text));',
    '',
  ].join('\n'),
  'eslint.config.js': `import safeCollection from 'eslint-plugin-safe-collection';\nexport default [{ files: ['src/**'] }, safeCollection.configs.recommended, { rules: ${JSON.stringify(OPTIONS)} }];\n`,
  '.oxlintrc.json': JSON.stringify({
    jsPlugins: ['eslint-plugin-safe-collection'],
    categories: { correctness: 'off' },
    rules: {
      'safe-collection/no-any-argument': 'error',
      'safe-collection/no-request-in-trusted': 'error',
      'safe-collection/no-spread-exposed': 'error',
      ...OPTIONS,
    },
  }),
};

const casesOf = (rule: string, found: readonly string[], clean: readonly string[]) =>
  [...found, ...clean].map((code, at) => ({ rule, code, at, isFound: at < found.length }));

/** The cases of the rules' own tests that need no types. */
const CASES = [
  ...casesOf('no-request-in-trusted', requests.FOUND, requests.NOT_FOUND),
  ...casesOf('no-raw-collection', openings.FOUND, openings.NOT_FOUND),
  ...casesOf('no-privileged-import', privileged.FOUND, privileged.NOT_FOUND),
  ...casesOf('no-request-in-trusted', reExports.FOUND, reExports.NOT_FOUND).map((one) => ({
    ...one,
    at: one.at + 1000,
  })),
];
const fileOf = (rule: string, at: number) => `cases/src/routes/${rule}-${at}.ts`;

const FOUND = [
  'src/routes/users.js:1 no-raw-collection',
  'src/routes/users.js:3 no-privileged-import',
  'src/routes/users.js:5 no-request-in-trusted',
  'src/routes/users.js:6 no-request-in-trusted',
  'src/routes/users.js:7 no-any-argument',
];

describe.each(['eslint', 'eslint-9'])('%s', (linter) => {
  it('runs the recommended rules of the built plugin', async () => {
    const { ESLint } = createRequire(import.meta.url)(linter) as { readonly ESLint: typeof Linter };
    const results = await new ESLint({ cwd: app }).lintFiles(['src']);
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line, ruleId, message }) =>
          `${filePath.slice(app.length + 1)}:${line} ${ruleId?.replace('safe-collection/', '') ?? message}`,
      ),
    );
    expect(found).toEqual(FOUND);
  });
});

/** Runs an oxlint in the project, and returns `file:line rule` for each message. */
async function oxlint(linter: string, folder: string): Promise<readonly string[]> {
  const manifest = createRequire(import.meta.url).resolve(`${linter}/package.json`);
  const args = [join(dirname(manifest), 'bin/oxlint'), '-c', '.oxlintrc.json', '--format', 'json', folder];
  const text = await run(process.execPath, args, { cwd: app, maxBuffer: 1e8 }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
  const { diagnostics } = JSON.parse(text) as {
    diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[];
  };
  return diagnostics.map(
    ({ code, filename, labels }) => `${filename}:${labels[0]?.span.line} ${/\((.+)\)/.exec(code)?.[1]}`,
  );
}

describe.each(['oxlint', 'oxlint-newest'])('%s', (linter) => {
  it('runs the same rules as a plugin in JavaScript', async () => {
    expect((await oxlint(linter, 'src')).toSorted()).toEqual(FOUND);
  });

  it('reports what the rules find without types, and nothing else', async () => {
    const found = await oxlint(linter, 'cases/src/routes');
    const reported = new Set(found.map((line) => line.replace(/:\d+ /, ' ')));
    const expected = CASES.filter(({ isFound }) => isFound).map(({ rule, at }) => `${fileOf(rule, at)} ${rule}`);
    expect(expected.filter((line) => !reported.has(line))).toEqual([]);
    const own = new Set(CASES.map(({ rule, at }) => `${fileOf(rule, at)} ${rule}`));
    expect([...reported].filter((line) => own.has(line) && !expected.includes(line))).toEqual([]);
  });
});

describe('CommonJS', () => {
  it('loads the plugin by require()', async () => {
    const lines =
      "const plugin = require('eslint-plugin-safe-collection'); console.log(Object.keys(plugin.rules ?? plugin.default.rules).length);";
    expect((await run(process.execPath, ['--input-type=commonjs', '-e', lines], { cwd: app })).stdout).toBe('5\n');
  });
});
