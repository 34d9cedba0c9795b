import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { startServer } from '../mongod/start-server.ts';
import { Dice } from '../../test/write/support/random-update.ts';
import { AREAS, MUTATED, type Area } from './areas.ts';
import { tryByAnswers, withMutants } from './answers/run-answers.ts';
import type { Mutant } from './find-mutants.ts';
import { runStryker } from './run-stryker.ts';
import { isKept, summaryTable, survivorList, type Tried } from './summary.ts';

/**
 * Changes the source in small ways, one at a time. Each mutant is first tried with the known answers of `test/answers`, all in one process, and those that
 * they don't notice with the tests of their area. A mutant that no test notices survives.
 * `-- src/plan/filter` takes only a folder or a file, `--sample 300 --seed 7` draws mutants, `--area reads` takes one area,
 * `--answers` stops after the known answers, `--tests test/guard/sorts.test.ts` runs only these tests.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const SURVIVORS = 'mutation-survivors.txt';

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    area: { type: 'string' },
    answers: { type: 'boolean' },
    tests: { type: 'string', multiple: true },
  },
  allowPositionals: true,
});
const seed = Number(values.seed ?? 20_261_129);
const start = performance.now();

const folder = await mkdtemp(join(tmpdir(), 'safe-collection-mutation-'));
const server = await startServer();
let tried: readonly Tried[] = [];
try {
  const where = { root: ROOT, folder, mongodbUri: server.uri, processes: 2 };
  const all = await withMutants(await filesIn(MUTATED), where);
  const asked = all.filter(isAsked);
  const chosen = drawn(asked, Number(values.sample ?? asked.length));
  console.log(`${chosen.length} of ${asked.length} mutants (seed ${seed})`);
  tried = values.tests === undefined ? await tryByAnswers(chosen, where) : await tryByTests(chosen);
  if (values.tests === undefined && values.answers !== true) {
    console.log(`\nby the known answers\n${summaryTable(tried)}`);
    tried = [...tried.filter((each) => !isKept(each)), ...(await tryByTests(tried.filter(isKept)))];
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
await writeFile(join(ROOT, SURVIVORS), `${survivorList(tried)}\n`);
console.log(`\n${summaryTable(tried)}`);
console.log(`${tried.filter(isKept).length} survivors are in ${SURVIVORS}`);
console.log(`test:mutation took ${Math.round((performance.now() - start) / 1000)} s`);

async function filesIn(paths: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    files.push(...(await readdir(join(ROOT, path), { recursive: true })).map((name) => `${path}/${name}`));
  }
  return files.filter((file) => file.endsWith('.ts')).toSorted();
}

function drawn(mutants: readonly Mutant[], count: number): readonly Mutant[] {
  const dice = new Dice(seed);
  const left = [...mutants];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(dice.roll(left.length), 1)).flat();
}

/** Whether the arguments ask for a mutant. */
function isAsked({ file }: Mutant): boolean {
  if (values.area !== undefined && areaOf(file)?.name !== values.area) return false;
  return positionals.length === 0 || positionals.some((path) => file === path || file.startsWith(`${path}/`));
}

async function tryByTests(mutants: readonly Mutant[]): Promise<readonly Tried[]> {
  const results: Tried[] = [];
  for (const area of AREAS) {
    const own = mutants.filter(({ file }) => areaOf(file) === area);
    if (own.length === 0) continue;
    console.log(`\n${area.name}: ${own.length} mutants`);
    const asked = { ...area, tests: values.tests ?? area.tests };
    results.push(...(await runStryker(asked, own, { root: ROOT, folder, mongodbUri: server.uri })));
    console.log(`\n${summaryTable(results)}\n${survivorList(results)}`);
  }
  return results;
}

function areaOf(file: string): Area | undefined {
  return AREAS.find(({ source }) => source.some((path) => file === path || file.startsWith(`${path}/`)));
}
