import { Node } from './syntax.ts';
import type { TypeSymbol } from './syntax.ts';

/** The declarations behind a name, through imports and exports. */
export function declarationsOf(node: Node): readonly Node[] {
  const symbol = symbolBehind(node);
  if (symbol === undefined) return [];
  return symbol.getDeclarations();
}

export function symbolBehind(node: Node): TypeSymbol | undefined {
  const symbol = Node.isShorthandPropertyAssignment(node) ? node.getValueSymbol() : node.getSymbol();
  if (symbol === undefined) return undefined;
  return symbol.isAlias() ? (symbol.getAliasedSymbol() ?? symbol) : symbol;
}
