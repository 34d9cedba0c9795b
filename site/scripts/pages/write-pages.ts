import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { knownNames } from '../../../test/docs/known-names.ts';
import type { PageBlock } from '../blocks/page-block.ts';
import { cleanMarks } from './clean-marks.ts';
import { rewriteLinks } from './rewrite-links.ts';
import { siteMap } from './site-map.ts';
import { twoslashFences } from './twoslash-fences.ts';

const START_PAGE = 'site/pages/index.md';

/**
 * Writes the pages of the site: the site's own, and those that are made from files of the repository.
 *
 * @returns the blocks of code on them.
 */
export function writePages(root: string, target: string): readonly PageBlock[] {
  rmSync(target, { recursive: true, force: true });
  cpSync(join(root, 'site/pages'), target, { recursive: true });
  const pages = new Map([...siteMap(root), [START_PAGE, 'index.md']]);
  const known = knownNames(root, join(root, 'test/docs/prelude.ts'));
  return [...pages].flatMap(([file, page]) => {
    const source = readFileSync(join(root, file), 'utf8');
    const isCompiled = file.startsWith('docs/') || file === START_PAGE;
    const { text, blocks } = isCompiled ? twoslashFences(file, source, known) : { text: source, blocks: [] };
    const written = join(target, page);
    mkdirSync(dirname(written), { recursive: true });
    writeFileSync(written, cleanMarks(file === START_PAGE ? text : rewriteLinks(file, text, pages)));
    return blocks;
  });
}
