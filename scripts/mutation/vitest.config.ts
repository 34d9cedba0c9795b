import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

import { LEFT_OUT } from './areas.ts';

const ROOT = new URL('../../', import.meta.url);
const inRoot = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** For the mutated copy: one project, the tests of one area, and the server that `run-mutation.ts` started. */
export default defineConfig({
  root: inRoot('.'),
  resolve: {
    alias: [
      { find: /^safe-collection$/, replacement: inRoot('src/index.ts') },
      { find: /^safe-collection\/(.+)$/, replacement: inRoot('src/$1.ts') },
    ],
  },
  test: {
    provide: { mongodbUri: process.env['MONGODB_URI'] ?? '' },
    include: (process.env['MUTATION_TESTS'] ?? 'test/**/*.test.ts').split(' '),
    exclude: [...LEFT_OUT],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
    isolate: false,
  },
});
