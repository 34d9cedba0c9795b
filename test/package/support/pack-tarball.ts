import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const PACKED = ['package.json', 'tsconfig.json', 'tsup.config.ts', 'README.md', 'LICENSE', 'CHANGELOG.md', 'src'];

/** The package as it would be published. */
export interface PackedTarball {
  /** A folder for this one package, in which others may work too. */
  readonly stage: string;
  readonly tarball: string;
  remove(): Promise<void>;
}

/** Builds into a separate folder, and packs that as for publication. */
export async function packTarball({ declarations = false } = {}): Promise<PackedTarball> {
  const stage = await mkdtemp(join(tmpdir(), 'packed-'));
  const source = join(stage, 'source');
  await mkdir(source);
  await run('cp', ['-r', ...PACKED.map((name) => join(root, name)), `${source}/`]);
  await symlink(join(root, 'node_modules'), join(source, 'node_modules'));
  await run(
    process.execPath,
    [join(root, 'node_modules/tsup/dist/cli-default.js'), ...(declarations ? [] : ['--no-dts'])],
    { cwd: source },
  );
  await run('npm', ['pack', '--silent', '--pack-destination', stage], { cwd: source });
  const name = (await readdir(stage)).find((each) => each.endsWith('.tgz'));
  if (name === undefined) throw new Error('nothing was packed');
  return { stage, tarball: join(stage, name), remove: () => rm(stage, { recursive: true }) };
}
