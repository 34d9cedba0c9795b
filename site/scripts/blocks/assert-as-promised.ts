import type { TwoslashNode } from 'twoslash-protocol';
import ts from 'typescript';

import type { PageBlock } from './page-block.ts';

/** Throws if a block has an error that it should not have, or if a statement compiles that should be refused. */
export function assertAsPromised({ page, code, isRefused }: PageBlock, nodes: readonly TwoslashNode[]): void {
  const errors = nodes.flatMap((node) => (node.type === 'error' ? [node] : []));
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true);
  const statements = isRefused ? source.statements.filter(ts.isExpressionStatement) : [];
  const surplus = errors.filter(({ start }) => !statements.some((statement) => isIn(statement, start)));
  const missing = statements.filter((statement) => !errors.some(({ start }) => isIn(statement, start)));
  const faults = [
    ...surplus.map(({ text, start }) => `${text}\n${code.slice(start).split('\n')[0]}`),
    ...missing.map((statement) => `this should not compile: ${statement.getText()}`),
  ];
  if (isRefused && statements.length === 0) faults.push('a block that is refused needs a statement');
  if (faults.length > 0) throw new Error(`${page}:\n${faults.join('\n')}\nin the block\n${code}`);
}

function isIn(statement: ts.Statement, start: number): boolean {
  return start >= statement.getStart() && start < statement.getEnd();
}
