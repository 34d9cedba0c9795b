import {
  bare,
  entriesOf,
  followResult,
  methodShape,
  Node,
  projectionOf,
  requestInputBehind,
} from '../project/index.ts';
import type { DriverCall, NameIndex, TypeField } from '../project/index.ts';
import type { ViewPlan } from './view-plan.ts';

/** What a call asks for by name: in its projection, or by reading it of the result. */
export function namedBy(call: DriverCall, index: NameIndex): readonly string[] {
  if (methodShape(call.method).kind !== 'read' || call.method === 'aggregate') return [];
  const projection = projectionOf(call, index);
  const asked = projection.kind === 'include' && projection.writtenAs !== 'absent' ? projection.paths : [];
  if (call.method === 'distinct') return asked;
  return [
    ...asked.filter((path) => path !== '_id' || isIdWritten(projection.node)),
    ...followResult(call, index).paths,
  ];
}

/** A projection brings `_id` along; only one that names it asks for it. */
function isIdWritten(node: Node): boolean {
  const projection = bare(node);
  return Node.isObjectLiteralExpression(projection) && entriesOf(projection).some(({ key }) => key === '_id');
}

/** The paths that a call writes with what a client sends, each by its name. */
export function sentTo(call: DriverCall, index: NameIndex): readonly string[] {
  const { document, update } = methodShape(call.method);
  const written = [document, update].flatMap((at) => (at === undefined ? [] : (call.arguments[at] ?? [])));
  return written.flatMap((node) => fromInput(bare(node), index));
}

function fromInput(node: Node, index: NameIndex): readonly string[] {
  if (Node.isArrayLiteralExpression(node))
    return node.getElements().flatMap((element) => fromInput(bare(element), index));
  if (!Node.isObjectLiteralExpression(node)) return [];
  return entriesOf(node).flatMap(({ key, value }) => {
    if (key === undefined) return spread(value).flatMap((object) => fromInput(object, index));
    if (key.startsWith('$')) return fromInput(bare(value), index);
    return requestInputBehind(value, index).length > 0 ? [key] : [];
  });
}

/** `...(name === undefined ? {} : { name })`. */
function spread(node: Node): readonly Node[] {
  const value = bare(node);
  return Node.isConditionalExpression(value) ? [bare(value.getWhenTrue()), bare(value.getWhenFalse())] : [];
}

/** The paths that a view makes writable, of those that code writes with what a client sends: no secret, and no branch. */
export function writablePaths(
  sent: readonly string[],
  { paths, leftOut }: ViewPlan,
  fields: readonly TypeField[],
): readonly string[] {
  const isWritable = (path: string) => {
    const known = paths.find((one) => one.path === path);
    if (known !== undefined) return known.mark === '1';
    const isSecret = leftOut.some((one) => one.path === path && one.why.startsWith('secret'));
    const field = fields.find((one) => one.path === path);
    const isValue = field !== undefined && field.kind !== 'branch' && field.depths.every((depth) => depth === 0);
    return isValue && !isSecret && path !== '_id' && !path.includes('.');
  };
  return [...new Set(sent)].filter(isWritable).toSorted();
}
