import { defineConfig } from 'vitest/config';

import { CountReporter } from '../../test/setup/count-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new CountReporter()],
    maxWorkers: 2,
    // The first case with types reads the types of the library and the driver.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
