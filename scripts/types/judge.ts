import type { Diagnostic } from './diagnostic.ts';
import type { Expectation, Refusal } from './expectation.ts';

/** The result of the type tests with one compiler. */
export interface Verdict {
  readonly passed: number;
  /** A message for each expectation that failed, and for each unexpected error. */
  readonly failures: readonly string[];
}

/**
 * Compares the errors of a compiler with the expectations. Each error matches at most one expectation. An unexpected error fails
 * the assertion that it is in, or the file.
 */
export function judge(
  expectations: readonly Expectation[],
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): Verdict {
  const open = new Set(diagnostics);
  const failures: string[] = [];
  let passed = 0;
  const refusals = expectations.filter((expectation) => expectation.kind === 'refusal');
  for (const refusal of refusals) {
    const answer = [...open].find((diagnostic) => answers(diagnostic, refusal, texts));
    if (answer === undefined) {
      failures.push(`${refusal.file}:${refusal.line}: no error at ${refusal.key} says: ${refusal.sentence}`);
    } else {
      open.delete(answer);
      passed += 1;
    }
  }
  for (const assertion of expectations) {
    if (assertion.kind !== 'assertion') continue;
    const isBroken = [...open].some(
      ({ file, line }) => file === assertion.file && line >= assertion.line && line <= assertion.lastLine,
    );
    if (!isBroken) passed += 1;
  }
  for (const { file, line, column, message } of open)
    failures.push(`${file}:${line}:${column}: unexpected: ${message}`);
  return { passed, failures };
}

function answers(
  diagnostic: Diagnostic,
  { file, line, key, sentence }: Refusal,
  texts: ReadonlyMap<string, string>,
): boolean {
  if (diagnostic.file !== file || diagnostic.line !== line || !diagnostic.message.includes(sentence)) return false;
  const source = texts.get(file)?.split('\n')[line - 1] ?? '';
  return source
    .slice(diagnostic.column - 1)
    .replace(/^['"`]/, '')
    .startsWith(key);
}
