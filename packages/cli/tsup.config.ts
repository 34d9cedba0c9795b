import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  clean: true,
  treeshake: true,
  // Each command is loaded when it is asked for: help comes without ts-morph.
  splitting: true,
  banner: { js: '#!/usr/bin/env node' },
});
