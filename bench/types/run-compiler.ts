import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const MODULES = resolve(import.meta.dirname, '../../node_modules');

/** The compilers that print what they needed. TypeScript 7 on one thread, so that its count is the same each time. */
const COMPILERS = {
  'TypeScript 6': [join(MODULES, 'typescript/bin/tsc')],
  'TypeScript 7': [join(MODULES, '@typescript/native/bin/tsc'), '--singleThreaded'],
} as const;

/** What a compiler needed for one module. */
export interface Needed {
  readonly instantiations: number;
  /** Seconds in which the types were checked. */
  readonly check: number;
  /** Seconds from start to end. */
  readonly total: number;
  readonly megabytes: number;
}

/** Compiles one module in `folder`, with its project and some more options. Throws an error if it does not compile. */
export function runCompiler(
  compiler: keyof typeof COMPILERS,
  folder: string,
  source: string,
  options: object = {},
): Needed {
  const place = join(folder, '.types');
  mkdirSync(place, { recursive: true });
  try {
    const file = join(place, 'tsconfig.json');
    writeFileSync(join(place, 'cost.ts'), source);
    writeFileSync(
      file,
      JSON.stringify({ extends: '../tsconfig.json', compilerOptions: options, include: ['cost.ts'] }),
    );
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...COMPILERS[compiler], '-p', file, '--noEmit', '--extendedDiagnostics'],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${compiler} refuses the module:\n${stdout}${stderr}`);
    const after = (label: string): number => numberAfter(label, stdout, compiler);
    return {
      instantiations: after('Instantiations'),
      check: after('Check time'),
      total: after('Total time'),
      megabytes: after('Memory used') / 1024,
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function numberAfter(label: string, output: string, compiler: string): number {
  const found = new RegExp(`^${label}:\\s+(?<number>[\\d.]+)`, 'm').exec(output)?.groups?.['number'];
  if (found === undefined) throw new Error(`${compiler} prints no ${label}`);
  return Number(found);
}
