import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import type { Verdict } from './judge.ts';
import { TYPE_SUITES } from './type-suites.ts';

const SUITE = join(import.meta.dirname, 'run-type-suite.ts');

/** `quick` or `slow`; without it, all suites run. */
const asked = process.argv[2];
const waiting = [...TYPE_SUITES]
  .filter(([, { speed }]) => asked === undefined || speed === asked)
  .map(([name]) => name);
const verdicts: Verdict[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));

const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0);
const failed = verdicts.reduce((sum, verdict) => sum + verdict.failures.length, 0);
console.log(`types: ${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exitCode = 1;

/** Runs suites one after another. There is a worker for each core, because a compiler uses one core. */
async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) report(name, await verdictOf(name));
}

/** Runs a suite in a separate process. If it ends without a result, it has failed. */
function verdictOf(name: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = fork(SUITE, [name], { execArgv: ['--import', 'tsx'] });
    child.once('message', (verdict) => resolve(verdict as Verdict));
    child.once('exit', (status) =>
      resolve({ passed: 0, failures: [`it ended without a verdict, with status ${status}`] }),
    );
  });
}

function report(name: string, verdict: Verdict): void {
  verdicts.push(verdict);
  console.log(`${name}: ${verdict.passed} of ${verdict.passed + verdict.failures.length} promises kept`);
  for (const failure of verdict.failures) console.error(`  ${failure}`);
}
