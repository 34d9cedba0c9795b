import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, propertyName, type Variable } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';

const ADDING: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'fill', 'add', 'set', 'append']);

/** The values that are put into a variable after its declaration: by assignment to it or to a member, by merging, by adding elements. */
export function valuesPutInto(code: SourceCode, variable: Variable): readonly Node[] {
  return variable.references.flatMap((reference): readonly Node[] => {
    if (reference.init !== true && reference.writeExpr !== null && reference.writeExpr !== undefined)
      return [reference.writeExpr];
    return reference.identifier.type === 'Identifier' ? valuesAt(code, reference.identifier) : [];
  });
}

function valuesAt(code: SourceCode, name: TSESTree.Identifier): readonly Node[] {
  let target: Node = name;
  while (target.parent?.type === 'MemberExpression' && target.parent.object === target) target = target.parent;
  const { parent } = target;
  if (target === name)
    return parent?.type === 'CallExpression' && isMergeInto(code, parent, name) ? parent.arguments.slice(1) : [];
  if (parent?.type === 'AssignmentExpression' && parent.left === target) return [parent.right];
  if (parent?.type !== 'CallExpression' || parent.callee !== target || target.type !== 'MemberExpression') return [];
  return ADDING.has(propertyName(code, target) ?? '') ? parent.arguments : [];
}

function isMergeInto(code: SourceCode, call: TSESTree.CallExpression, name: Node): boolean {
  return call.arguments[0] === name && code.getText(call.callee) === 'Object.assign';
}
