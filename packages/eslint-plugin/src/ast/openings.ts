import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../rule.ts';
import { DESTRUCTURED } from './driver-imports.ts';
import { type Node, propertyName, variableOf } from './nodes.ts';

/** Methods of the driver's classes that return a collection or documents. */
export const OPENS: Readonly<Record<string, ReadonlySet<string>>> = {
  MongoClient: new Set(['db', 'bulkWrite', 'watch']),
  Db: new Set([
    'collection',
    'collections',
    'createCollection',
    'renameCollection',
    'aggregate',
    'command',
    'runCursorCommand',
    'watch',
  ]),
};

/** Without types, only names are checked: `x.collection('users')`, `const { collection } = db`, `db.command(…)`. */
export function openingsByName(
  code: SourceCode,
  names: TSESLint.RuleListener,
  report: (node: Node, name: string) => void,
): TSESLint.RuleListener {
  return {
    MemberExpression(node) {
      names.MemberExpression?.(node);
      const name = propertyName(code, node);
      if (name !== undefined && isOpeningByName(code, node, name)) report(node.property, name);
    },
    [DESTRUCTURED]: (node: TSESTree.Property) => {
      names[DESTRUCTURED]?.(node as never);
      const { value } = node;
      if (propertyName(code, node) === 'collection' && value.type === 'Identifier' && isCalled(code, value))
        report(node, 'collection');
    },
  };
}

function isOpeningByName(code: SourceCode, node: TSESTree.MemberExpression, name: string): boolean {
  if (name === 'collection') return isUsedAsFunction(code, node);
  if (OPENS['Db']?.has(name) !== true || !isCallOf(node)) return false;
  return /(?:^|[.\W])(?:\w*[dD]b|database)(?:\(\))?$/.test(code.getText(node.object));
}

function isCallOf(node: Node, isEmptyAllowed = true): boolean {
  const { parent } = node;
  if (parent?.type === 'ChainExpression' || parent?.type === 'TSNonNullExpression')
    return isCallOf(parent, isEmptyAllowed);
  if (parent?.type === 'TSInstantiationExpression') return isCallOf(parent, isEmptyAllowed);
  return parent?.type === 'CallExpression' && parent.callee === node && (isEmptyAllowed || parent.arguments.length > 0);
}

/** `x.collection('users')`, `x.collection.bind(x)`, `Reflect.apply(x.collection, …)`, `const open = x.collection; open('users')`. */
export function isUsedAsFunction(code: SourceCode, node: Node): boolean {
  if (isCallOf(node, false)) return true;
  const { parent } = node;
  if (parent?.type === 'MemberExpression' && parent.object === node)
    return ['call', 'apply', 'bind'].includes(propertyName(code, parent) ?? '');
  if (parent?.type === 'CallExpression') return code.getText(parent.callee) === 'Reflect.apply';
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && isCalled(code, parent.id);
}

function isCalled(code: SourceCode, name: TSESTree.Identifier): boolean {
  const references = variableOf(code, name)?.references ?? [];
  return references.some(
    ({ identifier, init }) => init !== true && identifier.type === 'Identifier' && isUsedAsFunction(code, identifier),
  );
}
