import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../rule.ts';
import { comesFrom, importedName, specifierName } from './imported-name.ts';
import { constantString, type Node, propertyName, sourceOfType } from './nodes.ts';

/** `const { name } = value` */
export const DESTRUCTURED = 'VariableDeclarator > ObjectPattern > Property';

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
      if (comesFrom(node.parent, module)) tell(node, specifierName(node.imported));
    },
    ExportSpecifier: (node) => {
      const { parent } = node;
      if (parent.type === 'ExportNamedDeclaration' && parent.source?.value === module)
        tell(node, specifierName(node.local));
    },
    ExportAllDeclaration: (node) => {
      if (node.source.value === module) found(node, '*');
    },
    // `import * as mongodb`, `require('mongodb')`, `await import('mongodb')`
    MemberExpression: (node) => tell(node, importedName(code, node, module)),
    TSQualifiedName: (node) => {
      if (node.left.type === 'Identifier' && importedName(code, node.left, module) === '*') tell(node, node.right.name);
    },
    [DESTRUCTURED]: (node: TSESTree.Property) => {
      const declarator = node.parent.parent;
      if (declarator?.type !== 'VariableDeclarator' || declarator.init === null) return;
      if (importedName(code, declarator.init, module) === '*') tell(node, propertyName(code, node));
    },
    TSImportType: (node) => {
      if (constantString(code, sourceOfType(node)) === module && node.qualifier !== null)
        tell(node, code.getText(node.qualifier));
    },
  };
}
