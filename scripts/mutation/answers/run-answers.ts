import { execFileSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findMutants, type Mutant } from '../find-mutants.ts';
import type { Tried } from '../summary.ts';
import { Tryer } from './process-pool.ts';

/** What the bundle is made of. */
const PARTS = ['src', 'test', 'scripts', 'tsconfig.json', 'package.json'];

export interface Where {
  readonly root: string;
  /** An empty folder. */
  readonly folder: string;
  readonly mongodbUri: string;
  readonly processes: number;
}

/** Writes the source with all its mutants, and returns these. The chosen ones are tried by `tryByAnswers()`. */
export async function withMutants(files: readonly string[], { root, folder }: Where): Promise<readonly Mutant[]> {
  const tree = join(folder, 'tree');
  await mkdir(tree, { recursive: true });
  for (const part of PARTS) await cp(join(root, part), join(tree, part), { recursive: true });
  const mutants = await findMutants(files, root, tree);
  bundle(tree, root);
  return mutants;
}

/** Makes the calls of the known answers on each mutant whose code they run. */
export async function tryByAnswers(mutants: readonly Mutant[], where: Where): Promise<readonly Tried[]> {
  const baselineFile = join(where.folder, 'baseline.json');
  const given = [join(where.folder, 'tree', 'bundled.cjs'), where.root, where.mongodbUri, baselineFile];
  const first = new Tryer(given);
  const baseline = await first.baseline();
  await first.stop();
  await writeFile(baselineFile, JSON.stringify(baseline));
  console.log(`${baseline.calls.length} known answers`);
  const waiting = [...mutants].toReversed();
  const tried: Tried[] = [];
  const work = async (): Promise<void> => {
    const tryer = new Tryer(given);
    for (let mutant = waiting.pop(); mutant !== undefined; mutant = waiting.pop()) {
      tried.push({ ...mutant, status: (await tryer.try(mutant.id)).status });
      if (tried.length % 500 === 0) console.log(`${tried.length} of ${mutants.length} mutants`);
    }
    await tryer.stop();
  };
  await Promise.all(Array.from({ length: where.processes }, work));
  return tried;
}

function bundle(tree: string, root: string): void {
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
  const how = ['--no-config', '--format', 'cjs', '--target', 'node20', '--platform', 'node', '--silent'];
  const list = join(tree, 'scripts/mutation/answers/bundled.ts');
  execFileSync(process.execPath, [tsup, list, ...how, '--external', 'mongodb', '--out-dir', tree], {
    cwd: tree,
    stdio: 'inherit',
  });
}
