import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';

/** Makes one CommonJS file of a target and the library, which the engine can load and count the coverage of. Throws if it can't. */
export function bundleTarget(target: string, folder: string, root: string): string {
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
  // The engine reads no private names of classes, which the target takes away.
  const how = ['--no-config', '--format', 'cjs', '--target', 'es2019', '--platform', 'node', '--silent'];
  execFileSync(process.execPath, [tsup, target, ...how, '--out-dir', folder], { cwd: root, stdio: 'inherit' });
  return join(folder, basename(target).replace(/\.ts$/, '.cjs'));
}
