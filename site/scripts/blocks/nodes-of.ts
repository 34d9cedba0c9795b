import { resolveNodePositions, type TwoslashNode } from 'twoslash-protocol';
import ts from 'typescript';

import { sentenceOf } from '../../.vitepress/sentence-of.ts';
import type { CompiledBlocks } from './compile-blocks.ts';
import type { PageBlock } from './page-block.ts';

/** A longer type says nothing to a reader. */
const LONGEST = 300;

/** What a page shows at the code of a block: the type of each name, and what the compiler says. */
export function nodesOf({ service, fileOf }: CompiledBlocks, block: PageBlock): TwoslashNode[] {
  const file = fileOf(block);
  const shift = block.hidden.length;
  const errors = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
    ({ start = 0, length = 0, code, messageText }) => ({
      type: 'error' as const,
      start: start - shift,
      length,
      code,
      filename: block.path,
      id: `err-${code}-${start}-${length}`,
      text: sentenceOf(ts.flattenDiagnosticMessageText(messageText, '\n')),
      level: 'error' as const,
    }),
  );
  const seen = new Set<string>();
  const hovers = namesIn(block.code).flatMap(({ start, text: target }) => {
    const info = service.getQuickInfoAtPosition(file, start + shift);
    const text = ts.displayPartsToString(info?.displayParts);
    // Once in each block: every one makes the page larger.
    if (text === '' || seen.has(text)) return [];
    seen.add(text);
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
    return [{ type: 'hover' as const, start, length: target.length, target, text: shown }];
  });
  return resolveNodePositions([...hovers, ...errors], block.code);
}

/** The names whose types a reader asks for: what is declared, and the methods that are called. */
function namesIn(code: string): readonly { readonly start: number; readonly text: string }[] {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true);
  const names: { start: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const name = nameOf(node);
    if (name !== undefined) names.push({ start: name.getStart(source), text: name.text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function nameOf(node: ts.Node): ts.Identifier | undefined {
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ts.isIdentifier(node.expression.name)
  )
    return node.expression.name;
  const isDeclared = ts.isVariableDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isBindingElement(node);
  return isDeclared && ts.isIdentifier(node.name) ? node.name : undefined;
}
