/** Writes the example files into the blocks of docs/*.md that name them: `npm run docs:examples`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { withExamples } from './example-blocks.ts';

const ROOT = resolve(import.meta.dirname, '../..');

for (const name of readdirSync(join(ROOT, 'docs')).filter((each) => each.endsWith('.md'))) {
  const file = join(ROOT, 'docs', name);
  const page = readFileSync(file, 'utf8');
  const written = withExamples(ROOT, page);
  if (written === page) continue;
  writeFileSync(file, written);
  console.log(`wrote docs/${name}`);
}
