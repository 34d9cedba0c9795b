import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../rule.ts';
import { parameterOf } from './functions.ts';
import { constantString, type Node, propertyName, type Variable, variableOf, withoutTypes } from './nodes.ts';
import { nameIn } from './origin.ts';
import { patternPath } from './pattern-path.ts';

/** Something that a file imports: an export of a module, or the whole module (`'*'`). */
interface Import {
  readonly source: string;
  readonly name: string;
}

const WHOLE = '*';
/** Methods that load a module by its name, besides `require` itself. */
const LOADERS: ReadonlySet<string> = new Set(['require', 'requireActual', 'importActual']);
const LONGEST_CHAIN = 10;

/**
 * The export of a module that an expression refers to, with any kind of import: `import { op as o }`, `import * as sc`,
 * `require('…')`, `await import('…')`, or through a file of the project that exports it again. The module itself is `'*'`.
 */
export function importedName(code: SourceCode, node: Node, module: string): string | undefined {
  return nameOf(code, importAt(code, node, module, LONGEST_CHAIN), module);
}

/** The export that a member of an expression refers to: `trusted` of `import * as sc`. */
export function importedMember(
  code: SourceCode,
  object: Node,
  key: string | undefined,
  module: string,
): string | undefined {
  return nameOf(code, memberOf(code, importAt(code, object, module, LONGEST_CHAIN), key, module), module);
}

function nameOf(code: SourceCode, found: Import | undefined, module: string): string | undefined {
  if (found === undefined) return undefined;
  // With CommonJS, the default export is the module.
  if (found.source === module && found.name === 'default') return WHOLE;
  return nameIn(code, found.source, found.name, module);
}

function memberOf(
  code: SourceCode,
  found: Import | undefined,
  key: string | undefined,
  module: string,
): Import | undefined {
  if (found === undefined || key === undefined) return undefined;
  if (nameOf(code, found, module) === WHOLE) return { source: module, name: key };
  return found.name === WHOLE ? { source: found.source, name: key } : undefined;
}

function importAt(code: SourceCode, node: Node, module: string, left: number): Import | undefined {
  if (left === 0) return undefined;
  const at = (inner: Node | null | undefined): Import | undefined =>
    inner === null || inner === undefined ? undefined : importAt(code, inner, module, left - 1);
  const bare = withoutTypes(node);
  switch (bare.type) {
    case 'Identifier': {
      const variable = variableOf(code, bare);
      return variable === undefined ? undefined : ofVariable(code, variable, module, left);
    }
    case 'MemberExpression': {
      const key = propertyName(code, bare);
      return memberOf(code, at(bare.object), key, module) ?? at(valueInLiteral(code, bare.object, key));
    }
    case 'AwaitExpression':
      return at(bare.argument);
    case 'SequenceExpression':
      return at(bare.expressions.at(-1));
    case 'ConditionalExpression':
      return at(bare.consequent) ?? at(bare.alternate);
    case 'LogicalExpression':
      return at(bare.left) ?? at(bare.right);
    case 'AssignmentExpression':
      return at(bare.right);
    default: {
      const source = sourceOfLoad(code, bare);
      return source === undefined ? undefined : { source, name: WHOLE };
    }
  }
}

/** The module that `require('…')` or `import('…')` loads, or a function made by `createRequire()`. */
function sourceOfLoad(code: SourceCode, node: Node): string | undefined {
  if (node.type === 'ImportExpression') return constantString(code, node.source);
  if (node.type !== 'CallExpression' || !isLoader(code, node.callee)) return undefined;
  const [source] = node.arguments;
  return source === undefined ? undefined : constantString(code, source);
}

function isLoader(code: SourceCode, node: Node): boolean {
  const callee = withoutTypes(node);
  if (callee.type === 'MemberExpression') return LOADERS.has(propertyName(code, callee) ?? '');
  if (isCreateRequire(code, callee)) return true;
  if (callee.type !== 'Identifier') return false;
  const definition = variableOf(code, callee)?.defs[0]?.node;
  const init = definition?.type === 'VariableDeclarator' ? definition.init : null;
  return callee.name === 'require' || (init !== null && isCreateRequire(code, withoutTypes(init)));
}

function isCreateRequire(code: SourceCode, node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = withoutTypes(node.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(code, callee) : code.getText(callee);
  return name === 'createRequire' || importedName(code, callee, 'node:module') === 'createRequire';
}

/** `trusted` in `const marks = { trusted }`. */
function valueInLiteral(code: SourceCode, object: Node, key: string | undefined): Node | undefined {
  const bare = withoutTypes(object);
  const definition = bare.type === 'Identifier' ? variableOf(code, bare)?.defs[0]?.node : undefined;
  const init = definition?.type === 'VariableDeclarator' && definition.init !== null ? definition.init : object;
  const literal = withoutTypes(init);
  if (key === undefined || literal.type !== 'ObjectExpression') return undefined;
  const found = literal.properties.find((part) => part.type === 'Property' && propertyName(code, part) === key);
  return found?.type === 'Property' ? found.value : undefined;
}

function ofVariable(code: SourceCode, variable: Variable, module: string, left: number): Import | undefined {
  for (const { node, name } of variable.defs) {
    const found = ofDefinition(code, node, name as TSESTree.Identifier, variable, module, left);
    if (found !== undefined) return found;
  }
  for (const { writeExpr, init } of variable.references) {
    const found =
      init === true || writeExpr === null || writeExpr === undefined
        ? undefined
        : importAt(code, writeExpr, module, left - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofDefinition(
  code: SourceCode,
  node: Node,
  name: TSESTree.Identifier,
  variable: Variable,
  module: string,
  left: number,
): Import | undefined {
  switch (node.type) {
    case 'ImportSpecifier':
      return node.parent.type === 'ImportDeclaration'
        ? { source: node.parent.source.value, name: specifierName(node.imported) }
        : undefined;
    case 'ImportNamespaceSpecifier':
      return { source: node.parent.source.value, name: WHOLE };
    case 'ImportDefaultSpecifier':
      return { source: node.parent.source.value, name: 'default' };
    case 'TSImportEqualsDeclaration': {
      if (node.moduleReference.type !== 'TSExternalModuleReference') return undefined;
      const source = constantString(code, node.moduleReference.expression);
      return source === undefined ? undefined : { source, name: WHOLE };
    }
    case 'VariableDeclarator':
      return node.init === null
        ? undefined
        : ofPattern(code, node.id, name, importAt(code, node.init, module, left - 1), module);
    default:
      return ofThen(code, variable, module, left);
  }
}

/** `import('module').then(({ name }) => …)`. */
function ofThen(code: SourceCode, variable: Variable, module: string, left: number): Import | undefined {
  const bound = parameterOf(variable);
  const call = bound?.fn.parent;
  if (bound === undefined || call?.type !== 'CallExpression' || call.arguments[0] !== bound.fn) return undefined;
  const callee = withoutTypes(call.callee);
  if (callee.type !== 'MemberExpression' || propertyName(code, callee) !== 'then') return undefined;
  return ofPattern(code, bound.parameter, bound.name, importAt(code, callee.object, module, left - 1), module);
}

function ofPattern(
  code: SourceCode,
  pattern: Node,
  name: TSESTree.Identifier,
  from: Import | undefined,
  module: string,
): Import | undefined {
  return patternPath(code, pattern, name)?.reduce<Import | undefined>(
    (found, key) => memberOf(code, found, key, module),
    from,
  );
}

export function specifierName(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === 'Identifier' ? name.name : name.value;
}
