import { functionAround } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { Node } from './syntax.ts';
import type { Expression } from './syntax.ts';
import { propertyRead } from './text-of.ts';
import { Tracer } from './tracer.ts';

/** What a client sends that may hold an object. Route parameters and headers are strings. */
const CONTAINERS = new Set(['query', 'body', 'cookies', 'signedCookies', 'rawBody']);
const REQUEST = /(?:^|\.)(?:req|request|ctx|context|event|c)$/i;

const TRACERS = new WeakMap<NameIndex, Tracer<Node>>();

/** The parts of a request that an expression may be, as they came: `req.query.name`, `await c.req.json()`, `{ name } = req.body`. */
export function requestInputBehind(node: Node, index: NameIndex): readonly Node[] {
  const known = TRACERS.get(index);
  const tracer = known ?? Tracer.of<Node>(index, inputAt);
  TRACERS.set(index, tracer);
  return tracer.trace(node);
}

function inputAt(node: Node): readonly Node[] | undefined {
  if (Node.isBindingElement(node)) return ofBinding(node);
  if (Node.isObjectLiteralExpression(node) || Node.isTemplateExpression(node)) return [];
  return isInput(node) ? [node] : undefined;
}

function isInput(node: Node): boolean {
  if (Node.isCallExpression(node)) return isBodyReader(node.getExpression());
  if (!Node.isPropertyAccessExpression(node) && !Node.isElementAccessExpression(node)) return false;
  const name = propertyRead(node);
  const holder: Expression = node.getExpression();
  if (name !== undefined && CONTAINERS.has(name) && REQUEST.test(holder.getText())) return true;
  return isInput(Node.isNonNullExpression(holder) || Node.isParenthesizedExpression(holder) || Node.isAsExpression(holder) ? holder.getExpression() : holder);
}

/** `await c.req.json()`, `await request.json()`. */
function isBodyReader(callee: Node): boolean {
  return Node.isPropertyAccessExpression(callee) && /^(?:json|parseBody|formData)$/.test(callee.getName()) && /(?:^|\.)(?:req|request)$/i.test(callee.getExpression().getText());
}

/** `{ name } = req.body` and `({ body }, res) => …`. */
function ofBinding(node: Node): readonly Node[] | undefined {
  if (!Node.isBindingElement(node)) return undefined;
  const holder = node.getParent().getParent();
  if (Node.isBindingElement(holder)) return ofBinding(holder);
  if (Node.isVariableDeclaration(holder)) {
    const from = holder.getInitializer();
    const source = from !== undefined && Node.isAwaitExpression(from) ? from.getExpression() : from;
    if (source === undefined) return undefined;
    if (isInput(source)) return [source];
    const key = node.getPropertyNameNode()?.getText() ?? node.getName();
    return CONTAINERS.has(key) && REQUEST.test(source.getText()) ? [node] : undefined;
  }
  const key = node.getPropertyNameNode()?.getText() ?? node.getName();
  const next = functionAround(node)?.getParameters()[1];
  return CONTAINERS.has(key) && next !== undefined && /^(?:res|response|reply|h)\b/.test(next.getText()) ? [node] : undefined;
}
