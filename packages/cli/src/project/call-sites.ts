import { bare, isClass } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { declarationsOf } from './declarations.ts';
import { Node } from './syntax.ts';

export interface CallSite {
  readonly node: Node;
  readonly arguments: readonly Node[];
  /** The class whose constructor calls `super(…)`, or that `new` creates. */
  readonly madeBy: Node | undefined;
}

/** Finds the functions and classes that an expression may be. */
type FindFunctions = (callee: Node) => readonly Node[];

/** The calls of a function: calls by its name that resolve to it. */
export function callSitesOf(owner: Node, index: NameIndex, find: FindFunctions): readonly CallSite[] {
  if (Node.isConstructorDeclaration(owner)) return constructorSites(owner.getParent(), index, find);
  return namesOf(owner).flatMap((name) =>
    (index.calls.get(name) ?? []).flatMap((node) => {
      if (!Node.isCallExpression(node) || !find(node.getExpression()).includes(owner)) return [];
      return [{ node, arguments: node.getArguments(), madeBy: undefined }];
    }),
  );
}

/** Whether a function is passed to a route by its name: `app.get('/users', list)`. */
export function isNamedByRoute(owner: Node, index: NameIndex, find: FindFunctions): boolean {
  return namesOf(owner).some((name) =>
    (index.handlers.get(name) ?? []).some((handler) => find(handler).includes(owner)),
  );
}

/** `new`, `super(…)`, and `new` of a subclass that passes its arguments on. */
function constructorSites(made: Node, index: NameIndex, find: FindFunctions): readonly CallSite[] {
  const bySubclass = (index.calls.get('super') ?? []).flatMap((node) => {
    const around = node.getFirstAncestor(isClass);
    if (!Node.isCallExpression(node) || around === undefined || baseOf(around) !== made) return [];
    return [{ node, arguments: node.getArguments(), madeBy: around }];
  });
  const byNew = (index.calls.get('new') ?? []).flatMap((node) => {
    if (!Node.isNewExpression(node)) return [];
    const target = find(node.getExpression()).find((found) => constructedBy(found) === made);
    return target === undefined ? [] : [{ node, arguments: node.getArguments(), madeBy: target }];
  });
  return [...bySubclass, ...byNew];
}

/** The class whose constructor runs for a `new`: the class itself, or the nearest one above that has a constructor. */
function constructedBy(made: Node): Node | undefined {
  if (!isClass(made)) return undefined;
  if (made.getConstructors().length > 0) return made;
  const base = baseOf(made);
  return base === undefined ? made : constructedBy(base);
}

/** The class of the project that a class extends. */
export function baseOf(node: Node): Node | undefined {
  const extended = isClass(node) ? node.getExtends()?.getExpression() : undefined;
  return extended === undefined ? undefined : declarationsOf(extended).map(valueOf).find(isClass);
}

function valueOf(declaration: Node): Node {
  if (!Node.isVariableDeclaration(declaration)) return declaration;
  const initializer = declaration.getInitializer();
  return initializer === undefined ? declaration : bare(initializer);
}

/** Whether a class is another one, or extends it. */
export function isOrExtends(node: Node | undefined, other: Node): boolean {
  if (node === undefined) return false;
  return node === other || isOrExtends(baseOf(node), other);
}

/** The names that a function may be called by. */
function namesOf(owner: Node): readonly string[] {
  if (Node.isFunctionDeclaration(owner) || Node.isMethodDeclaration(owner)) return [owner.getName() ?? []].flat();
  const parent = owner.getParent();
  if (Node.isVariableDeclaration(parent) || Node.isPropertyAssignment(parent) || Node.isPropertyDeclaration(parent))
    return [parent.getName()];
  if (!Node.isBinaryExpression(parent)) return [];
  const left = parent.getLeft();
  return [Node.isPropertyAccessExpression(left) ? left.getName() : left.getText()];
}
