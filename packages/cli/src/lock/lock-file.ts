import { FileError } from '../terminal/file-error.ts';
import { readJson, writeText } from '../terminal/files.ts';
import { SETS } from './view-lock.ts';
import type { LockFile, ViewLock } from './view-lock.ts';

/** Reads a lock file; `undefined` if there is none. A broken one is refused, not treated as empty. */
export function readLock(path: string): LockFile | undefined {
  const content = readJson(path);
  if (content === undefined) return undefined;
  if (isLock(content)) return content;
  throw new FileError(
    `${path} is not a lock file of this version. Write it again with safe-collection lock, and review the difference.`,
  );
}

function isLock(content: unknown): content is LockFile {
  if (typeof content !== 'object' || content === null) return false;
  const { version, views } = content as { readonly version?: unknown; readonly views?: unknown };
  return (
    version === 1 &&
    isObject(views) &&
    Object.values(views).every(
      (view) =>
        isObject(view) &&
        [...SETS, 'arrays', 'parts'].every((part) => isObject((view as Readonly<Record<string, unknown>>)[part])),
    )
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Writes one path per line, sorted, so that a diff shows exactly what was added. */
export function writeLock(path: string, views: Readonly<Record<string, ViewLock>>): void {
  writeText(path, `${JSON.stringify({ version: 1, views } satisfies LockFile, null, 2)}\n`);
}
