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

/** The options of a project that sets only `strict`. */
const PLAIN_STRICT = {
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
  noPropertyAccessFromIndexSignature: false,
};

/** The suites of the type tests. The longest come first, because they run in parallel. */
export const TYPE_SUITES: ReadonlyMap<string, () => Verdict> = new Map([
  ['The cost', () => judgeCost(measureCost())],
  ['The built declarations', checkDeclarations],
  ['TypeScript 6', () => verdictOn(compileWithApi(PROJECT, {}))],
  ['TypeScript 6, strict and nothing more', () => verdictOn(compileWithApi(PROJECT, PLAIN_STRICT))],
  ['TypeScript 7', () => verdictOn(compileWithCommand(NATIVE, PROJECT))],
]);

/** Compares what a compiler reported with what the type tests expect. */
function verdictOn(diagnostics: readonly Diagnostic[]): Verdict {
  const texts = new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.test-d.ts'))
      .map((name) => join(FOLDER, name))
      .map((file) => [file, readFileSync(file, 'utf8')] as const),
  );
  const expectations = [...texts].flatMap(([file, text]) => expectationsIn(file, text));
  return judge(expectations, diagnostics, texts);
}
