import { isGivenToRoute } from './route-handlers.ts';
import { Node } from './syntax.ts';

const SENDERS = new Set(['json', 'jsonp', 'send', 'end', 'render', 'status', 'write', 'code']);
const RESPONSE_NAME = /^(?:res|resp|response|reply|rep|ctx|c|context|NextResponse|Response)$/i;
const SOCKET_NAME = /^(?:io|socket|ws|channel|namespace)$/i;
const ROUTE_EXPORTS = new Set([
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'loader',
  'action',
  'handler',
  'getServerSideProps',
  'default',
]);

/** Whether a call sends its argument to a client: `res.status(200).json(…)`, `reply.send(…)`, `c.json(…)`, `io.emit(…)`. */
export function isResponse(call: Node): boolean {
  if (!Node.isCallExpression(call) && !Node.isNewExpression(call)) return false;
  const callee = call.getExpression();
  if (Node.isNewExpression(call)) return callee.getText() === 'Response';
  if (!Node.isPropertyAccessExpression(callee)) return false;
  const root = rootName(callee.getExpression());
  if (SENDERS.has(callee.getName())) return RESPONSE_NAME.test(root);
  return callee.getName() === 'emit' && SOCKET_NAME.test(root);
}

/** Whether the left side of an assignment is a response body: `ctx.body = …`. */
export function isResponseBody(left: Node): boolean {
  return (
    Node.isPropertyAccessExpression(left) &&
    left.getName() === 'body' &&
    RESPONSE_NAME.test(rootName(left.getExpression()))
  );
}

/** Whether a function is a route handler, whose result the framework sends to a client. */
export function isHandler(owner: Node): boolean {
  if (
    Node.isMethodDeclaration(owner) &&
    owner
      .getDecorators()
      .some((one) => /^(?:Get|Post|Put|Patch|Delete|All|Query|Mutation|ResolveField)$/.test(one.getName()))
  )
    return true;
  if (Node.isFunctionDeclaration(owner) && owner.isExported())
    return ROUTE_EXPORTS.has(owner.getName() ?? 'default') && isRouteFile(owner);
  const parent = owner.getParent();
  if (Node.isVariableDeclaration(parent))
    return (
      ROUTE_EXPORTS.has(parent.getName()) &&
      (parent.getVariableStatement()?.isExported() ?? false) &&
      isRouteFile(owner)
    );
  return isGivenToRoute(owner);
}

/** Whether a file is in a folder of a framework that routes by file names. In other files `GET` and `default` have no meaning. */
function isRouteFile(node: Node): boolean {
  return /\/(?:app|pages|api|routes|server)\//.test(node.getSourceFile().getFilePath());
}

function rootName(node: Node): string {
  if (Node.isCallExpression(node) || Node.isPropertyAccessExpression(node) || Node.isNonNullExpression(node))
    return rootName(node.getExpression());
  return Node.isThisExpression(node) ? 'this' : node.getText();
}
