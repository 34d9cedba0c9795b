import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { errorTable } from './error-table.ts';
import { replaceRegion } from './replace-region.ts';

const file = fileURLToPath(new URL('../../docs/errors.md', import.meta.url));
await writeFile(file, replaceRegion(await readFile(file, 'utf8'), 'codes', errorTable()));
console.log('docs/errors.md has the codes of src/errors/error-codes.ts.');
