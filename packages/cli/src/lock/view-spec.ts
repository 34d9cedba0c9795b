import { Node } from '../project/index.ts';
import type { CallExpression } from '../project/index.ts';
import { constantAt, propertiesOf, Unreadable } from './evaluate.ts';

/** A part of a view: its source, or its merged entries if the view extends another. */
export type Part = Node | ReadonlyMap<string, Node>;

/** The specification of a view. */
export interface ViewSpec {
  readonly parts: ReadonlyMap<string, Part>;
  readonly document: string;
}

/** The parts that an extension merges entry by entry. It replaces the others. */
const MERGED = new Set([
  'public',
  'writable',
  'filterable',
  'sortable',
  'joinable',
  'arrays',
  'timestamps',
  'defaults',
]);

const LONGEST_CHAIN = 20;

/** The entries of a part. */
export function entriesIn(part: Part): ReadonlyMap<string, Node> {
  return part instanceof Map ? (part as ReadonlyMap<string, Node>) : propertiesOf(part as Node);
}

/** The specification of a `defineView()`. */
export function definedSpec(call: CallExpression, document: string): ViewSpec {
  const [spec] = call.getArguments();
  if (spec === undefined) throw new Unreadable('it has no specification', call);
  return { parts: propertiesOf(spec), document };
}

/** What `view.extend({ … })` extends, if it was written like this. */
export function extendedBy(node: Node): Node | undefined {
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  return Node.isPropertyAccessExpression(callee) && callee.getName() === 'extend' ? callee.getExpression() : undefined;
}

/** The specification of a view that extends another, merged as the library does. `undefined` if what it extends is no view. */
export function extendedSpec(
  call: CallExpression,
  documents: ReadonlyMap<Node, string>,
  depth = 0,
): ViewSpec | undefined {
  const base = extendedBy(call);
  if (base === undefined) return undefined;
  return mergedSpec(base, () => extensionOf(call), documents, depth);
}

function extensionOf(call: CallExpression): Node {
  const [extension] = call.getArguments();
  if (extension === undefined) throw new Unreadable('it has no extension', call);
  return extension;
}

/** The specification of a view with the parts of an extension. `undefined` if the base is no view. */
export function mergedSpec(
  base: Node,
  extension: () => Node,
  documents: ReadonlyMap<Node, string>,
  depth = 0,
): ViewSpec | undefined {
  if (depth > LONGEST_CHAIN) return undefined;
  const definition = constantOf(base);
  if (!Node.isCallExpression(definition)) return undefined;
  const document = documents.get(definition);
  const spec =
    document === undefined ? extendedSpec(definition, documents, depth + 1) : definedSpec(definition, document);
  if (spec === undefined) return undefined;
  const parts = new Map(spec.parts);
  for (const [name, part] of propertiesOf(extension())) {
    const before = parts.get(name);
    const isMerged = before !== undefined && MERGED.has(name);
    parts.set(name, isMerged ? new Map([...entriesIn(before), ...entriesIn(part)]) : part);
  }
  return { parts, document: spec.document };
}

/** The audiences of a `defineAudiences()` that are described in it: their names with their parts. Others are views of their own. */
export function audiencesIn(call: CallExpression): ReadonlyMap<string, Node> {
  const [, audiences] = call.getArguments();
  if (audiences === undefined) throw new Unreadable('it has no audiences', call);
  const described = [...propertiesOf(audiences)].filter(([, value]) => !Node.isCallExpression(constantAt(value)));
  return new Map(described);
}

/** The value of a constant; `undefined` if it can't be read. */
function constantOf(node: Node): Node | undefined {
  try {
    return constantAt(node);
  } catch (thrown) {
    if (thrown instanceof Unreadable) return undefined;
    throw thrown;
  }
}
