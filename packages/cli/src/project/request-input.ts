import { bare, functionAround } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { Node } from './syntax.ts';
import { propertyRead } from './text-of.ts';
import { Tracer } from './tracer.ts';

/** The parts of a request that may contain an object. Route parameters and headers are strings. */
const CONTAINERS = new Set(['query', 'body', 'cookies', 'signedCookies', 'rawBody']);
const REQUEST = /(?:^|\.)(?:req|request|ctx|context|event|c)$/i;

const TRACERS = new WeakMap<NameIndex, Tracer<Node>>();

/** The unchecked request input that an expression may be: `req.query.name`, `await c.req.json()`, `{ name } = req.body`. */
export function requestInputBehind(node: Node, index: NameIndex): readonly Node[] {
  return tracerOf(index).trace(node);
}

function tracerOf(index: NameIndex): Tracer<Node> {
  const known = TRACERS.get(index);
  if (known !== undefined) return known;
  // A property of request input is request input too, so tracing continues with the object.
  const tracer: Tracer<Node> = Tracer.of<Node>(index, (node) =>
    inputAt(node, (holder) => tracer.trace(holder).length > 0),
  );
  TRACERS.set(index, tracer);
  return tracer;
}

type IsInput = (node: Node) => boolean;

function inputAt(node: Node, isInput: IsInput): readonly Node[] | undefined {
  if (Node.isBindingElement(node)) return ofBinding(node, isInput);
  if (Node.isObjectLiteralExpression(node) || Node.isTemplateExpression(node)) return [];
  if (Node.isCallExpression(node)) return isBodyReader(node.getExpression()) ? [node] : undefined;
  if (!Node.isPropertyAccessExpression(node) && !Node.isElementAccessExpression(node)) return undefined;
  const name = propertyRead(node);
  const holder = node.getExpression();
  if (name !== undefined && CONTAINERS.has(name) && REQUEST.test(holder.getText())) return [node];
  return isInput(holder) ? [node] : undefined;
}

/** `await c.req.json()`, `await request.json()`. */
function isBodyReader(callee: Node): boolean {
  return (
    Node.isPropertyAccessExpression(callee) &&
    /^(?:json|parseBody|formData)$/.test(callee.getName()) &&
    /(?:^|\.)(?:req|request)$/i.test(callee.getExpression().getText())
  );
}

/** `{ name } = req.body`, `{ body } = req` and `({ body }, res) => …`. */
function ofBinding(node: Node, isInput: IsInput): readonly Node[] | undefined {
  if (!Node.isBindingElement(node)) return undefined;
  const holder = node.getParent().getParent();
  if (Node.isBindingElement(holder)) return ofBinding(holder, isInput);
  const key = node.getPropertyNameNode()?.getText() ?? node.getName();
  if (Node.isVariableDeclaration(holder)) {
    const from = holder.getInitializer();
    if (from === undefined) return undefined;
    return isInput(from) || (CONTAINERS.has(key) && REQUEST.test(bare(from).getText())) ? [node] : undefined;
  }
  const next = functionAround(node)?.getParameters()[1];
  return CONTAINERS.has(key) && next !== undefined && /^(?:res|response|reply|h)\b/.test(next.getText())
    ? [node]
    : undefined;
}
