import { spawnSync } from 'node:child_process';

export function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, text: stdout + stderr, stdout };
}

export function expect(name: string, isTrue: boolean, text: string): void {
  console.log(`${isTrue ? 'ok' : 'not ok'}: ${name}`);
  if (isTrue) return;
  console.error(text);
  process.exitCode = 1;
}

/** Packs a package of this repository, and names the tarball. */
export function pack(path: string, into: string) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
  const [packed] = JSON.parse(run('npm', args, path).stdout) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (packed === undefined) throw new Error(`Nothing was packed of ${path}.`);
  return packed;
}
