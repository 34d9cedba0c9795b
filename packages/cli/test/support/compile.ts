import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** Compiles a folder against the library's sources, as strictly as the library itself. The result is what is wrong. */
export function compile(folder: string): string {
  const tsconfig = join(folder, 'tsconfig.json');
  const modules = resolve(import.meta.dirname, '../../../../node_modules');
  const compilerOptions = {
    paths: {
      'safe-collection': [join(ROOT, 'src/index.ts')],
      'safe-collection/privileged': [join(ROOT, 'src/privileged.ts')],
      mongodb: [join(ROOT, 'node_modules/mongodb/mongodb.d.ts')],
    },
    typeRoots: [join(modules, '@types')],
    noUnusedLocals: true,
  };
  writeFileSync(
    tsconfig,
    JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['./**/*.ts'], exclude: [] }),
  );
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const { stdout } = spawnSync(process.execPath, [join(modules, '@typescript/native/bin/tsc'), '-p', tsconfig], {
    encoding: 'utf8',
  });
  return stdout;
}
