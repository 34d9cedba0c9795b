import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from './run-command.ts';

/** The user's own cache, outside the tree: one fetched binary serves every clone. */
export function cacheFolder(env: Environment): string {
  const base = env['XDG_CACHE_HOME'] ?? '';
  // The XDG specification says to ignore a relative path.
  return join(isAbsolute(base) ? base : join(homedir(), '.cache'), 'safe-collection');
}

/** Provides a temporary folder on the same disk as the cache, because a rename is atomic only within one disk. */
export async function withWorkFolder<T>(env: Environment, use: (folder: string) => Promise<T>): Promise<T> {
  const parent = cacheFolder(env);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, 'work-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
