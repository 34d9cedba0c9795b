import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { ownPaths, type WriteConventions } from './conventions.ts';
import type { PathTree } from './path-tree.ts';

/**
 * Checks that the sets of a view agree. They describe the same document, so a path that is a leaf in one set must not be a
 * branch in another: writing such a leaf would overwrite the fields below it, including private ones. Exceptions: a subtree
 * includes everything below it, and an `_id` is compared as a whole even if it has parts.
 */
export function assertAgreement(
  sets: ReadonlyMap<string, PathTree>,
  conventions: WriteConventions,
  call: CallContext,
): void {
  const named = [...sets].flatMap(([part, tree]) =>
    tree.leaves().map(({ path, kind }) => ({ path, kind, part: `\`${part}\`` })),
  );
  const own = ownPaths(conventions).map((path) => ({
    path,
    kind: 'leaf',
    part: 'the fields that the view writes itself',
  }));
  for (const { path, kind, part } of [...named, ...own]) {
    if (kind !== 'leaf' || path === '_id') continue;
    const other = [...sets].find(([, tree]) => tree.at(path)?.kind === 'branch');
    if (other === undefined) continue;
    call.refuse(
      'view_contradiction',
      `${quote(path)} is a leaf in ${part} and a branch in \`${other[0]}\`: name the leaves below it in both.`,
      path,
    );
  }
}
