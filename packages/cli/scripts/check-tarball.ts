/** Packs this package, installs it in an empty folder and runs it there. Build first. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, pack, run } from './check.ts';
import { checkNewcomer } from './check-newcomer.ts';

const PACKAGE = resolve(import.meta.dirname, '..');
const PUBLISHED = /^(?:dist\/[\w.-]+\.js|LICENSE|README\.md|package\.json)$/;
const VIEW = (more: string) =>
  `import { defineView } from 'safe-collection';\nexport const userView = defineView<User>()({ name: 'users', public: { username: 1${more} } });\n`;
const CALL = `export const one = (db, res) => db.collection('users').findOne({ a: 1 }).then((user) => res.json(user));\nexport const add = (db) => db.collection('users').insertOne({ password: hash(), name: 'a' });\n`;

const folder = mkdtempSync(join(tmpdir(), 'safe-collection-tarball-'));
try {
  const packed = pack(PACKAGE, folder);
  const surplus = packed.files.map(({ path }) => path).filter((path) => !PUBLISHED.test(path));
  expect('the tarball has nothing else', surplus.length === 0, surplus.join('\n'));

  const app = join(folder, 'app');
  mkdirSync(join(app, 'src'), { recursive: true });
  writeFileSync(join(app, 'package.json'), '{ "private": true }');
  const installed = run('npm', ['install', '--no-audit', '--no-fund', join(folder, packed.filename)], app);
  expect('it installs in an empty folder', installed.status === 0, installed.text);

  const bin = join(app, 'node_modules/.bin/safe-collection');
  const call = (...args: readonly string[]) => run(bin, args, app);
  const help = call('--help');
  expect(
    '--help lists the commands',
    help.status === 0 && ['audit', 'init', 'lock'].every((name) => help.text.includes(name)),
    help.text,
  );
  writeFileSync(join(app, 'src/calls.js'), CALL);
  const audit = call('audit', 'src');
  expect(
    'audit finds a call',
    audit.status === 0 && audit.text.includes('users.findOne() sends "password" to a client at calls.js:1'),
    audit.text,
  );
  const init = call('init', 'src', '--yes', '--out', 'written.ts');
  expect('init writes a view', init.status === 0 && init.text.includes('1 view'), init.text);
  writeFileSync(join(app, 'src/written.ts'), VIEW(''));
  const lock = call('lock', 'src');
  expect('lock writes its file', lock.status === 0, lock.text);
  writeFileSync(join(app, 'src/written.ts'), VIEW(', email: 1'));
  const started = performance.now();
  const check = call('lock', 'src', '--check');
  expect(
    `lock --check fails on a widening (${Math.round(performance.now() - started)} ms)`,
    check.status === 1 && check.text.includes('this change makes `users.email` filterable'),
    check.text,
  );
  const offline = call('audit', 'src', '--uri', 'mongodb://127.0.0.1:1/x');
  expect(
    'a server that is not there ends with 3',
    offline.status === 3 && offline.text.includes('No server answered'),
    offline.text,
  );
  checkNewcomer(folder, packed.filename);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
