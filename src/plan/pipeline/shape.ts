import type { PathNode } from '../../view/path-tree.ts';
import { pathFault } from '../../view/path.ts';

/** What a public path may be used for beside coming out; a view can take each away. */
export type Role = 'filter' | 'sort' | 'join';

/**
 * What documents look like at one point of a pipeline. Arrays are not told from their elements, as MongoDB's paths do
 * not tell them either.
 *
 * - `branch`: documents with these fields. With `orScalar`, a scalar may stand there too (`$ifNull`, `$first`).
 * - `leaf`: scalars. With `stored`, they come from the collection as they are, so drift can reach them.
 * - `subtree`: anything, as a view's `subtree`.
 */
export interface Shape {
  readonly kind: 'branch' | 'leaf' | 'subtree';
  readonly fields: ReadonlyMap<string, Shape>;
  readonly orScalar: boolean;
  readonly stored: boolean;
  readonly denied: ReadonlySet<Role>;
}

const NO_FIELDS: ReadonlyMap<string, Shape> = new Map();
const NO_ROLES: ReadonlySet<Role> = new Set();

/** A value that an expression made: a scalar, or an array of scalars. */
export const COMPUTED: Shape = { kind: 'leaf', fields: NO_FIELDS, orScalar: false, stored: false, denied: NO_ROLES };

/** Documents with these fields. */
export function branch(fields: ReadonlyMap<string, Shape>, mayBeScalar = false): Shape {
  return { kind: 'branch', fields, orScalar: mayBeScalar, stored: false, denied: NO_ROLES };
}

/** A leaf or subtree as the collection stores it. */
export function stored(kind: 'leaf' | 'subtree', denied: ReadonlySet<Role>): Shape {
  return { kind, fields: NO_FIELDS, orScalar: false, stored: true, denied };
}

/** The shape where a scalar may stand in place of a document: `null` above all. */
export function orScalar(shape: Shape): Shape {
  return shape.kind === 'branch' && !shape.orScalar ? { ...shape, orScalar: true } : shape;
}

/** The shape at a dotted path, or `undefined` where there is nothing. Numeric segments name nothing. */
export function shapeAt(shape: Shape, path: string): Shape | undefined {
  if (pathFault(path) !== undefined) return undefined;
  let at: Shape | undefined = shape;
  for (const segment of path.split('.')) {
    if (at === undefined) return undefined;
    if (at.kind !== 'subtree') at = at.fields.get(segment);
  }
  return at;
}

/** The shape with a field set. */
export function withField(shape: Shape, name: string, field: Shape): Shape {
  return { ...shape, fields: new Map(shape.fields).set(name, field) };
}

/** The shape without what is at a path. */
export function withoutPath(shape: Shape, path: string): Shape {
  const [head, ...rest] = path.split('.') as [string, ...string[]];
  const fields = new Map(shape.fields);
  const field = fields.get(head);
  if (rest.length === 0 || field === undefined) fields.delete(head);
  else fields.set(head, withoutPath(field, rest.join('.')));
  return { ...shape, fields };
}

/** What a value is that may come from any of several expressions. */
export function merge(shapes: readonly Shape[]): Shape {
  return shapes.length === 0 ? COMPUTED : shapes.reduce(mergeTwo);
}

/** Where a stored leaf meets a subtree the leaf wins: a subdocument that drifted there must not pass as the subtree. */
function mergeTwo(one: Shape, other: Shape): Shape {
  const kinds = new Set([one.kind, other.kind]);
  if (kinds.has('subtree')) {
    const leaf = [one, other].find((shape) => shape.kind === 'leaf' && shape.stored);
    return leaf ?? (one.kind === 'subtree' ? one : other);
  }
  if (one.kind === 'leaf' && other.kind === 'leaf') {
    return { ...COMPUTED, stored: one.stored || other.stored, denied: new Set([...one.denied, ...other.denied]) };
  }
  if (one.kind === 'leaf') return orScalar(other);
  if (other.kind === 'leaf') return orScalar(one);
  const fields = new Map(one.fields);
  for (const [name, field] of other.fields) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? field : mergeTwo(before, field));
  }
  return branch(fields, one.orScalar || other.orScalar);
}

/** The shape as the tree that results are held to. */
export function toPathNode(shape: Shape, path = ''): PathNode {
  const prefix = path === '' ? '' : `${path}.`;
  const children = new Map([...shape.fields].map(([name, field]) => [name, toPathNode(field, `${prefix}${name}`)] as const));
  return { kind: shape.kind, path, children, orScalar: shape.orScalar, depths: undefined };
}
