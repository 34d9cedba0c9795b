/**
 * The one door to ts-morph: what the rest of the package reads and matches syntax with. When TypeScript's own new API is
 * stable, this folder changes and nothing else does.
 */
export { Node, Project, SyntaxKind, ts } from 'ts-morph';
export type {
  CallExpression,
  ClassDeclaration,
  ClassExpression,
  Expression,
  InterfaceDeclaration,
  ObjectLiteralExpression,
  ParameterDeclaration,
  PropertyDeclaration,
  SourceFile,
  Symbol as TypeSymbol,
  Type,
} from 'ts-morph';
