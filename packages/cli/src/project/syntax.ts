/**
 * The one door to ts-morph: what the rest of the package reads and matches syntax with. When TypeScript's own new API is
 * stable, this folder changes and nothing else does.
 */
export { Node, Project, SyntaxKind, ts, VariableDeclarationKind } from 'ts-morph';
export type {
  CallExpression,
  ClassDeclaration,
  ClassExpression,
  Expression,
  ObjectLiteralExpression,
  SourceFile,
  Symbol as TypeSymbol,
  Type,
  VariableDeclaration,
} from 'ts-morph';
