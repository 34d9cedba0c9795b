import { createRequire } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withWorkFolder } from './cache-folder.ts';
import type { Host } from './host.ts';
import { keepInCache } from './keep-in-cache.ts';
import { type MongodBinary, tryBinary } from './try-binary.ts';

const FROM = "mongodb-memory-server's download";
const SCRIPT = fileURLToPath(new URL('./download-in-child.ts', import.meta.url));

/** The download of mongodb-memory-server, in a child process, because a hanging request can be ended only from outside. */
export async function downloadBinary(host: Host): Promise<MongodBinary> {
  host.say('mongod: none on this machine yet; fetching one, which is then kept in the cache');
  return withWorkFolder(host.env, async (folder) => {
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const output = await host.run(process.execPath, ['--import', tsx, SCRIPT, folder], {
      env: downloadEnvironment(host),
      totalMs: 15 * 60_000,
      silenceMs: 20_000,
    });
    const path = output.trim().split('\n').at(-1) ?? '';
    const binary = await tryBinary(host, path, FROM);
    // It may have found a binary in its own cache, which is not moved.
    return isInside(folder, path) ? keepInCache(host.env, binary) : binary;
  });
}

function downloadEnvironment({ env }: Host): Host['env'] {
  return {
    ...env,
    // No further attempts if the host can't be reached: the next way is faster.
    MONGOMS_MAX_RETRIES: env['MONGOMS_MAX_RETRIES'] ?? '1',
    MONGOMS_VALIDATE_BINARY_CHECKSUM: 'true',
    // mongodb-memory-server checks the server's certificate only with this setting.
    npm_config_strict_ssl: env['npm_config_strict_ssl'] ?? 'true',
  };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}
