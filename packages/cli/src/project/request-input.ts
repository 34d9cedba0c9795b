import { bare, functionAround } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { Node, SyntaxKind, ts } from './syntax.ts';
import type { Type } from './syntax.ts';
import { propertyRead } from './text-of.ts';
import { Tracer } from './tracer.ts';

/** The parts of a request that may contain an object. Route parameters and headers are strings. */
const CONTAINERS = new Set(['query', 'body', 'cookies', 'signedCookies', 'rawBody']);
const REQUEST = /(?:^|\.)(?:req|request|ctx|context|event|c)$/i;

/** The types of values that can't hold an operator. */
const SINGLE =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null;

/** The types that say which values a schema in the code could allow, but whose packages are not installed. */
const UNRESOLVED = ts.TypeFlags.Any | ts.TypeFlags.Unknown;

const TRACERS = new WeakMap<NameIndex, Tracer<Node>>();
const OPERATOR_TRACERS = new WeakMap<NameIndex, Tracer<Node>>();

/** The unchecked request input that an expression may be: `req.query.name`, `await c.req.json()`, `{ name } = req.body`. */
export function requestInputBehind(node: Node, index: NameIndex): readonly Node[] {
  return tracerOf(
    index,
    TRACERS,
    () => false,
    () => false,
  ).trace(node);
}

/** The same, without objects whose fields a schema in the code lists: a client can't add others. */
export function openInputBehind(node: Node, index: NameIndex): readonly Node[] {
  return requestInputBehind(node, index).filter((input) => !isListed(input.getType()));
}

/** The same, without input that a schema in the code allows only single values for: it can't be an object of operators. */
export function operatorInputBehind(node: Node, index: NameIndex): readonly Node[] {
  return tracerOf(
    index,
    OPERATOR_TRACERS,
    (holder, name) => isChecked(holder, name, unresolvedInput(index)),
    isGuarded,
  ).trace(node);
}

const UNRESOLVED_INPUT = new WeakMap<NameIndex, Set<Node>>();

/** Input that a schema in the code checks, but the schema comes from a package that is not installed. */
export function unresolvedInput(index: NameIndex): Set<Node> {
  const found = UNRESOLVED_INPUT.get(index) ?? new Set<Node>();
  UNRESOLVED_INPUT.set(index, found);
  return found;
}

function tracerOf(
  index: NameIndex,
  tracers: WeakMap<NameIndex, Tracer<Node>>,
  isSafe: IsSafe,
  isEnd: (node: Node) => boolean,
): Tracer<Node> {
  const known = tracers.get(index);
  if (known !== undefined) return known;
  // A property of request input is request input too, so tracing continues with the object.
  const tracer: Tracer<Node> = Tracer.of<Node>(index, (node) => {
    if (isEnd(node)) return [];
    return inputAt(node, (holder, name) => {
      const holders = tracer.trace(holder);
      return holders.length === 0 ? undefined : holders.every((one) => isSafe(one, name)) ? 'safe' : 'input';
    });
  });
  tracers.set(index, tracer);
  return tracer;
}

type IsSafe = (holder: Node, name: string | undefined) => boolean;
/** Judges a property of an object that may be request input. */
type Judge = (holder: Node, name: string | undefined) => 'input' | 'safe' | undefined;

function inputAt(node: Node, judge: Judge): readonly Node[] | undefined {
  if (Node.isBindingElement(node)) return ofBinding(node, judge);
  if (Node.isObjectLiteralExpression(node) || Node.isTemplateExpression(node)) return [];
  if (Node.isCallExpression(node)) return isBodyReader(node.getExpression()) ? [node] : undefined;
  if (!Node.isPropertyAccessExpression(node) && !Node.isElementAccessExpression(node)) return undefined;
  const name = propertyRead(node);
  const holder = node.getExpression();
  if (name !== undefined && CONTAINERS.has(name) && REQUEST.test(holder.getText())) return [node];
  return partOf(judge(holder, name), node);
}

function partOf(judged: ReturnType<Judge>, part: Node): readonly Node[] | undefined {
  if (judged === undefined) return undefined;
  return judged === 'safe' ? [] : [part];
}

/**
 * Whether the type of a part was computed from a schema in the code, as by `z.infer` and by routes with a contract: the property is
 * declared where the schema's object is written. A type that is only declared or cast says nothing about what a client sends.
 */
function isChecked(holder: Node, name: string | undefined, unresolved: Set<Node>): boolean {
  const property = name === undefined ? undefined : holder.getType().getProperty(name);
  const written = property?.getDeclarations().find((one) => Node.isPropertyAssignment(one));
  if (property === undefined || !Node.isPropertyAssignment(written)) return false;
  if (isUnresolved(written.getInitializer())) {
    unresolved.add(written);
    return true;
  }
  const type = property.getTypeAtLocation(holder);
  const members = type.isUnion() ? type.getUnionTypes() : [type];
  return members.every((one) => (one.getFlags() & SINGLE) !== 0);
}

/** Whether the schema of a field comes from a package that is not installed, so that nothing is known about its values. */
function isUnresolved(schema: Node | undefined): boolean {
  return schema !== undefined && (schema.getType().getFlags() & UNRESOLVED) !== 0;
}

/** Whether a type was computed from a schema in the code that lists all fields. */
function isListed(type: Type): boolean {
  const properties = type.getProperties();
  if (properties.length === 0 || type.isArray() || type.getStringIndexType() !== undefined) return false;
  // `partial()` of a schema makes a mapped type, whose properties are declared nowhere. So are those of a written `Record`.
  return (
    type.getAliasSymbol()?.getName() !== 'Record' &&
    properties.every((property) => property.getDeclarations().every((one) => Node.isPropertyAssignment(one)))
  );
}

/** Whether code around a value compares its type: `if (typeof id !== 'string') throw …`. */
function isGuarded(node: Node): boolean {
  if (!Node.isIdentifier(node) && !Node.isPropertyAccessExpression(node)) return false;
  const around = functionAround(node);
  const text = node.getText();
  return (
    around?.getDescendantsOfKind(SyntaxKind.TypeOfExpression).some((one) => {
      const comparison = one.getParent();
      return (
        one.getPos() < node.getPos() &&
        one.getExpression().getText() === text &&
        Node.isBinaryExpression(comparison) &&
        /^[!=]==?$/.test(comparison.getOperatorToken().getText()) &&
        /['"](?:string|number|boolean|bigint)['"]/.test(comparison.getText())
      );
    }) === true
  );
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
function ofBinding(node: Node, judge: Judge): readonly Node[] | undefined {
  if (!Node.isBindingElement(node)) return undefined;
  const holder = node.getParent().getParent();
  if (Node.isBindingElement(holder)) return ofBinding(holder, judge);
  const key = node.getPropertyNameNode()?.getText() ?? node.getName();
  if (Node.isVariableDeclaration(holder)) {
    const from = holder.getInitializer();
    if (from === undefined) return undefined;
    return CONTAINERS.has(key) && REQUEST.test(bare(from).getText()) ? [node] : partOf(judge(from, key), node);
  }
  const next = functionAround(node)?.getParameters()[1];
  return CONTAINERS.has(key) && next !== undefined && /^(?:res|response|reply|h)\b/.test(next.getText())
    ? [node]
    : undefined;
}
