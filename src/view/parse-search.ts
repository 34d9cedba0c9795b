import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { isArray } from '../input/read.ts';
import { pathFault } from './path.ts';
import type { PathTree } from './path-tree.ts';

/** Parses `search`: the paths that the text index may have. A search can find out what they hold, so all have to be filterable. */
export function parseSearch(paths: unknown, filterable: PathTree, call: CallContext): readonly string[] {
  if (paths === undefined) return Object.freeze([]);
  if (!isArray(paths) || paths.length === 0)
    return call.refuse('view_value', '`search` must be a non-empty array of paths.', 'search');
  return Object.freeze(paths.map((path: unknown) => searchPath(path, filterable, call)));
}

function searchPath(path: unknown, filterable: PathTree, call: CallContext): string {
  if (typeof path !== 'string')
    return call.refuse('view_value', '`search` must contain only paths (strings).', 'search');
  const fault = pathFault(path);
  if (fault !== undefined) return call.refuse('view_path', `In \`search\`, ${fault}.`, path);
  if (filterable.covers(path)) return path;
  return call.refuse(
    'view_path',
    `In \`search\`, ${quote(path)} is not a filterable leaf of this view, and a search can find out what it holds: add it to \`filterable\`.`,
    path,
  );
}
