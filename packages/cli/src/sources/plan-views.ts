import {
  bare,
  entriesOf,
  findDriverCalls,
  followResult,
  methodShape,
  Node,
  projectionOf,
  requestInputBehind,
} from '../project/index.ts';
import type { DriverCall, NameIndex, OpenedProject } from '../project/index.ts';
import { constantName, interfaceName } from '../init/names.ts';
import { planView } from '../init/plan-view.ts';
import type { ViewPlan } from '../init/view-plan.ts';
import { hiddenPaths, interfaceOf, typeFieldsOf } from './document-field.ts';
import type { DocumentField } from './document-field.ts';
import type { SourceCollection } from './source.ts';

/**
 * Plans a view for each collection of a schema: all its fields but the sensitive and the hidden ones. `translated` is the
 * project in the driver's words, which says what the code asks for by name and what it writes of a client's input.
 */
export function planViews(
  collections: readonly SourceCollection[],
  translated: OpenedProject,
  index: NameIndex,
): readonly ViewPlan[] {
  const { calls } = findDriverCalls(translated, index);
  const taken = new Set<string>();
  return collections.flatMap(({ name: collection, fields }) => {
    const own = calls.filter(({ collections: names }) => names.length === 1 && names[0] === collection);
    const name = constantName(collection, taken);
    const document = interfaceName(collection, taken);
    const plan = planView({
      collection,
      name,
      document: { kind: 'written', name: document, text: interfaceOf(document, fields), isSampled: true },
      fields: typeFieldsOf(fields),
      used: new Set(),
      sensitive: new Map(hiddenPaths(fields)),
      named: new Set(own.flatMap((call) => namedBy(call, index))),
    });
    if (plan.paths.length === 0) return [];
    return [
      {
        ...plan,
        writable: own
          .flatMap((call) => sentTo(call, index))
          .filter((path, at, all) => all.indexOf(path) === at && isWritable(path, plan, fields))
          .toSorted(),
      },
    ];
  });
}

/** What a call asks for by name: in its projection, or by reading it of the result. */
function namedBy(call: DriverCall, index: NameIndex): readonly string[] {
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
function sentTo(call: DriverCall, index: NameIndex): readonly string[] {
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

function isWritable(path: string, { paths, leftOut }: ViewPlan, fields: readonly DocumentField[]): boolean {
  if (paths.some((one) => one.path === path)) return paths.some((one) => one.path === path && one.mark === '1');
  const isSecret = leftOut.some((one) => one.path === path && one.why.startsWith('secret'));
  return (
    !isSecret && fields.some(({ name, depth, children }) => name === path && depth === 0 && children === undefined)
  );
}
