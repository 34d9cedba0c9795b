import type { CallContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';
import { readObject } from '../input/read.ts';
import { isWithin } from './path.ts';
import type { PathTree } from './path-tree.ts';
import type { StoredNode, StoredTree } from './stored-tree.ts';

/** The arrays of subdocuments whose elements have no field that the view does not name. */
export type WholeArrays = readonly string[];

const NONE: WholeArrays = Object.freeze([]);

/** The sets that every field of such an element is in. */
type FullSets = Readonly<Record<'public' | 'writable' | 'filterable', PathTree>>;

/**
 * Parses `whole`: arrays whose elements a caller may remove, replace and compare as a whole. So each field of an element has to be
 * public, writable and filterable.
 */
export function parseWhole(whole: unknown, sets: FullSets, stored: StoredTree, call: CallContext): WholeArrays {
  if (whole === undefined) return NONE;
  return Object.freeze(
    readObject(whole, '`whole`', call).map(([path, mark]) => {
      if (mark !== 1) call.refuse('view_value', `In \`whole\`, ${quote(path)} takes 1.`, path);
      assertWhole(path, stored.at(path), sets, call);
      return path;
    }),
  );
}

/** Whether a path is one of these arrays, or an array inside one. */
export function isWhole(path: string, whole: WholeArrays): boolean {
  return whole.some((array) => isWithin(path, array));
}

function assertWhole(path: string, node: StoredNode | undefined, sets: FullSets, call: CallContext): void {
  const isArray = node?.holds === 'documents' && node.depths?.some((depth) => depth > 0) === true;
  if (!isArray)
    return call.refuse('view_path', `In \`whole\`, ${quote(path)} is not an array of subdocuments in this view.`, path);
  for (const [name, tree] of Object.entries(sets)) {
    const lacking = leavesOf(node).find((leaf) => !tree.covers(leaf));
    if (lacking !== undefined)
      call.refuse(
        'view_contradiction',
        `In \`whole\`, ${quote(path)} has the field ${quote(lacking)}, which is not in \`${name}\`: a caller who removes or compares whole elements does so with all of their fields.`,
        path,
      );
  }
}

function leavesOf({ path, children }: StoredNode): readonly string[] {
  return children.size === 0 ? [path] : [...children.values()].flatMap(leavesOf);
}
