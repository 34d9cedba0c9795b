import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { replaceRegion } from './replace-region.ts';
import { ruleTable } from './rule-table.ts';

/** Writes the rules of the security matrix into the threat model. */
const file = resolve(import.meta.dirname, '../../docs/threat-model.md');
await writeFile(file, replaceRegion(await readFile(file, 'utf8'), 'rules', ruleTable()));
console.log('wrote docs/threat-model.md');
