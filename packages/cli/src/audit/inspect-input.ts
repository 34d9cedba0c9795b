import {
  addedTo,
  bare,
  declarationsOf,
  entriesOf,
  isFunction,
  methodShape,
  Node,
  objectsBehind,
  openInputBehind,
  operatorInputBehind,
  Tracer,
} from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';

/** Unchecked request input in a filter or a write. */
export interface InputUse {
  readonly rule: 'operator-injection' | 'mass-assignment';
  /** The path of the filter or the operator of the update; `''` for the whole argument. */
  readonly at: string;
  readonly node: Node;
}

const DEEPEST = 6;
/** Operators whose operand is compared as a value: an object there matches nothing that it should not. */
const LOGICAL = /^\$(?:and|or|nor)$/;
const UPDATES = /^\$(?:set|setOnInsert|push|addToSet)$/;

/** Finds `req.query` in a filter and `req.body` in a document, through variables and functions. */
export function inspectInput(call: DriverCall, index: NameIndex): readonly InputUse[] {
  const { filter, document, update, pipeline } = methodShape(call.method);
  const at = (place: number | undefined): Node | undefined => (place === undefined ? undefined : call.arguments[place]);
  return [
    ...inFilter(at(filter), index),
    ...inPipeline(at(pipeline), index),
    ...(call.method === 'bulkWrite' ? inBulk(at(document), index) : asDocument(at(document), '', index)),
    ...inUpdate(at(update), index),
  ];
}

function inFilter(node: Node | undefined, index: NameIndex, path = '', depth = 0): readonly InputUse[] {
  if (node === undefined || depth > DEEPEST) return [];
  const value = bare(node);
  if (operatorInputBehind(value, index).length > 0) return [{ rule: 'operator-injection', at: path, node: value }];
  const entries = [...objectsBehind(value, index).flatMap((object) => entriesOf(object)), ...addedTo(value)];
  return entries.flatMap(({ key, value: inner }) => {
    if (key === undefined) return inFilter(inner, index, path, depth + 1);
    if (LOGICAL.test(key)) return elementsOf(inner).flatMap((element) => inFilter(element, index, path, depth + 1));
    if (key === '$elemMatch' || key === '$not') return inFilter(inner, index, path, depth + 1);
    return key.startsWith('$') ? [] : inFilter(inner, index, path === '' ? key : `${path}.${key}`, depth + 1);
  });
}

function inPipeline(node: Node | undefined, index: NameIndex): readonly InputUse[] {
  if (node === undefined) return [];
  if (operatorInputBehind(node, index).length > 0) return [{ rule: 'operator-injection', at: '', node }];
  return elementsOf(node).flatMap((stage) =>
    objectsBehind(stage, index).flatMap((object) =>
      entriesOf(object).flatMap(({ key, value }) => (key === '$match' ? inFilter(value, index) : [])),
    ),
  );
}

function inUpdate(node: Node | undefined, index: NameIndex): readonly InputUse[] {
  if (node === undefined) return [];
  if (openInputBehind(node, index).length > 0) return [{ rule: 'mass-assignment', at: '', node }];
  const value = bare(node);
  const entries = [...objectsBehind(value, index).flatMap((object) => entriesOf(object)), ...addedTo(value)];
  return entries.flatMap(({ key, value: inner }) => {
    if (key === undefined) return inUpdate(inner, index);
    return UPDATES.test(key) ? asDocument(inner, key, index) : [];
  });
}

/** Request input as a whole document or a whole `$set`: itself, a spread of it, or `Object.assign` with it. */
function asDocument(node: Node | undefined, at: string, index: NameIndex, depth = 0): readonly InputUse[] {
  if (node === undefined || depth > DEEPEST) return [];
  const value = bare(node);
  if (openInputBehind(value, index).length > 0) return [{ rule: 'mass-assignment', at, node: value }];
  if (Node.isCallExpression(value) && value.getExpression().getText() === 'Object.assign')
    return value.getArguments().flatMap((argument) => asDocument(argument, at, index, depth + 1));
  if (Node.isArrayLiteralExpression(value))
    return value.getElements().flatMap((element) => asDocument(element, at, index, depth + 1));
  const spreads = objectsBehind(value, index).flatMap((object) =>
    entriesOf(object).filter(({ node: property }) => Node.isSpreadAssignment(property)),
  );
  return spreads.flatMap((spread) => asDocument(argumentFor(spread.value, value, index), at, index, depth + 1));
}

/** For a parameter of a function that made a value (`update = omit(preset, …)`): the argument of that call, and not of all calls. */
function argumentFor(spread: Node, made: Node, index: NameIndex): Node {
  const call = callBehind(made);
  const [parameter] = declarationsOf(bare(spread));
  const owner = Node.isParameterDeclaration(parameter) ? parameter.getParent() : undefined;
  if (!Node.isCallExpression(call) || !isFunction(owner)) return spread;
  const called = Tracer.ofFunctions(index).trace(call.getExpression());
  const at = owner.getParameters().findIndex((one) => one === parameter);
  return called.includes(owner) ? (call.getArguments()[at] ?? spread) : spread;
}

function callBehind(node: Node): Node | undefined {
  const value = bare(node);
  if (!Node.isIdentifier(value)) return value;
  const [declaration] = declarationsOf(value);
  const initializer = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
  return initializer === undefined ? undefined : bare(initializer);
}

function inBulk(node: Node | undefined, index: NameIndex): readonly InputUse[] {
  return elementsOf(node).flatMap((operation) =>
    objectsBehind(operation, index).flatMap((object) =>
      entriesOf(object).flatMap(({ value }) =>
        objectsBehind(value, index).flatMap((parts) =>
          entriesOf(parts).flatMap(({ key, value: part }) => {
            if (key === 'filter') return inFilter(part, index);
            if (key === 'update') return inUpdate(part, index);
            return key === 'document' || key === 'replacement' ? asDocument(part, '', index) : [];
          }),
        ),
      ),
    ),
  );
}

function elementsOf(node: Node | undefined): readonly Node[] {
  const value = node === undefined ? undefined : bare(node);
  return Node.isArrayLiteralExpression(value) ? value.getElements() : [];
}
