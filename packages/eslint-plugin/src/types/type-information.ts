import type { ParserServices, TSESTree } from '@typescript-eslint/utils';
import type ts from 'typescript';

import type { SourceCode } from '../rule.ts';

export interface TypeInformation {
  readonly checker: ts.TypeChecker;
  readonly typeOf: (node: TSESTree.Node) => ts.Type;
  readonly tsNodeOf: (node: TSESTree.Node) => ts.Node;
}

/** The types of a file, or `undefined` if it is linted without types: in JavaScript without a project, and in oxlint. */
export function typeInformation(code: SourceCode): TypeInformation | undefined {
  const services: Partial<ParserServices> | undefined = code.parserServices;
  const program = services?.program;
  const nodes = services?.esTreeNodeToTSNodeMap;
  if (program === undefined || program === null || nodes === undefined) return undefined;
  const checker = program.getTypeChecker();
  const tsNodeOf = (node: TSESTree.Node): ts.Node => nodes.get(node);
  return { checker, tsNodeOf, typeOf: (node) => checker.getTypeAtLocation(tsNodeOf(node)) };
}

/** The parts of a type: members of unions and intersections, the constraint of a type parameter, base classes. */
export function partsOf(checker: ts.TypeChecker, type: ts.Type, seen = new Set<ts.Type>()): readonly ts.Type[] {
  if (seen.has(type)) return [];
  seen.add(type);
  const below = (types: readonly ts.Type[]): readonly ts.Type[] =>
    types.flatMap((part) => partsOf(checker, part, seen));
  if (type.isUnionOrIntersection()) return below(type.types);
  if (type.isTypeParameter()) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint === undefined ? [type] : below([constraint]);
  }
  return [type, ...below((type as ts.Type).getBaseTypes() ?? [])];
}

/** Whether a type is `any`. The numbers of TypeScript's flags differ between versions, so they are read from the checker. */
export function isAny(checker: ts.TypeChecker, type: ts.Type): boolean {
  return (type.flags & checker.getAnyType().flags) !== 0;
}
