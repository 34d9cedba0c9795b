import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import type { Host } from './host.ts';
import { reasonOf } from './reason-of.ts';
import { sha256File } from './sha256-file.ts';
import { type MongodBinary, tryBinary } from './try-binary.ts';

const CACHED_NAME = /^mongod-([0-9a-f]{64})(\.exe)?$/;

export async function findInCache(host: Host): Promise<MongodBinary> {
  const folder = cacheFolder(host.env);
  const failures: string[] = [];

  for (const name of await readdir(folder).catch(() => [])) {
    const expected = CACHED_NAME.exec(name)?.[1];
    if (expected === undefined) continue;
    try {
      return await checkCached(host, join(folder, name), expected);
    } catch (error) {
      failures.push(reasonOf(error));
    }
  }
  throw new Error(failures.join('; ') || 'empty');
}

async function checkCached(host: Host, path: string, expected: string): Promise<MongodBinary> {
  const actual = await sha256File(path);
  if (actual === expected) return tryBinary(host, path, 'the cache');

  const reason = `${path} is damaged (its sha256 is ${actual}) and was not used`;
  host.say(`mongod: ${reason}`);
  throw new Error(reason);
}
