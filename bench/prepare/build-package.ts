import { resolve } from 'node:path';

import { runInFolder } from './run-in-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TSUP = resolve(ROOT, 'node_modules/tsup/dist/cli-default.js');

/** Builds the package's JavaScript like `npm run build`, because the published code is measured. */
export function buildPackage(): void {
  console.error('bench: building the package');
  runInFolder(ROOT, process.execPath, [TSUP, '--silent', '--no-dts', '--out-dir', 'bench/.package']);
}
