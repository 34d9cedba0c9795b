import { bare, declarationsOf, entriesOf, isFunction, Node, objectsBehind } from '../project/index.ts';
import type { DriverCall, NameIndex, ObjectLiteralExpression, SourceFile } from '../project/index.ts';
import { replace, textWith } from './edit.ts';
import type { Edit } from './edit.ts';
import type { Need } from './elsewhere.ts';

/** A filter that is written elsewhere, and gets `op()` there. */
export interface SharedFilter {
  readonly objects: readonly ObjectLiteralExpression[];
  readonly edits: readonly Edit[];
  /** The expression in the call. */
  readonly node: Node;
}

/** The literals that the arguments of a call come from, also by spreads. */
export function objectsUsedBy(call: Pick<DriverCall, 'arguments'>, index: NameIndex): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const argument of call.arguments) collect(argument, index, found);
  return found;
}

function collect(node: Node, index: NameIndex, found: Set<Node>): void {
  const written = bare(node);
  if (Node.isArrayLiteralExpression(written)) for (const one of written.getElements()) collect(one, index, found);
  for (const object of objectsBehind(written, index)) {
    if (found.has(object)) continue;
    found.add(object);
    for (const { key, value } of entriesOf(object))
      if (key === undefined || key.startsWith('$')) collect(value, index, found);
  }
}

/** A copy of the function that makes a filter: the copy gets `op()`, and the function stays for the calls that still use the driver. */
export interface Copied {
  /** The statement of the copy; nothing if the copy is there. */
  readonly edits: readonly Edit[];
  readonly needs: readonly Need[];
  readonly name: string;
  readonly newName: string;
}

/** Copies the function of a filter like `ownedBy(user)`. `undefined` for a filter that no function of a module makes. */
export function copiedFor({ node, edits }: SharedFilter): Copied | undefined {
  const call = bare(node);
  const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
  if (!Node.isIdentifier(callee)) return undefined;
  const [declared, ...others] = declarationsOf(callee);
  const statement = declared === undefined || others.length > 0 ? undefined : statementOf(declared);
  if (declared === undefined || statement === undefined || !Node.hasName(declared)) return undefined;
  const file = statement.getSourceFile();
  const isOutside = edits.some(
    (edit) => edit.file !== file.getFilePath() || edit.start < statement.getStart() || edit.end > statement.getEnd(),
  );
  const name = declared.getName();
  const newName = `safe${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const known = declaredIn(file, newName);
  // A function of this name is the copy of an earlier run, or another one.
  if (isOutside || (known !== undefined && !known.getText().includes('op('))) return undefined;
  const needs = needsOf(callee, file, newName);
  if (needs === undefined) return undefined;
  const end = statement.getEnd();
  const text = `\n\n${textWith(statement, [...edits, replace(nameNodeOf(declared), newName)])}`;
  const path = file.getFilePath();
  return {
    name: callee.getText(),
    newName,
    edits: known === undefined ? [{ file: path, start: end, end, text }] : [],
    needs: [...needs, ...(known === undefined ? [{ file: path, from: 'library', name: 'op' } as const] : [])],
  };
}

/** The statement of a function of a module: `function f()` or `const f = () => …`. */
function statementOf(declared: Node): Node | undefined {
  const isValue = Node.isVariableDeclaration(declared) && isFunction(bareInitializer(declared));
  const statement = isValue ? declared.getVariableStatement() : declared;
  const isOwn =
    Node.isFunctionDeclaration(statement) ||
    (Node.isVariableStatement(statement) && statement.getDeclarations().length === 1);
  return isOwn && Node.isSourceFile(statement.getParent()) ? statement : undefined;
}

function bareInitializer(declared: Node): Node | undefined {
  const initializer = Node.isVariableDeclaration(declared) ? declared.getInitializer() : undefined;
  return initializer === undefined ? undefined : bare(initializer);
}

function nameNodeOf(declared: Node): Node {
  const name =
    Node.isVariableDeclaration(declared) || Node.isFunctionDeclaration(declared) ? declared.getNameNode() : undefined;
  return name ?? declared;
}

function declaredIn(file: SourceFile, name: string): Node | undefined {
  return file.getFunction(name) ?? file.getVariableDeclaration(name);
}

/** The import of the copy beside the import of the function. Nothing if both are in one file. */
function needsOf(callee: Node, declaring: SourceFile, newName: string): readonly Need[] | undefined {
  const file = callee.getSourceFile();
  if (file === declaring) return [];
  const specifier = file
    .getImportDeclarations()
    .find((one) =>
      one
        .getNamedImports()
        .some((named) => (named.getAliasNode() ?? named.getNameNode()).getText() === callee.getText()),
    )
    ?.getModuleSpecifierValue();
  return specifier === undefined ? undefined : [{ file: file.getFilePath(), from: { specifier }, name: newName }];
}
