import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../rule.ts';
import { constantString, type Node, propertyName, type Variable, variableOf, withoutTypes } from './nodes.ts';

const WHOLE = '*';

/**
 * The export of a module that an expression refers to, with any kind of import: `import { op as o }`, `import * as sc`,
 * `require('…')`, `await import('…')`. The module itself is `'*'`.
 */
export function importedName(code: SourceCode, node: Node, module: string): string | undefined {
  const bare = withoutTypes(node);
  if (bare.type === 'Identifier') {
    const variable = variableOf(code, bare);
    return variable === undefined ? undefined : nameOfBinding(code, variable, bare.name, module);
  }
  if (bare.type === 'MemberExpression')
    return memberOf(importedName(code, bare.object, module), propertyName(code, bare));
  return isLoad(code, bare, module) ? WHOLE : undefined;
}

function memberOf(whole: string | undefined, name: string | undefined): string | undefined {
  if (whole !== WHOLE || name === undefined) return undefined;
  return name === 'default' ? WHOLE : name;
}

/** `require('module')`, `import('module')`, awaited or not. */
export function isLoad(code: SourceCode, node: Node, module: string): boolean {
  const bare = withoutTypes(node);
  if (bare.type === 'AwaitExpression') return isLoad(code, bare.argument, module);
  if (bare.type === 'ImportExpression') return constantString(code, bare.source) === module;
  if (bare.type !== 'CallExpression' || bare.callee.type !== 'Identifier' || bare.callee.name !== 'require')
    return false;
  const [source] = bare.arguments;
  return source !== undefined && constantString(code, source) === module;
}

function nameOfBinding(code: SourceCode, variable: Variable, local: string, module: string): string | undefined {
  for (const { node } of variable.defs) {
    const name = nameOfDefinition(code, node, local, module);
    if (name !== undefined) return name;
  }
  return undefined;
}

function nameOfDefinition(code: SourceCode, node: Node, local: string, module: string): string | undefined {
  switch (node.type) {
    case 'ImportSpecifier':
      return comesFrom(node.parent, module) ? specifierName(node.imported) : undefined;
    case 'ImportNamespaceSpecifier':
    case 'ImportDefaultSpecifier':
      return comesFrom(node.parent, module) ? WHOLE : undefined;
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference' &&
        constantString(code, node.moduleReference.expression) === module
        ? WHOLE
        : undefined;
    case 'VariableDeclarator': {
      if (node.init === null) return undefined;
      const whole = importedName(code, node.init, module);
      return node.id.type === 'ObjectPattern' ? memberOf(whole, keyOf(code, node.id, local)) : whole;
    }
    default:
      return undefined;
  }
}

export function comesFrom(declaration: Node | undefined, module: string): boolean {
  return declaration?.type === 'ImportDeclaration' && declaration.source.value === module;
}

export function specifierName(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === 'Identifier' ? name.name : name.value;
}

function keyOf(code: SourceCode, pattern: TSESTree.ObjectPattern, local: string): string | undefined {
  for (const property of pattern.properties) {
    if (property.type === 'Property' && property.value.type === 'Identifier' && property.value.name === local)
      return propertyName(code, property);
  }
  return undefined;
}
