import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, type Variable, variableOf, withoutTypes } from './nodes.ts';
import type { SourceCode } from '../rule.ts';

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionExpression
  | TSESTree.FunctionDeclaration;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'FunctionDeclaration'
  );
}

/** The expressions that a function may return: the body of an arrow function, or those of its `return`s. */
export function returned(fn: FunctionNode): readonly Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'ReturnStatement' && node.argument !== null) found.push(node.argument);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(fn.body);
  return found;
}

export function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'parent') return [];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The function of this file that a name refers to. */
export function functionNamed(code: SourceCode, name: TSESTree.Identifier): FunctionNode | undefined {
  const definition = variableOf(code, name)?.defs[0]?.node as Node | undefined;
  if (isFunction(definition)) return definition;
  if (definition?.type !== 'VariableDeclarator' || definition.init === null) return undefined;
  const init = withoutTypes(definition.init);
  return isFunction(init) ? init : undefined;
}

/** The parameter of a function in which a name is bound. */
export function parameterOf(
  variable: Variable,
): { readonly fn: FunctionNode; readonly parameter: Node; readonly name: TSESTree.Identifier } | undefined {
  const definition = variable.defs[0];
  if (definition === undefined || (definition.type as string) !== 'Parameter') return undefined;
  const fn = definition.node as Node;
  const name = definition.name as TSESTree.Identifier;
  if (!isFunction(fn)) return undefined;
  const parameter = fn.params.find(({ range }) => range[0] <= name.range[0] && name.range[1] <= range[1]);
  return parameter === undefined ? undefined : { fn, parameter, name };
}
