import {
  findVariable as find,
  getPropertyName as nameOf,
  getStringIfConstant as stringOf,
} from '@eslint-community/eslint-utils';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../rule.ts';

export type Node = TSESTree.Node;
export type Variable = TSESLint.Scope.Variable;

// eslint-utils has types for ESTree; these rules use its superset with TypeScript's nodes.
type EstreeNode = Parameters<typeof stringOf>[0];
type EstreeScope = Parameters<typeof find>[0];
type Named = Parameters<typeof nameOf>[0];

const scopeOf = (code: SourceCode, node: Node) => code.getScope(node) as unknown as EstreeScope;

/** The text of a constant expression: a literal, a concatenation, a constant. */
export function constantString(code: SourceCode, node: Node): string | undefined {
  return stringOf(node as EstreeNode, scopeOf(code, node)) ?? undefined;
}

/** The name of a member or a property, including `object['name']`; `undefined` if it is not constant. */
export function propertyName(
  code: SourceCode,
  node: TSESTree.MemberExpression | TSESTree.Property,
): string | undefined {
  return nameOf(node as Named, scopeOf(code, node)) ?? undefined;
}

export function variableOf(code: SourceCode, node: TSESTree.Identifier): Variable | undefined {
  return (find(scopeOf(code, node), node) ?? undefined) as unknown as Variable | undefined;
}

/** An expression without parts that only change its type: casts, `!`, `satisfies`, the wrapper of `?.`. */
export function withoutTypes(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
    case 'TSInstantiationExpression':
      return withoutTypes(node.expression);
    default:
      return node;
  }
}

/** The module of `import('…').Name`. Parsers give the literal itself, or a type around it. */
export function sourceOfType(node: TSESTree.TSImportType): Node {
  const source = (node.source ?? node.argument) as Node;
  return source.type === 'TSLiteralType' ? source.literal : source;
}
