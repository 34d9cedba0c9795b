import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { bare, entriesOf, Node, VariableDeclarationKind } from '../project/index.ts';
import type { ObjectLiteralExpression, Project, SourceFile, VariableDeclaration } from '../project/index.ts';

/** Thrown for a part of a view that can't be read without running it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly node: Node;

  constructor(message: string, node: Node) {
    super(message);
    this.node = node;
  }
}

const DEEPEST = 20;
const EXTENSIONS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '/index.ts', '/index.js'];

/** The object literal of an expression. Only constants, imports and `as const` are followed. */
export function objectAt(node: Node, depth = 0): ObjectLiteralExpression {
  const value = constantAt(node, depth);
  if (Node.isObjectLiteralExpression(value)) return value;
  throw new Unreadable('it is not an object literal', value);
}

/** The keys of an object with their values, including spreads of constants. A later key replaces an earlier one. */
export function propertiesOf(node: Node, depth = 0): ReadonlyMap<string, Node> {
  if (depth > DEEPEST) throw new Unreadable('it refers to itself', node);
  const object = objectAt(node, depth);
  const found = new Map<string, Node>();
  const entries = entriesOf(object);
  if (entries.length !== object.getProperties().length) throw new Unreadable('it has a method or a getter', object);
  for (const { key, value, node: property } of entries) {
    if (Node.isSpreadAssignment(property)) {
      for (const [inner, innerValue] of propertiesOf(value, depth + 1)) set(found, inner, innerValue);
      continue;
    }
    set(found, key ?? computedKey(property, depth), value);
  }
  return found;
}

/** Sets a key. A replaced key moves to the end, because the order of keys has no meaning here. */
function set(found: Map<string, Node>, key: string, value: Node): void {
  found.delete(key);
  found.set(key, value);
}

function computedKey(property: Node, depth: number): string {
  const name = Node.isPropertyAssignment(property) ? property.getNameNode() : undefined;
  if (!Node.isComputedPropertyName(name)) throw new Unreadable('a key can’t be read', property);
  const key = constantAt(name.getExpression(), depth + 1);
  if (Node.isStringLiteral(key) || Node.isNoSubstitutionTemplateLiteral(key)) return key.getLiteralText();
  throw new Unreadable('a key is computed', name);
}

/** Resolves an expression through constants of this file and of others. */
export function constantAt(node: Node, depth = 0): Node {
  const value = bare(node);
  if (depth > DEEPEST) throw new Unreadable('it refers to itself', node);
  if (Node.isIdentifier(value) && value.getText() !== 'undefined')
    return constantNamed(value.getText(), value, depth + 1);
  if (!Node.isPropertyAccessExpression(value)) return value;
  const inner = propertiesOf(value.getExpression(), depth + 1).get(value.getName());
  if (inner === undefined) throw new Unreadable(`${value.getName()} is not written out`, value);
  return constantAt(inner, depth + 1);
}

function constantNamed(name: string, at: Node, depth: number): Node {
  const declared = declaredAround(name, at);
  if (declared === undefined) return importedAs(name, at, depth);
  const initializer = Node.isVariableDeclaration(declared) ? declared.getInitializer() : undefined;
  if (initializer === undefined || !Node.isVariableDeclaration(declared))
    throw new Unreadable(`${name} is a parameter or has no value of its own`, at);
  if (!isConstant(declared)) throw new Unreadable(`${name} is not a constant`, at);
  if (isChanged(name, at.getSourceFile())) throw new Unreadable(`${name} is changed after it was made`, at);
  return constantAt(initializer, depth + 1);
}

function isConstant(declared: VariableDeclaration): boolean {
  return declared.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const;
}

/** The nearest declaration of a name: in a block around, in the parameters of a function around, or in the file. */
function declaredAround(name: string, at: Node): Node | undefined {
  for (const scope of at.getAncestors()) {
    if (Node.isParametered(scope)) {
      const parameter = scope.getParameters().find((one) => one.getName() === name);
      if (parameter !== undefined) return parameter;
    }
    if (!Node.isBlock(scope) && !Node.isSourceFile(scope)) continue;
    const variable = scope.getVariableDeclaration(name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** Whether an object is changed later, so that its literal is not its final value: `paths.email = 1`, `delete paths.email`, `Object.assign(paths, …)`. */
function isChanged(name: string, file: SourceFile): boolean {
  const word = name.replaceAll('$', String.raw`\$`);
  return new RegExp(
    String.raw`(?<![\w.$])${word}(?:\.\w+|\[[^\]]*\])+\s*=(?!=|>)|delete\s+${word}[.[]|(?:assign|defineProperty|defineProperties|setPrototypeOf)\(\s*${word}\b`,
  ).test(file.getFullText());
}

function importedAs(name: string, at: Node, depth: number): Node {
  const file = at.getSourceFile();
  for (const declaration of file.getImportDeclarations()) {
    const specifier = declaration
      .getNamedImports()
      .find((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
    if (specifier === undefined) continue;
    if (isChanged(name, file)) throw new Unreadable(`${name} is changed after it was made`, at);
    const target = fileOf(declaration.getModuleSpecifierValue(), file);
    if (target === undefined) return at;
    return exported(specifier.getName(), target, depth);
  }
  return at;
}

function exported(name: string, file: SourceFile, depth: number): Node {
  const declared = file.getVariableDeclaration(name);
  const initializer = declared?.getInitializer();
  if (declared !== undefined && initializer !== undefined) {
    if (!isConstant(declared) || isChanged(name, file)) throw new Unreadable(`${name} is not a constant`, declared);
    return constantAt(initializer, depth + 1);
  }
  for (const declaration of file.getExportDeclarations()) {
    const from = declaration.getModuleSpecifierValue();
    const specifier = declaration
      .getNamedExports()
      .find((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
    const target = from === undefined || specifier === undefined ? undefined : fileOf(from, file);
    if (target !== undefined && specifier !== undefined) return exported(specifier.getName(), target, depth + 1);
  }
  throw new Unreadable(`${name} is not written out in ${file.getBaseName()}`, file);
}

/** A file of the project by its import specifier. It is parsed on demand. */
function fileOf(specifier: string, from: SourceFile): SourceFile | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = resolve(dirname(from.getFilePath()), specifier);
  const stem = base.replace(/\.[cm]?js$/, '');
  const path = [
    ...EXTENSIONS.map((extension) => base + extension),
    ...EXTENSIONS.map((extension) => stem + extension),
  ].find((one) => /\.[cm]?[jt]sx?$/.test(one) && existsSync(one));
  const project: Project = from.getProject();
  return path === undefined ? undefined : project.addSourceFileAtPath(path);
}
