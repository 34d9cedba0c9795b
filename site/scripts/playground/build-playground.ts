import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build, type BuildOptions } from 'esbuild';

import { readDeclarations } from './read-declarations.ts';

/** What TypeScript asks Node for, and does without in a browser. */
const NODE_MODULES = ['fs', 'path', 'os', 'crypto', 'inspector', 'perf_hooks', 'module', 'url', 'source-map-support'];

/** Writes the compiler and the editor of the playground, and the declarations that the compiler reads. */
export async function buildPlayground(root: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'types.json'), JSON.stringify(readDeclarations(root)));
  const source = join(root, 'site/.vitepress/theme/playground');
  const shared: BuildOptions = {
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
    loader: { '.ttf': 'file' },
  };
  await build({
    ...shared,
    entryPoints: { worker: join(source, 'worker.ts'), 'editor.worker': 'monaco-editor/editor/editor.worker.js' },
    absWorkingDir: join(root, 'site'),
    format: 'iife',
    external: NODE_MODULES,
  });
  await build({ ...shared, entryPoints: { editor: join(source, 'open-editor.ts') }, format: 'esm' });
}
