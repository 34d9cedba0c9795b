import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { checkDeclarations } from './check-declarations.ts';
import { compareMistakes } from './compare-mistakes.ts';
import { compileWithApi } from './compile-with-api.ts';
import { compileWithCommand } from './compile-with-command.ts';
import type { Diagnostic } from './diagnostic.ts';
import { compileHonestPrograms } from './honest-programs.ts';
import { expectationsIn } from './expectation.ts';
import { judge, type Verdict } from './judge.ts';
import { judgeCost, measurePrograms, measureReads } from './measure-cost.ts';

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

export interface TypeSuite {
  readonly run: () => Verdict;
  /** `npm test` runs the quick ones, `npm run test:slow` the slow ones. */
  readonly speed: 'quick' | 'slow';
}

/** The suites of the type tests. The longest come first, because they run in parallel. */
export const TYPE_SUITES: ReadonlyMap<string, TypeSuite> = new Map<string, TypeSuite>([
  ['The built declarations', { speed: 'slow', run: checkDeclarations }],
  ['TypeScript 6', { speed: 'slow', run: () => verdictOn(compileWithApi(PROJECT, {})) }],
  [
    'TypeScript 6, strict and nothing more',
    { speed: 'slow', run: () => verdictOn(compileWithApi(PROJECT, PLAIN_STRICT)) },
  ],
  ...(['TypeScript 5.9', 'TypeScript 6', 'TypeScript 7'] as const).flatMap((compiler) => [
    honest(compiler, true),
    honest(compiler, false),
  ]),
  ['The mistakes in the docs, TypeScript 5.9', { speed: 'slow', run: () => compareMistakes('typescript-5.9') }],
  ['The mistakes in the docs, TypeScript 6', { speed: 'slow', run: () => compareMistakes('typescript') }],
  ['The cost of programs', { speed: 'slow', run: () => judgeCost(measurePrograms()) }],
  ['The cost of reads', { speed: 'quick', run: () => judgeCost(measureReads()) }],
  ['TypeScript 7', { speed: 'quick', run: () => verdictOn(compileWithCommand(NATIVE, PROJECT)) }],
  [
    'TypeScript 7, strict and nothing more',
    { speed: 'slow', run: () => verdictOn(compileWithCommand(NATIVE, PROJECT, flags(PLAIN_STRICT))) },
  ],
]);

/** The honest programs with one compiler. */
function honest(compiler: 'TypeScript 5.9' | 'TypeScript 6' | 'TypeScript 7', exact: boolean): [string, TypeSuite] {
  const speed = compiler === 'TypeScript 7' && exact ? 'quick' : 'slow';
  const name = `Honest programs, ${compiler}${exact ? '' : ', optional keys may be undefined'}`;
  return [name, { speed, run: () => compileHonestPrograms(compiler, exact) }];
}

function flags(options: object): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

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
