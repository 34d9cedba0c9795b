import type { TSESTree } from '@typescript-eslint/utils';

import { childrenOf, type FunctionNode, functionNamed, isFunction, returned } from '../ast/functions.ts';
import { type Node, propertyName, variableOf, withoutTypes } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A call of a function: with its arguments, or as the callback of a list. */
export interface Caller {
  readonly call: Call;
  readonly given?: Call['arguments'];
  readonly list?: Node;
}

/** The function of this file that a callee refers to: by name, as `this.method`, as a member of an object or an instance, or inline. */
export function functionCalled(code: SourceCode, callee: Node): FunctionNode | undefined {
  if (isFunction(callee)) return callee;
  if (callee.type === 'Identifier') return functionNamed(code, callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const name = propertyName(code, callee);
  return name === undefined ? undefined : memberNamed(code, ownerOf(code, callee.object), name);
}

/** The class or the object literal that a receiver is made of. */
function ownerOf(code: SourceCode, receiver: Node): Node | undefined {
  const bare = withoutTypes(receiver);
  if (bare.type === 'ThisExpression') return ownerAround(bare);
  if (bare.type !== 'Identifier') return undefined;
  const definition = variableOf(code, bare)?.defs[0]?.node;
  if (definition?.type === 'ClassDeclaration') return definition;
  const init = definition?.type === 'VariableDeclarator' ? definition.init : null;
  if (init?.type === 'NewExpression') return ownerOf(code, init.callee);
  return init?.type === 'ObjectExpression' ? init : undefined;
}

/** The class or the object of the method that `this` is in. */
function ownerAround(node: Node): Node | undefined {
  let at: Node | undefined | null = node;
  while (at !== undefined && at !== null && (!isFunction(at) || at.type === 'ArrowFunctionExpression')) {
    // An arrow function in a property of a class.
    if (at.type === 'PropertyDefinition') return at.parent.parent;
    at = at.parent;
  }
  const member = at?.parent;
  if (member?.type === 'Property') return member.parent;
  return member?.type === 'MethodDefinition' ? member.parent.parent : undefined;
}

function memberNamed(code: SourceCode, owner: Node | undefined, name: string): FunctionNode | undefined {
  const members =
    owner?.type === 'ObjectExpression'
      ? owner.properties
      : owner?.type === 'ClassDeclaration' || owner?.type === 'ClassExpression'
        ? owner.body.body
        : [];
  for (const member of members) {
    if (member.type !== 'Property' && member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition')
      continue;
    if (propertyName(code, member) === name && isFunction(member.value)) return member.value;
  }
  return undefined;
}

/** The calls of a function in its own file. */
export function callsOf(code: SourceCode, fn: FunctionNode): readonly Caller[] {
  return callsIn(code).flatMap((call): readonly Caller[] => {
    const callee = withoutTypes(call.callee);
    if (!isFunction(callee) && functionCalled(code, callee) === fn) return [{ call, given: call.arguments }];
    if (callee.type !== 'MemberExpression') return [];
    const isCallback = call.arguments.some((one) => !isFunction(one) && functionCalled(code, withoutTypes(one)) === fn);
    return isCallback ? [{ call, list: callee.object }] : [];
  });
}

const CALLS = new WeakMap<TSESTree.Program, readonly Call[]>();

function callsIn(code: SourceCode): readonly Call[] {
  const known = CALLS.get(code.ast);
  if (known !== undefined) return known;
  const found: Call[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') found.push(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(code.ast);
  CALLS.set(code.ast, found);
  return found;
}

/** The expressions that a function may return. */
export function resultsOf(fn: Node): readonly Node[] {
  return isFunction(fn) ? returned(fn) : [];
}
