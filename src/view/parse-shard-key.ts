import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { readObject } from '../input/read.ts';
import { pathFault } from './path.ts';
import type { PathTree } from './path-tree.ts';
import type { StoredTree } from './stored-tree.ts';

const NONE: readonly string[] = Object.freeze([]);

/** Parses `shardKey`: the paths of the collection's shard key, in its order. Empty if the collection is not sharded. */
export function parseShardKey(shardKey: unknown, call: CallContext): readonly string[] {
  if (shardKey === undefined) return NONE;
  const paths = readObject(shardKey, '`shardKey`', call).map(([path, mark]) => {
    const fault = pathFault(path);
    if (fault !== undefined) call.refuse('view_path', `In \`shardKey\`, ${fault}.`, path);
    if (mark === 1 || mark === 'hashed') return path;
    return call.refuse('view_value', `In \`shardKey\`, ${quote(path)} takes 1 or 'hashed'.`, path);
  });
  if (paths.length === 0)
    call.refuse('view_value', '`shardKey` names no path. Leave it out if the collection is not sharded.', 'shardKey');
  return Object.freeze(paths);
}

/** A shard key has one value in each document, so it is no array and no subtree. */
export function assertKeyIsScalar(shardKey: PathTree, stored: StoredTree, call: CallContext): void {
  for (const path of shardKey.leafPaths) {
    const prefixes = path.split('.').map((_, index, segments) => segments.slice(0, index + 1).join('.'));
    const wrong = prefixes.find((prefix) => stored.at(prefix)?.depths?.some((depth) => depth > 0) !== false);
    if (wrong !== undefined)
      call.refuse(
        'view_contradiction',
        `${quote(path)} is in \`shardKey\`, but ${quote(wrong)} is an array or a subtree, which no shard key goes through.`,
        path,
      );
  }
}
