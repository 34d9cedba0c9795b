import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { GRAMMAR_REGIONS } from './grammar-regions.ts';
import { replaceRegion } from './replace-region.ts';

for (const { page, name, content } of GRAMMAR_REGIONS) {
  const file = fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
  await writeFile(file, replaceRegion(await readFile(file, 'utf8'), name, content()));
}
console.log('docs/ has the lists of src/grammar.');
