import { expect, it } from 'vitest';

import { openProject } from '../../src/project/index.ts';
import { folderOf } from '../support/folder.ts';

const SOLUTION = '{ "files": [], "references": [{ "path": "./apps/api" }, { "path": "./apps/web" }] }';

/** The type of the constant `value` in a file. */
const typeIn = (root: string, path: string, tsconfig?: string): string =>
  openProject(root, tsconfig === undefined ? {} : { tsconfig })
    .project.getSourceFileOrThrow(`${root}/${path}`)
    .getVariableDeclarationOrThrow('value')
    .getType()
    .getText();

it('a short name means in each package what its own tsconfig says', () => {
  const own = '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }';
  const root = folderOf({
    'tsconfig.json': SOLUTION,
    'apps/api/tsconfig.json': own,
    'apps/api/src/name.ts': `export const name = 'api' as const;`,
    'apps/api/src/routes/a.ts': `import { name } from '@/name'; export const value = name;`,
    'apps/web/tsconfig.json': own,
    'apps/web/src/name.ts': `export const name = 'web' as const;`,
    'apps/web/src/a.ts': `import { name } from '@/name'; export const value = name;`,
  });
  expect(typeIn(root, 'apps/api/src/routes/a.ts')).toBe('"api"');
  expect(typeIn(root, 'apps/web/src/a.ts')).toBe('"web"');
});

it('a tsconfig of another name counts after tsconfig.json', () => {
  const root = folderOf({
    'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    'tsconfig.app.json':
      '{ "extends": "./tsconfig.base.json", "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    'tsconfig.base.json': '{ "compilerOptions": { "paths": { "@/*": ["./other/*"], "#*": ["./src/*"] } } }',
    'src/name.ts': `export const name = 'source' as const;`,
    'other/name.ts': `export const name = 'other' as const;`,
    'src/a.ts': `import { name } from '@/name'; export const value = name;`,
    'src/b.ts': `import { name } from '#name'; export const value = name;`,
  });
  expect(typeIn(root, 'src/a.ts')).toBe('"source"');
  expect(typeIn(root, 'src/b.ts')).toBe('"source"');
});

it('a file without a tsconfig of its own follows that of the whole folder', () => {
  const root = folderOf({
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./libs" } }',
    'libs/name.ts': `export const name = 'lib' as const;`,
    'apps/api/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    'apps/api/a.ts': `import { name } from 'name'; export const value = name;`,
  });
  expect(typeIn(root, 'apps/api/a.ts')).toBe('"lib"');
});

it.each([
  ['@acme/db', 'packages/db/src/index.ts'],
  ['@acme/db/users', 'packages/db/src/users.ts'],
  ['@acme/db/users', 'packages/db/users.ts'],
  ['@acme/db/lib/users', 'packages/db/lib/users.ts'],
])('%s is found by the name of its package, which is neither installed nor built', (name, path) => {
  const root = folderOf({
    'packages/db/package.json': '{ "name": "@acme/db", "main": "./dist/index.js" }',
    'packages/broken/package.json': '{ nonsense',
    'packages/nameless/package.json': '{}',
    [path]: `export const name = 'found' as const;`,
    'apps/api/a.ts': `import { name } from '${name}'; export const value = name;`,
  });
  expect(typeIn(root, 'apps/api/a.ts')).toBe('"found"');
});

it('the file that a package names is its source', () => {
  const root = folderOf({
    'db/package.json': '{ "name": "db", "types": "./main.ts" }',
    'db/main.ts': `export const name = 'main' as const;`,
    'db/src/index.ts': `export const name = 'index' as const;`,
    'a.ts': `import { name } from 'db'; export const value = name;`,
  });
  expect(typeIn(root, 'a.ts')).toBe('"main"');
});

it('a tsconfig that the user names is the only one', () => {
  const root = folderOf({
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./one/*"] } } }',
    'tsconfig.app.json': '{ "compilerOptions": { "paths": { "@/*": ["./two/*"] } } }',
    'one/name.ts': `export const name = 'one' as const;`,
    'two/name.ts': `export const name = 'two' as const;`,
    'a.ts': `import { name } from '@/name'; export const value = name;`,
  });
  expect(typeIn(root, 'a.ts')).toBe('"one"');
  expect(typeIn(root, 'a.ts', 'tsconfig.app.json')).toBe('"two"');
});

it('a broken tsconfig below the folder is left out, and said', () => {
  const root = folderOf({ 'apps/web/tsconfig.json': '{ nonsense', 'a.ts': '' });
  expect(openProject(root).notes).toEqual([
    expect.stringMatching(/apps\/web\/tsconfig\.json is not a tsconfig: .*[^.]\. It was left out\.$/),
  ]);
});
