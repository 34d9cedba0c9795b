import { expect, it } from 'vitest';

import { openProject, ProjectError } from '../../src/project/index.ts';
import { folderOf } from '../support/folder.ts';

const names = (root: string) =>
  openProject(root)
    .project.getSourceFiles()
    .map((file) => file.getBaseName())
    .toSorted();

it('sources of both languages, without what was installed or built', () => {
  const root = folderOf({
    'a.ts': '',
    'b.js': '',
    'c.tsx': '',
    'd.mjs': '',
    'e.cts': '',
    'dist/x.js': '',
    'node_modules/y/y.js': '',
    'w.min.js': '',
  });
  expect(names(root)).toEqual(['a.ts', 'b.js', 'c.tsx', 'd.mjs', 'e.cts']);
});

it('declarations, without those that were made from a source beside them', () => {
  const root = folderOf({
    'a.ts': '',
    'a.d.ts': '',
    'b.tsx': '',
    'b.d.ts': '',
    'c.mts': '',
    'c.d.mts': '',
    'd.js': '',
    'd.d.ts': '',
    'e.d.ts': '',
    '.hidden/f.d.ts': '',
    '.hidden/g.ts': '',
    'tsconfig.json': '{ "include": [".hidden/*.ts"] }',
  });
  expect(names(root)).toEqual(['a.ts', 'b.tsx', 'c.mts', 'd.d.ts', 'd.js', 'e.d.ts', 'f.d.ts']);
});

it('the paths of a tsconfig lead to files', () => {
  const root = folderOf({
    'tsconfig.json': `{ /* a comment */ "compilerOptions": { "paths": { "@/*": ["./src/*"] }, "moduleResolution": "node10" } }`,
    'src/a.ts': `export const one = 'one' as const;`,
    'b.ts': `import { one } from '@/a'; export const two = one;`,
  });
  expect(
    openProject(root).project.getSourceFileOrThrow('b.ts').getVariableDeclarationOrThrow('two').getType().getText(),
  ).toBe('"one"');
});

it('a broken tsconfig is left out, and said', () => {
  expect(openProject(folderOf({ 'tsconfig.json': '{ nonsense', 'a.ts': '' })).notes).toEqual([
    expect.stringContaining('It was left out.'),
  ]);
});

it('a missing folder or file is refused with advice', () => {
  expect(() => openProject('/no/such/folder')).toThrow(ProjectError);
  expect(() => openProject('/no/such/folder')).toThrow('There is no folder /no/such/folder. Give the folder');
  expect(() => openProject(folderOf({}), { tsconfig: 'tsconfig.app.json' })).toThrow('Leave --tsconfig out');
});

it('a file in place of a folder is told from none at all', () => {
  const folder = folderOf({ 'a.ts': '' });
  expect(() => openProject(`${folder}/a.ts`)).toThrow('a.ts is a file. Give the folder that holds your sources');
  expect(() => openProject(`${folder}/b`)).toThrow('There is no folder');
});
