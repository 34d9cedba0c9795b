import ts from 'typescript';

/** An expectation of a type test: a call that is refused with a message at a key, or lines that compile. */
export type Expectation = Refusal | Assertion;

/** Written as `// refused: 'key' …` above the refused line or at its end; `// refused at key: …` if the message quotes no key. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly file: string;
  readonly line: number;
  readonly sentence: string;
  /** The text at the position of the error. */
  readonly key: string;
}

/** Written as `type(value).is<Expected>()` or `compiles(() => …)`. */
export interface Assertion {
  readonly kind: 'assertion';
  readonly file: string;
  readonly line: number;
  readonly lastLine: number;
}

const REFUSED = /\/\/ refused(?: at (?<at>.+?))?: (?<sentence>.+)$/;

/** All expectations of a type test. Throws if a marker names no key, because it would check no position. */
export function expectationsIn(file: string, text: string): readonly Expectation[] {
  return [...refusalsIn(file, text), ...assertionsIn(file, text)];
}

function refusalsIn(file: string, text: string): readonly Refusal[] {
  const lines = text.split('\n');
  return lines.flatMap((source, index) => {
    const marker = REFUSED.exec(source)?.groups;
    if (marker === undefined) return [];
    const sentence = marker['sentence'] ?? '';
    const key = marker['at'] ?? /'([^']+)'/.exec(sentence)?.[1];
    if (key === undefined) throw new Error(`${file}:${index + 1}: write "// refused at KEY: ${sentence}"`);
    return [{ kind: 'refusal' as const, file, line: refusedLine(lines, index) + 1, sentence, key }];
  });
}

/** A marker on its own line is about the next line of code. */
function refusedLine(lines: readonly string[], marker: number): number {
  let line = marker;
  while (lines[line]?.trimStart().startsWith('//')) line += 1;
  return line;
}

function assertionsIn(file: string, text: string): readonly Assertion[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const assertions: Assertion[] = [];
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isAssertion(node.expression)) {
      assertions.push({ kind: 'assertion', file, line: lineOf(node.getStart()), lastLine: lineOf(node.end) });
    } else {
      node.forEachChild(visit);
    }
  };
  visit(source);
  return assertions;
}

function isAssertion(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'compiles';
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'is';
}
