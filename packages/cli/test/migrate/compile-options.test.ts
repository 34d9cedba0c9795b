import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { compileOptions } from '../../src/migrate/compile-options.ts';
import { migrateProject } from '../../src/migrate/migrate-project.ts';
import { ts } from '../../src/project/index.ts';
import { folderOf } from '../support/folder.ts';
import { projectOf } from '../support/user-project.ts';

vi.setConfig({ testTimeout: 240_000 });

const optionsWith = (version: string, options: object) =>
  compileOptions(
    folderOf({
      'node_modules/typescript/package.json': JSON.stringify({ version }),
      'tsconfig.json': JSON.stringify({ compilerOptions: options }),
    }),
    undefined,
  );

it('the defaults are those of the compiler of the project', () => {
  expect(optionsWith('5.9.3', {})).toMatchObject({
    strict: false,
    types: ['*'],
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: false,
    allowSyntheticDefaultImports: false,
  });
  const modern = optionsWith('5.9.3', { strict: true, module: 'nodenext', types: ['node'] });
  expect(modern).toMatchObject({ strict: true, types: ['node'], module: ts.ModuleKind.NodeNext });
  expect(modern.moduleResolution).toBeUndefined();
  expect(optionsWith('6.0.3', {})).not.toHaveProperty('strict');
});

it('global types of the project count: its declarations are compiled too, also those of a hidden folder', () => {
  const folder = projectOf(
    `export async function run(db: Db, request: App.Request, at: App.Made) {
  return await users(db).countDocuments({ username: request.user, age: at });
}`,
    {
      'app.d.ts': 'declare namespace App {\n  interface Request {\n    user: string;\n  }\n}\n',
      'made.d.ts': 'declare namespace App {\n  type Made = number;\n}\n',
    },
  );
  const hidden = join(folder, '.made');
  mkdirSync(hidden);
  writeFileSync(join(hidden, 'made.d.ts'), readFileSync(join(folder, 'made.d.ts')));
  writeFileSync(join(folder, 'made.d.ts'), 'export {};\n');
  const config = join(folder, 'tsconfig.json');
  const read = JSON.parse(readFileSync(config, 'utf8')) as object;
  writeFileSync(config, JSON.stringify({ ...read, include: ['./**/*.ts', '.made/*.d.ts'] }));
  expect(existsSync(config)).toBe(true);
  expect(migrateProject({ folder, only: [] })).toMatchObject({ migrated: 1, left: [], faults: [] });
});
