import { branchesOf } from './path.ts';
import type { StoredTree } from './stored-tree.ts';

/** The outermost path on the way to a path, or the path itself, where an array may be stored. A page can't continue after one. */
export function arrayAround(path: string, stored: StoredTree): string | undefined {
  return [...branchesOf(path), path].find((each) => stored.at(each)?.depths?.some((depth) => depth > 0) === true);
}
