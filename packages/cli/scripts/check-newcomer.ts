/** The library, this package and the lint plugin from their tarballs, in an application of their own: the way of a newcomer. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, pack, run } from './check.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }',
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022", "noEmit": true, "skipLibCheck": true, "types": [] }, "include": ["src"] }',
  'src/database/db.ts': `import { MongoClient, type ObjectId } from 'mongodb';
export interface User { _id: ObjectId; username: string; age: number; password_hash: string }
const client = new MongoClient('mongodb://127.0.0.1');
export const users = () => client.db('shop').collection<User>('users');
`,
  'src/app.ts': `import { users } from './database/db.js';
export async function profile(username: string) {
  const user = await users().findOne({ username });
  return user && { name: user.username, age: user.age };
}
export const adults = () => users().find({ age: { $gte: 18 } }).project({ username: 1 }).toArray();
export const hashes = (ids: string[]) => users().find({ $where: ids.join() }).toArray();
`,
  'eslint.config.js': `import safeCollection from 'eslint-plugin-safe-collection';
import tseslint from 'typescript-eslint';
export default tseslint.config({
  files: ['src/**/*.ts'],
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
  extends: [safeCollection.configs.recommended],
  rules: { 'safe-collection/no-raw-collection': ['error', { allow: ['src/database'] }] },
});
`,
};

/** `tarball` is that of this package, which is in `folder` already. */
export function checkNewcomer(folder: string, tarball: string): void {
  const app = join(folder, 'newcomer');
  mkdirSync(join(app, 'src/database'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(app, path), text);
  const others = [ROOT, join(ROOT, 'packages/eslint-plugin')].map((path) => pack(path, folder).filename);
  const packages = ['mongodb@7', 'typescript@5.9', 'eslint@9', 'typescript-eslint@8'];
  const tarballs = [tarball, ...others].map((name) => join(folder, name));
  const installed = run('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...packages], app);
  expect('the library, the tool and the lint plugin install together', installed.status === 0, installed.text);

  const tool = (...args: readonly string[]) => run(join(app, 'node_modules/.bin/safe-collection'), args, app);
  const compiled = () => run(join(app, 'node_modules/.bin/tsc'), ['-p', '.'], app);
  for (const command of ['audit', 'init', 'migrate', 'lock']) {
    const help = tool(command, '--help');
    expect(`${command} --help has examples`, help.status === 0 && help.text.includes('Examples'), help.text);
    const wrong = tool(command, '--helpp');
    expect(
      `${command} knows a mistyped option`,
      wrong.status === 2 && wrong.text.includes('Did you mean --help?'),
      wrong.text,
    );
    const nowhere = tool(command, 'nowhere');
    expect(
      `${command} names a missing folder`,
      nowhere.status === 2 && nowhere.text.includes('There is no folder nowhere'),
      nowhere.text,
    );
  }
  const unlocked = tool('lock', '--check');
  expect('lock --check fails without a view', unlocked.status === 1, unlocked.text);

  const init = tool('init', 'src', '--yes');
  expect('init writes views that compile', init.status === 0 && compiled().status === 0, init.text + compiled().text);
  const dry = tool('migrate');
  expect(
    'migrate shows a diff and writes nothing',
    dry.status === 0 && dry.text.includes('+import { safeDb }'),
    dry.text,
  );
  const migrated = tool('migrate', '--write');
  expect('migrate rewrites two calls of three', migrated.text.includes('2 of 3 calls migrated'), migrated.text);
  expect('the result compiles', compiled().status === 0, compiled().text);
  const text = readFileSync(join(app, 'src/app.ts'), 'utf8');
  expect('the third call has a mark', text.includes("// safe-collection: '$where' reads any field"), text);
  const again = tool('migrate', '--write');
  const isSame = readFileSync(join(app, 'src/app.ts'), 'utf8') === text;
  expect('a second run changes nothing', again.status === 0 && isSame, again.text);
  const locks = [tool('lock'), tool('lock', '--check')];
  expect(
    'lock and lock --check agree',
    locks.every(({ status }) => status === 0),
    locks.map((one) => one.text).join('\n'),
  );

  const lint = run(join(app, 'node_modules/.bin/eslint'), ['src'], app);
  const reported = lint.text.match(/safe-collection\/no-raw-collection/g)?.length ?? 0;
  expect('the linter reports the raw call that is left', lint.status === 1 && reported > 0, lint.text);
}
