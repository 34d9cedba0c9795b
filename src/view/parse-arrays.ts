import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { isArray, readArray, readObject } from '../input/read.ts';
import { pathFault } from './path.ts';
import type { StoredTree } from './stored-tree.ts';

/** The allowed depths of arrays, in ascending order. 0 means a single value. */
export type ArrayDepths = readonly number[];

/** The types have the same limit. */
const DEEPEST_ARRAY = 4;

const NO_ARRAYS: ReadonlyMap<string, ArrayDepths> = new Map();

/** Parses `arrays`: which paths hold arrays, and how deep these are. */
export function parseArrays(arrays: unknown, call: CallContext): ReadonlyMap<string, ArrayDepths> {
  if (arrays === undefined) return NO_ARRAYS;
  return new Map(
    readObject(arrays, '`arrays`', call).map(([path, depth]) => {
      const fault = pathFault(path);
      if (fault !== undefined) call.refuse('view_path', `In \`arrays\`, ${fault}.`, path);
      return [path, parseDepth(depth, path, call)] as const;
    }),
  );
}

/** Refuses a path in `arrays` that the view does not name, or that is at or below a subtree. */
export function assertArraysKnown(paths: readonly string[], stored: StoredTree, call: CallContext): void {
  for (const path of paths) {
    const node = stored.at(path);
    if (node?.depths !== undefined) continue;
    if (node !== undefined || isBelowSubtree(path, stored)) {
      call.refuse(
        'view_path',
        `In \`arrays\`, ${quote(path)} is a subtree or below one, which allows any arrays: leave it out.`,
        path,
      );
    }
    call.refuse('view_path', `In \`arrays\`, ${quote(path)} is not named elsewhere in this view: leave it out.`, path);
  }
}

function parseDepth(depth: unknown, path: string, call: CallContext): ArrayDepths {
  const depths = isArray(depth) ? readArray(depth, `\`arrays\` at ${quote(path)}`, call) : [depth];
  const lowest = isArray(depth) ? 0 : 1;
  const isRising = depths.every(
    (each, index) => isDepth(each, lowest) && (index === 0 || each > (depths[index - 1] as number)),
  );
  if (isRising && (!isArray(depth) || depths.length > 1)) return Object.freeze(depths as number[]);
  return call.refuse(
    'view_value',
    `In \`arrays\`, ${quote(path)} takes the nesting depth of its arrays: 1 for an array, 2 for an array of arrays, up to ${DEEPEST_ARRAY}, or an ascending list such as [0, 1] for a value or an array.`,
    path,
  );
}

function isDepth(depth: unknown, lowest: number): depth is number {
  return Number.isInteger(depth) && (depth as number) >= lowest && (depth as number) <= DEEPEST_ARRAY;
}

function isBelowSubtree(path: string, stored: StoredTree): boolean {
  const segments = path.split('.');
  return segments.some((_, index) => {
    const node = stored.at(segments.slice(0, index).join('.'));
    return node !== undefined && node.depths === undefined;
  });
}
