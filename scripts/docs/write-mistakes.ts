import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { compileMistakes } from './compile-mistakes.ts';
import { mistakeTables } from './mistake-table.ts';
import { replaceRegion } from './replace-region.ts';

const file = fileURLToPath(new URL('../../docs/mistakes.md', import.meta.url));
const tables = mistakeTables(compileMistakes('@typescript/native/bin/tsc'));
await writeFile(file, replaceRegion(await readFile(file, 'utf8'), 'mistakes', tables));
console.log('docs/mistakes.md has what TypeScript 7 says of scripts/docs/mistakes.ts.');
