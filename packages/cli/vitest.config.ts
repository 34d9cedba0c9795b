import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { CountReporter } from '../../test/setup/count-reporter.ts';

export default defineConfig({
  resolve: {
    alias: [{ find: /^safe-collection$/, replacement: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['../../test/setup/global-setup.ts'],
    reporters: ['default', new CountReporter()],
    maxWorkers: 2,
    // The test files leave no changes behind, and loading the compiler takes seconds.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
