import { handlersNamedAt } from './route-handlers.ts';
import { Node, SyntaxKind } from './syntax.ts';
import type { Project } from './syntax.ts';

/** The places where a name is called or assigned in a project. Names are cheap to index; symbols are resolved later. */
export interface NameIndex {
  /** Calls by the last name of the callee; `super(…)` is under `super`, every `new` under `new`. */
  readonly calls: ReadonlyMap<string, readonly Node[]>;
  /** The left sides of assignments, by their last name. */
  readonly assigned: ReadonlyMap<string, readonly Node[]>;
  /** The properties and getters of classes, by name. */
  readonly members: ReadonlyMap<string, readonly Node[]>;
  /** The methods of classes and of object literals, by name. */
  readonly methods: ReadonlyMap<string, readonly Node[]>;
  /** The names of route handlers: `list` in `app.get('/users', list)`. */
  readonly handlers: ReadonlyMap<string, readonly Node[]>;
}

export function indexNames(project: Project): NameIndex {
  const calls = new Map<string, Node[]>();
  const assigned = new Map<string, Node[]>();
  const members = new Map<string, Node[]>();
  const methods = new Map<string, Node[]>();
  const handlers = new Map<string, Node[]>();
  for (const file of project.getSourceFiles()) {
    file.forEachDescendant((node) => {
      if (Node.isCallExpression(node)) add(calls, lastName(node.getExpression()), node);
      for (const handler of handlersNamedAt(node)) add(handlers, lastName(handler), handler);
      if (Node.isMethodDeclaration(node)) add(methods, node.getName(), node);
      if (Node.isNewExpression(node)) add(calls, 'new', node);
      else if (Node.isPropertyDeclaration(node) || Node.isGetAccessorDeclaration(node))
        add(members, node.getName(), node);
      else if (Node.isBinaryExpression(node) && isAssignment(node.getOperatorToken().getKind()))
        add(assigned, lastName(node.getLeft()), node.getLeft());
    });
  }
  return { calls, assigned, members, methods, handlers };
}

function isAssignment(kind: SyntaxKind): boolean {
  return (
    kind === SyntaxKind.EqualsToken ||
    kind === SyntaxKind.QuestionQuestionEqualsToken ||
    kind === SyntaxKind.BarBarEqualsToken
  );
}

/** The last name of `a.b.c`, `c` or `super`. */
export function lastName(node: Node): string | undefined {
  if (Node.isPropertyAccessExpression(node)) return node.getName();
  if (Node.isIdentifier(node)) return node.getText();
  if (Node.isSuperExpression(node)) return 'super';
  if (Node.isParenthesizedExpression(node) || Node.isNonNullExpression(node)) return lastName(node.getExpression());
  return undefined;
}

function add(map: Map<string, Node[]>, name: string | undefined, node: Node): void {
  if (name === undefined) return;
  const nodes = map.get(name);
  if (nodes === undefined) map.set(name, [node]);
  else nodes.push(node);
}
