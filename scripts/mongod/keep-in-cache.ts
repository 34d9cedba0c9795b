import { rename } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import type { Environment } from './run-command.ts';
import { sha256File } from './sha256-file.ts';
import type { MongodBinary } from './try-binary.ts';

/**
 * Moves a binary into the cache under the name of its hash, so that later uses can check it. The rename is atomic: if two
 * processes do this at once, both find a complete file.
 */
export async function keepInCache(env: Environment, binary: MongodBinary): Promise<MongodBinary> {
  const name = `mongod-${await sha256File(binary.path)}${extname(binary.path)}`;
  const path = join(cacheFolder(env), name);
  await rename(binary.path, path);
  return { ...binary, path };
}
