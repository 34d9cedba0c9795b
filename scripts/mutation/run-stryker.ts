import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Area } from './areas.ts';
import { keyOf, rangeOf, type Mutant } from './find-mutants.ts';
import type { Tried } from './summary.ts';

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Reported[] }>>;
}

interface Reported {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: Readonly<Record<'start' | 'end', { readonly line: number; readonly column: number }>>;
}

export interface Where {
  readonly root: string;
  /** A folder for the settings and the report. */
  readonly folder: string;
  readonly mongodbUri: string;
}

/** Tries the mutants of one area with its tests. Throws if Stryker fails. */
export async function runStryker(area: Area, mutants: readonly Mutant[], where: Where): Promise<readonly Tried[]> {
  const report = join(where.folder, `${area.name}.json`);
  const settings = join(where.folder, `${area.name}.config.json`);
  await writeFile(settings, JSON.stringify(settingsFor(mutants, report)));
  const stryker = join(where.root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawn(process.execPath, [stryker, 'run', settings], {
    cwd: where.root,
    env: { ...process.env, MONGODB_URI: where.mongodbUri, MUTATION_TESTS: area.tests.join(' ') },
    stdio: 'inherit',
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`Stryker failed in the area "${area.name}".`);
  return triedOf(mutants, JSON.parse(await readFile(report, 'utf8')) as Report);
}

function settingsFor(mutants: readonly Mutant[], report: string): object {
  return {
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: true },
    plugins: ['@stryker-mutator/vitest-runner', './scripts/mutation/ignore-sentences.mjs'],
    ignorers: ['sentences'],
    mutate: [...new Set(mutants.map(rangeOf))],
    coverageAnalysis: 'perTest',
    // What runs only while a module loads would need all tests for each mutant: tables of names, mostly, which `check:grammar` changes.
    ignoreStatic: true,
    concurrency: 2,
    dryRunTimeoutMinutes: 30,
    symlinkNodeModules: true,
    // The copy needs what the tests read.
    ignorePatterns: ['/site', '/packages', '/bench', 'dist', 'coverage'],
    // Stryker would rewrite the paths of a tsconfig.json that it finds; vitest reads none.
    tsconfigFile: 'none.json',
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    timeoutMS: 10_000,
    cleanTempDir: 'always',
    allowConsoleColors: false,
  };
}

/** The chosen mutants with what became of them. Stryker also tries those inside of a chosen one: they do not count. */
function triedOf(mutants: readonly Mutant[], { files }: Report): readonly Tried[] {
  const statuses = new Map<string, string>();
  for (const [file, { mutants: reported }] of Object.entries(files))
    for (const { mutatorName, replacement = '', status, location } of reported) {
      const { line, column } = location.start;
      statuses.set([file, line, column - 1, mutatorName, replacement].join(' '), status);
    }
  return mutants.map((mutant) => ({ ...mutant, status: statuses.get(keyOf(mutant)) ?? 'Missing' }));
}
