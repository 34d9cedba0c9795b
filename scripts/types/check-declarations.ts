import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { compileWithCommand } from './compile-with-command.ts';
import type { Verdict } from './judge.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CONSUMER = join(ROOT, 'test/types/consumer/consumer.ts');
/** Below node_modules, so that `mongodb` and `type-fest` are found as in a project that installed the package. */
const FOLDER = join(ROOT, 'node_modules/.cache/safe-collection-consumer');

/** The supported compilers. */
const COMPILERS: ReadonlyMap<string, string> = new Map([
  ['TypeScript 5.9', 'typescript-5.9/bin/tsc'],
  ['TypeScript 6', 'typescript/bin/tsc'],
  ['TypeScript 7', '@typescript/native/bin/tsc'],
]);

interface Consumer {
  readonly module: string;
  readonly moduleResolution: string;
  readonly file: string;
  /** The only compiler that has this resolution; by default all have it. */
  readonly compiler?: string;
}

/** The ways in which a consumer resolves packages, each with a file for ESM or CommonJS. */
const CONSUMERS: readonly Consumer[] = [
  { module: 'nodenext', moduleResolution: 'nodenext', file: 'consumer.mts' },
  { module: 'nodenext', moduleResolution: 'nodenext', file: 'consumer.cts' },
  { module: 'esnext', moduleResolution: 'bundler', file: 'consumer.ts' },
  // The default of TypeScript 5 for CommonJS. It does not read `exports`, but `typesVersions`.
  { module: 'commonjs', moduleResolution: 'node10', file: 'consumer-node10.ts', compiler: 'TypeScript 5.9' },
];

/** Builds the package, and compiles a consumer of it with each compiler in each way, including declaration files. */
export function checkDeclarations(): Verdict {
  install();
  const failures: string[] = [];
  let passed = 0;
  for (const { file, compiler: only, ...resolution } of CONSUMERS) {
    const project = writeProject(file, resolution);
    for (const [compiler, path] of COMPILERS) {
      if (only !== undefined && only !== compiler) continue;
      const faults = compileWithCommand(join(ROOT, 'node_modules', path), project);
      if (faults.length === 0) passed += 1;
      for (const fault of faults) {
        failures.push(`the built declarations, ${file}, ${compiler}: ${fault.file}:${fault.line}: ${fault.message}`);
      }
    }
  }
  return { passed, failures };
}

/** Copies the built package to where the consumer finds it by its name. */
function install(): void {
  const target = join(FOLDER, 'node_modules/safe-collection');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const build = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/tsup/dist/cli-default.js'), '--silent', '--out-dir', join(target, 'dist')],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (build.status !== 0) throw new Error(`The package can't be built: ${build.stdout}${build.stderr}`);
  copyFileSync(join(ROOT, 'package.json'), join(target, 'package.json'));
}

function writeProject(file: string, resolution: object): string {
  writeFileSync(join(FOLDER, file), readFileSync(CONSUMER));
  const project = join(FOLDER, `tsconfig.${file}.json`);
  const compilerOptions = {
    ...resolution,
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  return project;
}
