import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/setup/count-reporter.ts';
import { LongestFirst } from './test/setup/longest-first.ts';

const inFolders = (...folders: readonly string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/**
 * They install the package, follow the tutorial, start servers, run the benchmark or the sample of the migration, or change lists and compile.
 * `npm run test:slow` runs them, `npm test` doesn't.
 */
const SLOW = [
  ...inFolders('package', 'tutorial', 'grammar', 'server', 'examples/migration'),
  'test/bench/quick-run.test.ts',
];

/** They measure the memory or the time of their process. */
const MEASURED = [
  'test/aggregate/planning-cost.test.ts',
  'test/decode/memory.test.ts',
  'test/security/adversarial.test.ts',
  'test/security/after-call.test.ts',
];

/** They change prototypes, modules or the environment, or start compilers: each file has its own process. */
const ISOLATED = [
  ...inFolders('bench', 'docs', 'editor', 'plan'),
  'test/decode/prototype.test.ts',
  'test/write/step-down.test.ts',
];

const resolve = {
  alias: [
    { find: /^safe-collection$/, replacement: fileURLToPath(new URL('./src/index.ts', import.meta.url)) },
    { find: /^safe-collection\/(.+)$/, replacement: fileURLToPath(new URL('./src/$1.ts', import.meta.url)) },
  ],
};

const limits = { testTimeout: 120_000, hookTimeout: 120_000, expect: { requireAssertions: true } };

export default defineConfig({
  test: {
    // One server for all projects.
    globalSetup: ['./test/setup/global-setup.ts'],
    reporters: ['default', new CountReporter()],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // All other files share a process for each worker, so that the driver and the library are loaded once.
        resolve,
        test: {
          ...limits,
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...ISOLATED, ...MEASURED, ...SLOW],
          isolate: false,
        },
      },
      { resolve, test: { ...limits, name: 'isolated', include: ISOLATED, exclude: SLOW, maxConcurrency: 200 } },
      {
        resolve,
        // New objects are collected after each megabyte, so that the memory in use shows what a call keeps.
        test: { ...limits, name: 'measured', include: MEASURED, execArgv: ['--max-semi-space-size=1'] },
      },
      { resolve, test: { ...limits, name: 'slow', include: SLOW } },
      // Its dependencies are installed by `npm run test:interop`.
      { resolve, test: { ...limits, name: 'interop', include: ['examples/interop/test/*.test.ts'] } },
    ],
  },
});
