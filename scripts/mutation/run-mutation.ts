import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { startServer } from '../mongod/start-server.ts';
import { Dice } from '../../test/write/support/random-update.ts';
import { AREAS, MUTATED, type Area } from './areas.ts';
import { findMutants, type Mutant } from './find-mutants.ts';
import { runStryker } from './run-stryker.ts';
import { isKept, summaryTable, survivorList, type Tried } from './summary.ts';

/**
 * Changes the source in small ways, one at a time, and runs the tests of its area on each. A mutant that no test notices survives.
 * `-- src/plan/filter` takes only a folder or a file, `--sample 300 --seed 7` draws mutants, `--area reads` takes one area,
 * `--tests test/guard/sorts.test.ts` runs only these tests.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const SURVIVORS = 'mutation-survivors.txt';

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    area: { type: 'string' },
    tests: { type: 'string', multiple: true },
  },
  allowPositionals: true,
});
const seed = Number(values.seed ?? 20_261_129);
const start = performance.now();

const all = await findMutants(await filesIn(positionals.length > 0 ? positionals : MUTATED), ROOT);
const chosen = drawn(all, Number(values.sample ?? all.length));
console.log(`${chosen.length} of ${all.length} mutants (seed ${seed})`);
const tried = await tryAll(chosen);
await writeFile(join(ROOT, SURVIVORS), `${survivorList(tried)}\n`);
console.log(`\n${summaryTable(tried)}`);
console.log(`${tried.filter(isKept).length} survivors are in ${SURVIVORS}`);
console.log(`test:mutation took ${Math.round((performance.now() - start) / 1000)} s`);

async function filesIn(paths: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (path.endsWith('.ts')) files.push(path);
    else files.push(...(await readdir(join(ROOT, path), { recursive: true })).map((name) => `${path}/${name}`));
  }
  return files.filter((file) => file.endsWith('.ts')).toSorted();
}

function drawn(mutants: readonly Mutant[], count: number): readonly Mutant[] {
  const dice = new Dice(seed);
  const left = [...mutants];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(dice.roll(left.length), 1)).flat();
}

async function tryAll(mutants: readonly Mutant[]): Promise<readonly Tried[]> {
  const folder = await mkdtemp(join(tmpdir(), 'safe-collection-mutation-'));
  const server = await startServer();
  const results: Tried[] = [];
  try {
    for (const area of AREAS) {
      const own = mutants.filter(({ file }) => areaOf(file) === area);
      if (own.length === 0 || (values.area !== undefined && values.area !== area.name)) continue;
      console.log(`\n${area.name}: ${own.length} mutants`);
      const asked = { ...area, tests: values.tests ?? area.tests };
      results.push(...(await runStryker(asked, own, { root: ROOT, folder, mongodbUri: server.uri })));
      console.log(`\n${summaryTable(results)}\n${survivorList(results)}`);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return results;
}

function areaOf(file: string): Area | undefined {
  return AREAS.find(({ source }) => source.some((path) => file === path || file.startsWith(`${path}/`)));
}
