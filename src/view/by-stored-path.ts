import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { OpaquePaths } from './opaque-paths.ts';
import type { ArrayDepths } from './parse-arrays.ts';

/** The leaves of one set of a view. */
export type Leaves = Map<string, 'leaf' | 'subtree'>;

/** The leaves by the paths at which they are stored. */
export function storedLeaves(leaves: Leaves, opaque: OpaquePaths): Leaves {
  return opaque.isEmpty ? leaves : new Map([...leaves].map(([path, kind]) => [opaque.storedAt(path), kind] as const));
}

/** The arrays by the paths at which they are stored. */
export function storedArrays(
  arrays: ReadonlyMap<string, ArrayDepths>,
  opaque: OpaquePaths,
  call: CallContext,
): ReadonlyMap<string, ArrayDepths> {
  for (const { name, stored } of opaque) {
    if (name !== stored && arrays.has(name) && arrays.has(stored))
      call.refuse(
        'view_contradiction',
        `\`arrays\` names ${quote(name)} and ${quote(stored)}, which are the same.`,
        name,
      );
  }
  return new Map([...arrays].map(([path, depths]) => [opaque.storedAt(path), depths] as const));
}
