import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The files of a list that git could not bring back: changed or never committed. Empty outside of a git repository. */
export function uncommitted(folder: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  const root = git('rev-parse', '--show-toplevel');
  const status = git('status', '--porcelain', '-z', '--untracked-files=all', '--no-renames');
  if (root.status !== 0 || status.status !== 0) return [];
  const changed = new Set(
    status.stdout.split('\0').flatMap((entry) => (entry === '' ? [] : [join(root.stdout.trim(), entry.slice(3))])),
  );
  return paths.filter((path) => changed.has(path));
}
