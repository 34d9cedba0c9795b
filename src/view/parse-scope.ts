import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { readObject } from '../input/read.ts';
import { ownPaths, type WriteConventions } from './conventions.ts';
import { isNumber } from './number-keys.ts';
import { isWithin, pathFault } from './path.ts';
import type { PathTree } from './path-tree.ts';
import type { ViewScope } from './policy.ts';
import type { StoredTree } from './stored-tree.ts';

/** Parses `scope`: the fields whose values decide whose row a document is, or `'shared'`. */
export function parseScope(scope: unknown, call: CallContext): ViewScope {
  if (scope === undefined || scope === 'shared') return scope;
  if (typeof scope === 'string')
    return call.refuse('view_value', "`scope` takes an object of paths, or 'shared'.", 'scope');
  const paths = readObject(scope, '`scope`', call).map(([path, mark]) => {
    assertScopePath(path, call);
    return mark === 1 ? path : call.refuse('view_value', `In \`scope\`, ${quote(path)} takes 1.`, path);
  });
  if (paths.length === 0)
    return call.refuse('view_value', "`scope` names no path. If every row is for everybody, write 'shared'.", 'scope');
  return Object.freeze(paths);
}

function assertScopePath(path: string, call: CallContext): void {
  const fault = pathFault(path);
  if (fault !== undefined) call.refuse('view_path', `In \`scope\`, ${fault}.`, path);
  if (path === '_id' || path.includes('.') || isNumber(path))
    call.refuse(
      'view_path',
      `In \`scope\`, ${quote(path)} is not allowed: name top-level fields whose values are the same in all rows of a scope.`,
      path,
    );
}

/** The scope decides its own paths: no call writes them, and each document has one value there. */
export function assertScopeIsFixed(
  scope: PathTree,
  {
    writable,
    stored,
    conventions,
  }: { readonly writable: PathTree; readonly stored: StoredTree; readonly conventions: WriteConventions },
  call: CallContext,
): void {
  const written = [...writable.leafPaths, ...ownPaths(conventions), ...conventions.defaults.keys()];
  for (const path of scope.leafPaths) {
    if (written.some((other) => isWithin(other, path) || isWithin(path, other)))
      call.refuse(
        'view_contradiction',
        `${quote(path)} is in \`scope\`, which sets it in every new document, so nothing else may write it.`,
        path,
      );
    if (stored.at(path)?.depths?.some((depth) => depth > 0) !== false)
      call.refuse('view_contradiction', `${quote(path)} is in \`scope\`, but it is an array or a subtree.`, path);
  }
}
