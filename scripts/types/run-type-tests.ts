import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { checkDeclarations } from './check-declarations.ts';
import { compileWithApi } from './compile-with-api.ts';
import { compileWithCommand } from './compile-with-command.ts';
import type { Diagnostic } from './diagnostic.ts';
import { expectationsIn } from './expectation.ts';
import { judge, type Verdict } from './judge.ts';
import { judgeCost, measureCost } from './measure-cost.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'test/types');
const PROJECT = join(FOLDER, 'tsconfig.json');
const NATIVE = join(ROOT, 'node_modules/@typescript/native/bin/tsc');

/** What people have set who set `strict` and nothing more. */
const PLAIN_STRICT = {
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
  noPropertyAccessFromIndexSignature: false,
};

/** The compilers that the same promises are held to. */
const COMPILERS: ReadonlyMap<string, () => readonly Diagnostic[]> = new Map([
  ['TypeScript 6', () => compileWithApi(PROJECT, {})],
  ['TypeScript 6, strict and nothing more', () => compileWithApi(PROJECT, PLAIN_STRICT)],
  ['TypeScript 7', () => compileWithCommand(NATIVE, PROJECT)],
]);

const texts = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.test-d.ts'))
    .map((name) => join(FOLDER, name))
    .map((file) => [file, readFileSync(file, 'utf8')] as const),
);
const expectations = [...texts].flatMap(([file, text]) => expectationsIn(file, text));

const verdicts: Verdict[] = [];
for (const [name, compile] of COMPILERS) {
  report(name, judge(expectations, compile(), texts));
}

const declarations = checkDeclarations();
report('The built declarations', declarations);
const cost = judgeCost(measureCost());
report('The cost', cost);

const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0);
const failed = verdicts.reduce((sum, verdict) => sum + verdict.failures.length, 0);
console.log(`types: ${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exitCode = 1;

function report(name: string, verdict: Verdict): void {
  verdicts.push(verdict);
  console.log(`${name}: ${verdict.passed} of ${verdict.passed + verdict.failures.length} promises kept`);
  for (const failure of verdict.failures) console.error(`  ${failure}`);
}
