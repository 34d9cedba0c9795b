import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EXAMPLE_MARK, TS_FENCE } from '../../test/docs/read-blocks.ts';

/** A page of the docs, with the text of each example file in the block that names it. The tests of the examples run these files. */
export function withExamples(root: string, page: string): string {
  return page.replaceAll(TS_FENCE, (block: string, ...rest: readonly unknown[]) => {
    const { mark = '' } = rest.at(-1) as Readonly<Record<string, string>>;
    const path = EXAMPLE_MARK.exec(mark)?.groups?.['path'];
    return path === undefined ? block : `${mark}\n\`\`\`ts\n${readFileSync(join(root, path), 'utf8')}\`\`\``;
  });
}
