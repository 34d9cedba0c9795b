import { resolve } from 'node:path';

import { runInFolder } from './run-in-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TSUP = resolve(ROOT, 'node_modules/tsup/dist/cli-default.js');

/** Builds the package like `npm run build`, because the published code is measured. Its declarations take a minute more. */
export function buildPackage({ declarations = false } = {}): void {
  console.error('bench: building the package');
  const types = declarations ? [] : ['--no-dts'];
  runInFolder(ROOT, process.execPath, [TSUP, '--silent', ...types, '--out-dir', 'bench/.package']);
}
