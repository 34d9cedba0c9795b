import { addedTo, bare, entriesOf, methodShape, Node, objectsBehind, projectionOf } from '../project/index.ts';
import type { DriverCall, NameIndex, ObjectLiteralExpression } from '../project/index.ts';

const DEEPEST = 5;

/** The paths of a collection that a call inserts, sets, filters by or projects. Without an index, only those that the call itself writes. */
export function fieldsNamedBy(call: DriverCall, index?: NameIndex): readonly string[] {
  const { kind, filter, document, update } = methodShape(call.method);
  const at = (place: number | undefined) => (place === undefined ? undefined : call.arguments[place]);
  return [
    ...keysOf(at(filter), index),
    ...keysOf(at(document), index),
    ...updatedBy(at(update), index),
    ...(kind === 'read' && index !== undefined ? projectionOf(call, index).paths : []).filter(
      (path) => path !== '_id' && !path.includes('$'),
    ),
  ].filter((path) => path !== '');
}

function updatedBy(update: Node | undefined, index: NameIndex | undefined): readonly string[] {
  if (update === undefined) return [];
  return objectsAt(update, index).flatMap((object) =>
    entriesOf(object).flatMap(({ key, value }) =>
      key === undefined ? [] : key.startsWith('$') ? keysOf(value, index) : [key],
    ),
  );
}

function keysOf(node: Node | undefined, index: NameIndex | undefined, prefix = '', depth = 0): readonly string[] {
  if (node === undefined || depth > DEEPEST) return [];
  const value = bare(node);
  if (Node.isArrayLiteralExpression(value))
    return value.getElements().flatMap((element) => keysOf(element, index, prefix, depth + 1));
  const entries = [...objectsAt(value, index).flatMap((object) => entriesOf(object)), ...addedTo(value)];
  return entries.flatMap(({ key, value: inner }) => {
    if (key === undefined) return keysOf(inner, index, prefix, depth + 1);
    if (key.startsWith('$'))
      return /^\$(?:and|or|nor|each|elemMatch)$/.test(key) ? keysOf(inner, index, prefix, depth + 1) : [];
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (/\.(?:\d+|\$)/.test(path)) return [path.replaceAll(/\.(?:\d+|\$(?:\[\w*\])?)(?=\.|$)/g, '')];
    const written = bare(inner);
    const below =
      Node.isObjectLiteralExpression(written) || Node.isArrayLiteralExpression(written)
        ? keysOf(written, index, path, depth + 1)
        : [];
    return below.length > 0 ? below : [path];
  });
}

function objectsAt(node: Node, index: NameIndex | undefined): readonly ObjectLiteralExpression[] {
  if (index !== undefined) return objectsBehind(node, index);
  const value = bare(node);
  return Node.isObjectLiteralExpression(value) ? [value] : [];
}
