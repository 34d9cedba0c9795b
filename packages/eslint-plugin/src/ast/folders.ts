import { isAbsolute, relative, resolve, sep } from 'node:path';

import picomatch from 'picomatch';

/** The option for folders in which a rule allows what it refuses elsewhere. */
export interface FolderOptions {
  readonly allow?: readonly string[];
}

export const folderSchema = [
  {
    type: 'object' as const,
    properties: {
      allow: {
        type: 'array' as const,
        items: { type: 'string' as const, minLength: 1 },
        uniqueItems: true,
        description: 'Folders, files or globs, relative to the folder that the linter runs in.',
      },
    },
    additionalProperties: false,
  },
];

interface Place {
  readonly cwd: string;
  readonly filename: string;
}

/** Whether a file is listed or is in a listed folder. False for a file outside the working folder. */
export function isInFolders({ cwd, filename }: Place, folders: readonly string[]): boolean {
  const path = relative(cwd, resolve(cwd, filename));
  if (isAbsolute(path) || path.startsWith('..')) return false;
  const file = path.split(sep).join('/');
  return folders.some((folder) => {
    const pattern = folder.replace(/^\.\//, '').replace(/\/+$/, '');
    return picomatch.isMatch(file, [pattern, `${pattern}/**`], { dot: true });
  });
}
