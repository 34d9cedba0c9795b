import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { runInFolder } from './run-in-folder.ts';

const PEERS = resolve(import.meta.dirname, '../peers');

/** Installs the other libraries according to the lock file, unless they are installed. */
export function installPeers(): void {
  if (existsSync(resolve(PEERS, 'node_modules/.package-lock.json'))) return;
  console.error('bench: installing what the library is compared with');
  runInFolder(PEERS, process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund']);
}
