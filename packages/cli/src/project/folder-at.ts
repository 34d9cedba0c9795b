import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import { ProjectError } from './project-error.ts';

/** A folder's whole path; an error if there is no such folder. */
export function folderAt(folder: string): string {
  const root = resolve(folder);
  if (existsSync(root) && statSync(root).isDirectory()) return root;
  if (existsSync(root))
    throw new ProjectError(
      `${folder} is a file. Give the folder that holds your sources; migrate takes files by --only.`,
    );
  throw new ProjectError(`There is no folder ${folder}. Give the folder that holds your sources, or run this in it.`);
}
