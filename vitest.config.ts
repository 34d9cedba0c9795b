import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/setup/count-reporter.ts';

/**
 * The files of these folders share one process for each worker, so that the driver and the library are loaded once and not for each
 * file. They change no prototype, module or environment for good. The other files have a process each.
 */
const SHARED = ['aggregate', 'guard', 'http', 'layout', 'privileged', 'view'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** It measures the memory and the time of its process. */
const MEASURES = 'test/aggregate/planning-cost.test.ts';

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
    projects: [
      { resolve, test: { ...limits, name: 'shared', include: SHARED, exclude: [MEASURES], isolate: false } },
      { resolve, test: { ...limits, name: 'isolated', include: ['test/**/*.test.ts'], exclude: SHARED } },
      { resolve, test: { ...limits, name: 'measured', include: [MEASURES] } },
    ],
  },
});
