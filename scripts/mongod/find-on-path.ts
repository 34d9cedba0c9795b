import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Host } from './host.ts';
import { type MongodBinary, tryBinary } from './try-binary.ts';

export async function findOnPath(host: Host): Promise<MongodBinary> {
  const name = host.platform === 'win32' ? 'mongod.exe' : 'mongod';
  const folders = (host.env['PATH'] ?? '').split(delimiter).filter(Boolean);

  for (const folder of folders) {
    const path = join(folder, name);
    if (await isProgram(path)) return tryBinary(host, path, 'the PATH');
  }
  throw new Error('not there');
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
