import { Node } from './syntax.ts';

const ROUTE_METHODS = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'all',
  'use',
  'route',
  'options',
  'head',
  'on',
  'handle',
  'handler',
]);
/** The properties of a route that contain its function: `{ url: '/users', handler: list }`. */
const ROUTE_PROPERTIES = new Set(['handler', 'resolve']);

/** Whether a node is an inline route handler: `app.get('/users', …)`, `{ handler: … }`. */
export function isGivenToRoute(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAssignment(parent)) return ROUTE_PROPERTIES.has(parent.getName());
  return Node.isCallExpression(parent) && parent.getExpression() !== node && isRoute(parent);
}

function isRoute(call: Node): boolean {
  const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
  if (!Node.isCallExpression(call) || !Node.isPropertyAccessExpression(callee)) return false;
  // A procedure of tRPC has no path.
  if (/^(?:query|mutation)$/.test(callee.getName())) return /procedure/i.test(callee.getExpression().getText());
  return ROUTE_METHODS.has(callee.getName()) && hasPath(call);
}

/** `app.get('/users', …)`, `app.get(PATHS.users, …)`, and `app.route('/users').get(…)`. */
function hasPath(call: Node): boolean {
  if (!Node.isCallExpression(call)) return false;
  const [path] = call.getArguments();
  if (path !== undefined && isText(path)) return true;
  const callee = call.getExpression();
  const before = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : undefined;
  return Node.isCallExpression(before) && isRoute(before);
}

function isText(node: Node): boolean {
  return Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node) || Node.isTemplateExpression(node);
}

/** The names of handlers in a node: `list`, `users.list`, `this.list.bind(this)`. */
export function handlersNamedAt(node: Node): readonly Node[] {
  if (Node.isCallExpression(node) && isRoute(node)) return node.getArguments().flatMap(named);
  if (Node.isPropertyAssignment(node) && ROUTE_PROPERTIES.has(node.getName())) return named(node.getInitializer());
  return Node.isShorthandPropertyAssignment(node) && ROUTE_PROPERTIES.has(node.getName()) ? [node.getNameNode()] : [];
}

function named(node: Node | undefined): readonly Node[] {
  if (Node.isArrayLiteralExpression(node)) return node.getElements().flatMap(named);
  if (Node.isIdentifier(node) || Node.isPropertyAccessExpression(node)) return [node];
  if (!Node.isCallExpression(node)) return [];
  const callee = node.getExpression();
  if (Node.isPropertyAccessExpression(callee) && callee.getName() === 'bind') return named(callee.getExpression());
  // `wrap(list)`: a function that takes a handler and returns one.
  return node.getArguments().flatMap(named);
}
