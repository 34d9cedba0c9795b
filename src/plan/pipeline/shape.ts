import { append } from '../../input/append.ts';
import { isNumber } from '../../view/number-keys.ts';
import { lastOf, type OpaquePath } from '../../view/opaque-paths.ts';
import { pathFault } from '../../view/path.ts';
import type { PathNode } from '../../view/path-tree.ts';
import type { PipelineNotes } from './pipeline-notes.ts';
import type { ViewLeaf } from './usage.ts';

/** What a public path may be used for besides being returned. A view can exclude each. */
export type Role = 'filter' | 'sort' | 'join';

/**
 * What documents look like at one point of a pipeline. Arrays are not distinguished from their elements, as in MongoDB's
 * paths.
 *
 * - `branch`: documents with these fields. With `mayBeScalar`, a scalar is possible too (`$ifNull`, `$first`).
 * - `leaf`: scalars.
 * - `subtree`: anything, as a view's `subtree`.
 */
export interface Shape {
  readonly kind: 'branch' | 'leaf' | 'subtree';
  readonly fields: ReadonlyMap<string, Shape>;
  readonly mayBeScalar: boolean;
  /**
   * The stored leaves whose values may be here, and with them drift. For a branch, a leaf that is present if the branch is. Empty if an
   * expression made the value.
   */
  readonly leaves: readonly ViewLeaf[];
  readonly denied: ReadonlySet<Role>;
  /** The allowed depths of arrays according to the view. `undefined` if a stage made the value: then any depth. */
  readonly depths: readonly number[] | undefined;
  /** The opaque id that is here. It is stored open, so it may only be moved and compared with a sealed text. */
  readonly opaque?: OpaquePath | undefined;
  /** The number of fields, including nested ones. */
  readonly size: number;
}

const NO_FIELDS: ReadonlyMap<string, Shape> = new Map();
const NO_ROLES: ReadonlySet<Role> = new Set();
const NO_LEAVES: readonly ViewLeaf[] = Object.freeze([]);

/** A value that an expression made: a scalar, or an array of scalars. */
export const COMPUTED: Shape = {
  kind: 'leaf',
  fields: NO_FIELDS,
  mayBeScalar: false,
  leaves: NO_LEAVES,
  denied: NO_ROLES,
  depths: undefined,
  size: 1,
};

/** Documents with these fields. */
export function branch(fields: ReadonlyMap<string, Shape>, mayBeScalar = false, depths?: readonly number[]): Shape {
  return { kind: 'branch', fields, mayBeScalar, leaves: NO_LEAVES, denied: NO_ROLES, depths, size: sizeOf(fields) };
}

function sizeOf(fields: ReadonlyMap<string, Shape>): number {
  let size = 1;
  for (const field of fields.values()) size += field.size;
  return size;
}

/** A leaf or subtree as the collection stores it. */
export function stored(
  kind: 'leaf' | 'subtree',
  leaf: ViewLeaf,
  denied: ReadonlySet<Role>,
  depths: readonly number[] | undefined,
  opaque?: OpaquePath,
): Shape {
  return { kind, fields: NO_FIELDS, mayBeScalar: false, leaves: [leaf], denied, depths, opaque, size: 1 };
}

/** Whether sets of fields have an opaque id. Shapes share their fields, so each set is visited once. */
const opaqueIn = new WeakMap<object, boolean>();

/** Whether an opaque id is here, or in a field of this. */
export function hasOpaque({ opaque, fields }: Shape): boolean {
  if (opaque !== undefined) return true;
  if (fields.size === 0) return false;
  let known = opaqueIn.get(fields);
  if (known === undefined) opaqueIn.set(fields, (known = [...fields.values()].some(hasOpaque)));
  return known;
}

/** Whether a stored leaf may be here. */
export function isStored({ leaves }: Shape): boolean {
  return leaves.length > 0;
}

/** The shape if there may be a scalar instead of a document, usually `null`. */
export function allowScalar(shape: Shape): Shape {
  return shape.kind === 'branch' && !shape.mayBeScalar ? { ...shape, mayBeScalar: true } : shape;
}

/** The shape of a value that a stage moved, so that arrays may be added around it or removed. */
export function ofAnyDepth(shape: Shape): Shape {
  return shape.depths === undefined ? shape : { ...shape, depths: undefined };
}

/** The shape at a dotted path. `undefined` if no field has that path. A number is a key only where no array can be. */
export function shapeAt(shape: Shape, path: string): Shape | undefined {
  if (pathFault(path) !== undefined) return undefined;
  let at: Shape | undefined = shape;
  for (const segment of path.split('.')) {
    if (at === undefined) return undefined;
    if (at.kind === 'subtree') continue;
    if (isNumber(segment) && at !== shape && mayBeArray(at)) return undefined;
    at = at.fields.get(segment);
  }
  return at;
}

/** Whether an array may be there. If nothing is known of its depths, it may. */
export function mayBeArray({ depths }: Shape): boolean {
  return depths === undefined || depths.some((depth) => depth > 0);
}

/** The shape with these fields set. */
export function withFields(shape: Shape, set: Iterable<readonly [name: string, field: Shape]>): Shape {
  const fields = new Map(shape.fields);
  let { size } = shape;
  for (const [name, field] of set) {
    size += field.size - (fields.get(name)?.size ?? 0);
    fields.set(name, field);
  }
  return { ...shape, fields, size };
}

/** The shape with a changed field at a path. */
export function withPath(shape: Shape, path: string, change: (field: Shape) => Shape): Shape {
  const [head, ...rest] = path.split('.') as [string, ...string[]];
  const field = shape.fields.get(head);
  if (field === undefined) return shape;
  return withFields(shape, [[head, rest.length === 0 ? change(field) : withPath(field, rest.join('.'), change)]]);
}

/** The shape without these paths. */
export function withoutPaths(shape: Shape, paths: readonly string[]): Shape {
  const below = new Map<string, string[]>();
  for (const path of paths) {
    const [head, ...rest] = path.split('.') as [string, ...string[]];
    const rests = below.get(head) ?? [];
    append(rests, rest.join('.'));
    below.set(head, rests);
  }
  const fields = new Map(shape.fields);
  for (const [head, rests] of below) {
    const field = fields.get(head);
    if (field === undefined) continue;
    if (rests.includes('')) fields.delete(head);
    else fields.set(head, withoutPaths(field, rests));
  }
  return { ...shape, fields, size: sizeOf(fields) };
}

/** The shape of a value that may come from any of several expressions. */
export function merge(shapes: readonly Shape[], notes: MergeNotes): Shape {
  return shapes.length === 0 ? COMPUTED : shapes.reduce((one, other) => mergeTwo(one, other, notes));
}

/** Counts the fields that are merged, so that an expression with many operands can't keep the parser busy. */
type MergeNotes = Pick<PipelineNotes, 'countWork'>;

/** If a stored leaf is merged with a subtree, the result is the leaf: a drifted subdocument must not pass as the subtree. */
function mergeTwo(one: Shape, other: Shape, notes: MergeNotes): Shape {
  if (one === other) return ofAnyDepth(one);
  // Expressions don't read opaque ids, so none gets here: it would lose its seal.
  if (hasOpaque(one) || hasOpaque(other)) throw new TypeError('An opaque id is not merged with another value.');
  if (other === COMPUTED) return ofAnyDepth(allowScalar(one));
  if (one === COMPUTED) return ofAnyDepth(allowScalar(other));
  if (one.kind === 'subtree' || other.kind === 'subtree') {
    const leaf = [one, other].find((shape) => shape.kind === 'leaf' && isStored(shape));
    const winner = leaf ?? (one.kind === 'subtree' ? one : other);
    return { ...ofAnyDepth(winner), leaves: union(one.leaves, other.leaves) };
  }
  if (one.kind === 'leaf' && other.kind === 'leaf') {
    return { ...COMPUTED, leaves: union(one.leaves, other.leaves), denied: new Set([...one.denied, ...other.denied]) };
  }
  if (one.kind === 'leaf') return { ...ofAnyDepth(allowScalar(other)), leaves: union(one.leaves, other.leaves) };
  if (other.kind === 'leaf') return { ...ofAnyDepth(allowScalar(one)), leaves: union(one.leaves, other.leaves) };
  return mergeBranches(one, other, notes);
}

function mergeBranches(one: Shape, other: Shape, notes: MergeNotes): Shape {
  const leaves = union(one.leaves, other.leaves);
  const mayBeScalar = one.mayBeScalar || other.mayBeScalar;
  if (one.fields === other.fields) return { ...ofAnyDepth(one), leaves, mayBeScalar };
  notes.countWork(one.fields.size + other.fields.size);
  const fields = new Map(one.fields);
  for (const [name, field] of other.fields) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? field : mergeTwo(before, field, notes));
  }
  return { ...branch(fields, mayBeScalar), leaves };
}

function union(one: readonly ViewLeaf[], other: readonly ViewLeaf[]): readonly ViewLeaf[] {
  if (other.length === 0 || one === other) return one;
  return one.length === 0 ? other : [...new Set([...one, ...other])];
}

/** Whether two shapes allow the same values. */
export function isSame(one: Shape, other: Shape): boolean {
  if (one === other) return true;
  if (one.opaque?.tag !== other.opaque?.tag) return false;
  if (one.kind !== other.kind || one.mayBeScalar !== other.mayBeScalar || one.fields.size !== other.fields.size)
    return false;
  if (
    !other.leaves.every((leaf) => one.leaves.includes(leaf)) ||
    !one.leaves.every((leaf) => other.leaves.includes(leaf))
  )
    return false;
  if (one.fields === other.fields) return true;
  return [...one.fields].every(([name, field]) => {
    const same = other.fields.get(name);
    return same !== undefined && isSame(field, same);
  });
}

/** The shape as a path tree, for the check of results. */
export function toPathNode(shape: Shape, path = ''): PathNode {
  const prefix = path === '' ? '' : `${path}.`;
  const children = new Map(
    [...shape.fields].map(([name, field]) => [name, toPathNode(field, `${prefix}${name}`)] as const),
  );
  const { kind, mayBeScalar, depths, opaque } = shape;
  // The pipeline has the id at its public path.
  const placed = opaque && { ...opaque, storedKey: lastOf(path) };
  return { kind, path, children, mayBeScalar, depths, opaque: placed };
}
