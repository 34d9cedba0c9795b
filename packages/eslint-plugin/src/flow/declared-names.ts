import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../ast/functions.ts';
import { type Node, typeAnnotationOf } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';

/** The last name of a parameter's type annotation: `Request` in `express.Request<Params>`. `''` for a type without a name. */
export function typeName(parameter: Node): string | undefined {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  const annotation = typeAnnotationOf(target);
  return annotation === undefined ? undefined : nameOfType(annotation);
}

export function nameOfType(type: TSESTree.TypeNode): string {
  if (type.type !== 'TSTypeReference') return '';
  if (type.typeName.type === 'TSQualifiedName') return type.typeName.right.name;
  return type.typeName.type === 'Identifier' ? type.typeName.name : '';
}

/** The name under which a function is exported where it is declared: `'default'`, or its own. */
export function exportedName(code: SourceCode, fn: FunctionNode): string | undefined {
  const { parent } = fn;
  if (parent.type === 'ExportDefaultDeclaration') return 'default';
  if (fn.type === 'FunctionDeclaration')
    return fn.id !== null && isExported(code, fn, fn.id.name) ? fn.id.name : undefined;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return undefined;
  return isExported(code, parent.parent, parent.id.name) ? parent.id.name : undefined;
}

function isExported(code: SourceCode, statement: Node, name: string): boolean {
  if (statement.parent?.type === 'ExportNamedDeclaration') return true;
  return code.ast.body.some(
    (one) =>
      one.type === 'ExportNamedDeclaration' &&
      one.source === null &&
      one.specifiers.some(({ local }) => local.type === 'Identifier' && local.name === name),
  );
}
