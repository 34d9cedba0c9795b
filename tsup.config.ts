import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/privileged.ts',
    'src/fastify.ts',
    'src/express.ts',
    'src/hono.ts',
    'src/testing.ts',
    'src/agent.ts',
  ],
  format: ['esm', 'cjs'],
  // What the entries share goes into chunks, in CommonJS too: two copies of a module would not know each other's marks.
  splitting: true,
  // tsup's declaration step sets `baseUrl`, which TypeScript 6 reports as deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0', paths: {} } },
  target: 'es2022',
  platform: 'node',
  clean: true,
  treeshake: true,
});
