import { isDriverType } from './driver-types.ts';
import { bare } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { Node } from './syntax.ts';
import { isUntyped, stringsByType } from './text-of.ts';
import { Tracer } from './tracer.ts';
import type { TraceContext } from './tracer.ts';

/** A call that gets a collection from a database. */
export interface CollectionSource {
  /** The call `db.collection('users')`. */
  readonly node: Node;
  /** The possible names: several for a function that is used for several collections, none if they are not known. */
  readonly names: readonly string[];
}

/** Finds the `.collection('name')` calls that an expression may hold. */
export interface CollectionTracer {
  sourcesOf(node: Node, self: Node | undefined): readonly CollectionSource[];
}

export function collectionTracer(index: NameIndex): CollectionTracer {
  const strings = Tracer.of<string>(index, (node) => {
    const known = stringsByType(node);
    return known.length > 0 ? known : undefined;
  });
  const collections = Tracer.of<CollectionSource>(index, (node, context) => sourceAt(node, context, strings));
  return { sourcesOf: (node, self) => collections.trace(node, self === undefined ? {} : { self }) };
}

function sourceAt(node: Node, context: TraceContext, strings: Tracer<string>): readonly CollectionSource[] | undefined {
  if (!Node.isCallExpression(node)) return undefined;
  const callee = bare(node.getExpression());
  const [name] = node.getArguments();
  if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'collection' || name === undefined)
    return undefined;
  const holder = callee.getExpression();
  if (!isDriverType(holder.getType(), 'Db') && !isUntyped(holder) && !isConnection(holder)) return undefined;
  return [{ node, names: strings.trace(name, context) }];
}

/** `mongoose.connection.collection('users')` returns the driver's collection. */
function isConnection(node: Node): boolean {
  return /\bconnection$|\bconn$/.test(node.getText());
}
