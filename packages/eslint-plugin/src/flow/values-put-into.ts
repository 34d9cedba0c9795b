import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, propertyName, type Variable } from '../ast/nodes.ts';
import { ANY_MEMBER, patternPath } from '../ast/pattern-path.ts';
import type { SourceCode } from '../rule.ts';

const ADDING: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'fill', 'add', 'set', 'append']);
/** `Object.assign`, and the functions of lodash that change their first argument. */
const MERGING = /^(?:Object\.assign|(?:(?:_|lodash)\.)?(?:merge|assign|extend|defaults|defaultsDeep|set))$/;

/** A value that is put into a variable. */
export interface PutValue {
  readonly value: Node;
  /** Where in the variable: `['role']` for `set.role = …`. */
  readonly into: readonly string[];
  /** What is taken of the value: `['body']` for `({ body: set } = req)`. */
  readonly from: readonly string[];
  /** The key, if it is computed. */
  readonly key?: Node;
}

/** The values that are put into a variable after its declaration: by assignment to it or to a member, by merging, by adding elements. */
export function valuesPutInto(code: SourceCode, variable: Variable): readonly PutValue[] {
  return variable.references.flatMap(({ init, writeExpr, identifier }): readonly PutValue[] => {
    if (identifier.type !== 'Identifier' || init === true) return [];
    if (writeExpr === null || writeExpr === undefined) return valuesAt(code, identifier);
    return [{ value: writeExpr, into: [], from: takenBy(code, identifier, writeExpr) }];
  });
}

function takenBy(code: SourceCode, name: TSESTree.Identifier, value: Node): readonly string[] {
  const { parent } = value;
  return parent?.type === 'AssignmentExpression' ? (patternPath(code, parent.left, name) ?? []) : [];
}

function valuesAt(code: SourceCode, name: TSESTree.Identifier): readonly PutValue[] {
  let target: Node = name;
  const into: string[] = [];
  let key: Node | undefined;
  while (target.parent?.type === 'MemberExpression' && target.parent.object === target) {
    target = target.parent;
    const segment = propertyName(code, target);
    if (segment === undefined) key = target.property;
    into.push(segment ?? ANY_MEMBER);
  }
  const { parent } = target;
  if (parent?.type === 'AssignmentExpression' && parent.left === target)
    return [{ value: parent.right, into, from: [], ...(key === undefined ? {} : { key }) }];
  if (parent?.type !== 'CallExpression') return [];
  if (parent.arguments[0] === target && MERGING.test(code.getText(parent.callee)))
    return parent.arguments.slice(1).map((value) => ({ value, into: [], from: [] }));
  if (parent.callee !== target || !ADDING.has(into.at(-1) ?? '')) return [];
  return parent.arguments.map((value) => ({ value, into: into.slice(0, -1), from: [ANY_MEMBER] }));
}
