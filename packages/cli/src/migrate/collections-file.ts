import { dirname } from 'node:path';

import { keyOf } from '../init/write-interface.ts';
import { freePath } from './free-path.ts';
import { specifierTo } from './imports.ts';
import { wholeName } from './read-projection-for.ts';
import type { ViewFacts } from './view-facts.ts';

const WRITTEN = '// Written by safe-collection migrate';

/** The path of the file that makes the collections, next to the views. */
export function collectionsPath(views: readonly ViewFacts[]): string | undefined {
  const [first] = views;
  return first === undefined ? undefined : freePath(dirname(first.file.getFilePath()), 'collections', WRITTEN);
}

/** Writes the file that makes the collections, with a projection of everything for each view in `whole`. */
export function writeCollections(views: readonly ViewFacts[], whole: ReadonlySet<ViewFacts>): string {
  const files = [...new Set(views.map(({ file }) => file))];
  const imports = files.map((file) => {
    const names = views.filter((view) => view.file === file).map(({ name }) => name);
    return `import { ${names.toSorted().join(', ')} } from '${specifierTo(files[0] ?? file, file.getFilePath())}';`;
  });
  const entries = views
    .toSorted((a, b) => (a.collection < b.collection ? -1 : 1))
    .map(
      ({ collection, name }) =>
        `  ${/^[A-Za-z_$][\w$]*$/.test(collection) ? collection : JSON.stringify(collection).replaceAll('"', "'")}: ${name},`,
    );
  return [
    `${WRITTEN}: the one place where collections are made.`,
    "import type { Db } from 'mongodb';",
    "import { createSafeDb, type SafeDb } from 'safe-collection';",
    ...imports,
    '',
    'const views = {',
    ...entries,
    '};',
    '',
    ...views.flatMap((view) =>
      wholeName(view) === view.name || !whole.has(view)
        ? []
        : [
            `/** Everything that ${view.name} makes public, with \`_id\`. */`,
            `export const ${wholeName(view)} = ${view.name}.select({`,
            ...Object.keys(view.returns).map((path) => `  ${keyOf(path)}: 1,`),
            '});',
            '',
          ],
    ),
    'const opened = new WeakMap<Db, SafeDb<typeof views>>();',
    '',
    '/** The collections of a database that have views. They may join each other. */',
    'export function safeDb(db: Db): SafeDb<typeof views> {',
    '  const known = opened.get(db) ?? createSafeDb(db, views);',
    '  opened.set(db, known);',
    '  return known;',
    '}',
    '',
  ].join('\n');
}
