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

/** The texts that an expression may be, as far as they are constant: the branches of a condition, the elements of a list that is looped over. */
export function constantStrings(code: SourceCode, node: Node): readonly string[] {
  const whole = constantString(code, node);
  if (whole !== undefined) return [whole];
  const bare = withoutTypes(node);
  switch (bare.type) {
    case 'ConditionalExpression':
      return [bare.consequent, bare.alternate].flatMap((part) => constantStrings(code, part));
    case 'LogicalExpression':
      return [bare.left, bare.right].flatMap((part) => constantStrings(code, part));
    case 'Identifier':
      return variableOf(code, bare)?.defs.flatMap(({ node: definition }) => stringsOf(code, definition)) ?? [];
    default:
      return [];
  }
}

function stringsOf(code: SourceCode, definition: Node): readonly string[] {
  if (definition.type !== 'VariableDeclarator' || definition.id.type !== 'Identifier') return [];
  const loop = definition.parent.parent;
  if (definition.init !== null) return isPlain(definition.init) ? [] : constantStrings(code, definition.init);
  if (loop?.type !== 'ForOfStatement' || loop.right.type !== 'ArrayExpression') return [];
  return loop.right.elements.flatMap((element) => (element === null ? [] : constantStrings(code, element)));
}

/** A name is not followed to another name, which may lead back to it. */
function isPlain(node: Node): boolean {
  return withoutTypes(node).type === 'Identifier';
}

/** The name of a member or a property, including `object['name']`; `undefined` if it is not constant. */
export function propertyName(
  code: SourceCode,
  node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
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

/** The type that a name or a pattern is declared with. oxlint has `null` for none, ESLint's parser `undefined`. */
export function typeAnnotationOf(node: Node): TSESTree.TypeNode | undefined {
  if (node.type !== 'Identifier' && node.type !== 'ObjectPattern') return undefined;
  const annotation = node.typeAnnotation as TSESTree.TSTypeAnnotation | null | undefined;
  return annotation?.typeAnnotation;
}
