import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../rule.ts';
import { importedMember, importedName, specifierName } from './imported-name.ts';
import { isFunction } from './functions.ts';
import { constantString, type Node, propertyName, sourceOfType, withoutTypes } from './nodes.ts';
import { exportsAnyOf, nameIn } from './origin.ts';

/** `{ name }` in a pattern. */
export const DESTRUCTURED = 'ObjectPattern > Property';

type Found = (node: Node, name: string) => void;

/** Reports each place where a module uses one of these exports of another: imports of values and types, re-exports, members. */
export function namesOf(
  code: SourceCode,
  module: string,
  names: ReadonlySet<string>,
  found: Found,
): TSESLint.RuleListener {
  const tell = (node: Node, name: string | undefined): void => {
    if (name !== undefined && names.has(name)) found(node, name);
  };
  return {
    ImportSpecifier: (node) => {
      const { parent } = node;
      if (parent.type === 'ImportDeclaration')
        tell(node, nameIn(code, parent.source.value, specifierName(node.imported), module));
    },
    ExportSpecifier: (node) => {
      const { parent } = node;
      if (parent.type === 'ExportNamedDeclaration')
        tell(node, nameIn(code, parent.source?.value, specifierName(node.local), module));
    },
    ExportAllDeclaration: (node) => {
      if (exportsAnyOf(code, node.source.value, names, module)) found(node, '*');
    },
    // `import * as mongodb`, `require('mongodb')`, `await import('mongodb')`
    MemberExpression: (node) => tell(node, importedName(code, node, module)),
    TSQualifiedName: (node) => {
      if (node.left.type === 'Identifier') tell(node, importedMember(code, node.left, node.right.name, module));
    },
    [DESTRUCTURED]: (node: TSESTree.Property) => {
      const object = destructured(code, node.parent as TSESTree.ObjectPattern);
      if (object !== undefined) tell(node, importedMember(code, object, propertyName(code, node), module));
    },
    TSImportType: (node) => {
      if (constantString(code, sourceOfType(node)) === module && node.qualifier !== null)
        tell(node, code.getText(node.qualifier));
    },
  };
}

/** The value that a pattern takes its names of: in a declaration, an assignment, or the callback of `then()`. */
export function destructured(code: SourceCode, pattern: TSESTree.ObjectPattern): Node | undefined {
  const { parent } = pattern;
  if (parent.type === 'VariableDeclarator') return parent.init ?? undefined;
  if (parent.type === 'AssignmentExpression') return parent.right;
  if (!isFunction(parent) || parent.params[0] !== pattern || parent.parent.type !== 'CallExpression') return undefined;
  const callee = withoutTypes(parent.parent.callee);
  return callee.type === 'MemberExpression' && propertyName(code, callee) === 'then' ? callee.object : undefined;
}
