import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { ownPaths, type WriteConventions } from './conventions.ts';
import type { PathTree } from './path-tree.ts';

/**
 * Holds the sets of a view to each other: they are about one document, so a path that is a leaf in one is no branch in
 * another. A leaf that may be written whole would go over the fields below it, private ones among them. A subtree stands
 * for whatever is below it, and an `_id` is compared whole whatever it is made of.
 */
export function assertAgreement(sets: ReadonlyMap<string, PathTree>, conventions: WriteConventions, site: Site): void {
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
    site.refuse(
      'view_contradiction',
      `${quote(path)} is a leaf in ${part} and a branch in \`${other[0]}\`: name the leaves below it in both.`,
      path,
    );
  }
}
