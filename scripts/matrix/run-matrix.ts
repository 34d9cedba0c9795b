import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { regionOf, replaceRegion } from '../docs/replace-region.ts';
import { startServer } from '../mongod/start-server.ts';
import { PARTS } from './parts.ts';
import type { Result } from './result.ts';
import { mergedTable, versionTable } from './version-table.ts';
import { packed, ROOT } from './workspace.ts';

/**
 * Runs the library on what people have: `npm run matrix`. `-- node deno` runs only these parts. `--folders test/guard,test/write` runs only
 * these folders of the suite, `--only 22,26` only these versions. `--write` puts the results into the table of the README, which keeps the
 * rows of other parts, and with `--only` of other versions.
 */
const { values, positionals: names } = parseArgs({
  options: { folders: { type: 'string' }, only: { type: 'string' }, write: { type: 'boolean' } },
  allowPositionals: true,
});
const folders = values.folders?.split(',') ?? [];
const only = values.only?.split(',') ?? [];
const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined)
  throw new Error(`There is no part ${unknown}: the parts are ${Object.keys(PARTS).join(', ')}.`);
if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The matrix runs on Linux x64 only.');

const results: Result[] = [];
const server = await startServer();
try {
  const setting = { tarball: await packed(), uri: server.uri, folders, only };
  for (const [name, run] of Object.entries(PARTS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const result of await run(setting)) {
      results.push(result);
      console.log(`${result.part} ${result.version}: ${result.ran}: ${result.fault ?? 'passed'}`);
    }
  }
} finally {
  await server.stop();
}
console.log(`\n${versionTable(results)}`);
if (values.write === true) {
  const file = join(ROOT, 'README.md');
  const readme = await readFile(file, 'utf8');
  await writeFile(
    file,
    replaceRegion(readme, 'versions', mergedTable(regionOf(readme, 'versions'), results, only.length > 0)),
  );
}
const failed = results.filter(({ fault }) => fault !== undefined).length;
console.log(`matrix: ${results.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
