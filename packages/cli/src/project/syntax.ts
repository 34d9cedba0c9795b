/**
 * The only import of ts-morph. When TypeScript's own new API is stable, only this folder has to change.
 */
export { Node, Project, SyntaxKind, ts, VariableDeclarationKind } from 'ts-morph';
export type {
  CallExpression,
  ClassDeclaration,
  ClassExpression,
  Expression,
  ObjectLiteralExpression,
  ResolutionHostFactory,
  SourceFile,
  Symbol as TypeSymbol,
  Type,
  VariableDeclaration,
} from 'ts-morph';
