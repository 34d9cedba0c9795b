import { ObjectId } from 'mongodb';

import { requireIds, type IdSealer } from '../seal/id-sealer.ts';
import { append } from '../input/append.ts';
import { ownScalar } from '../input/own-scalar.ts';
import { isPlainObject } from '../input/read.ts';
import { isScalar } from '../view/leaf-kind.ts';
import { depthRules, type DepthRules } from '../view/depth-rules.ts';
import { storedKey, type PathNode } from '../view/path-tree.ts';

/** Called for a stored value that is not of the kind declared at `path`. It throws, so no partial result is returned. */
export type OnDrift = (path: string) => never;

type Fields = readonly (readonly [key: string, value: unknown])[];

/**
 * Builds a result from a stored document: only the paths of `shape`, as in an inclusion projection. Other fields are never
 * read. Scalars at a branch are left out, as in the server's projection, unless an expression may have put one there.
 */
export function expose(document: object, shape: PathNode, onDrift: OnDrift, ids?: IdSealer): object {
  const fields: (readonly [string, unknown])[] = [];
  for (const [key, node] of shape.children) {
    const stored = storedKey(key, node);
    if (!Object.hasOwn(document, stored)) continue;
    const value = (document as Record<string, unknown>)[stored];
    if (node.kind !== 'branch') append(fields, [key, exposeLeaf(value, node, onDrift, ids)]);
    else if (node.mayBeScalar || !isScalar(value)) append(fields, [key, exposeBranch(value, node, onDrift, ids)]);
  }
  return toObject(fields);
}

/** A value at a leaf or a subtree, checked against its kind. */
export function exposeLeaf(value: unknown, node: PathNode, onDrift: OnDrift, ids?: IdSealer): unknown {
  const { kind, path, depths, opaque } = node;
  if (kind === 'subtree') return exposeSubtree(value, path, onDrift);
  const own = ownLeaf(value, path, depthRules(depths), 0, onDrift);
  return opaque === undefined ? own : sealed(own, path, opaque.tag, onDrift, ids);
}

/** Seals the ids at an opaque leaf. */
function sealed(value: unknown, path: string, tag: number, onDrift: OnDrift, ids: IdSealer | undefined): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => sealed(each, path, tag, onDrift, ids));
  if (value === null || value === undefined) return value;
  if (!(value instanceof ObjectId)) return onDrift(path);
  return requireIds(ids).seal(value.id, tag);
}

/** A value of `distinct`. The server returns the elements of an array as separate values. */
export function exposeElement(value: unknown, node: PathNode, onDrift: OnDrift, ids?: IdSealer): unknown {
  const depths = node.depths?.map((depth) => Math.max(depth - 1, 0));
  return exposeLeaf(value, { ...node, depths }, onDrift, ids);
}

function exposeBranch(value: unknown, node: PathNode, onDrift: OnDrift, ids: IdSealer | undefined, level = 0): unknown {
  const { mayNest, mayEnd } = depthRules(node.depths);
  if (Array.isArray(value)) {
    if (!mayNest(level)) return onDrift(node.path);
    const elements = Array.from<unknown>(value);
    const kept = node.mayBeScalar ? elements : elements.filter((element) => !isScalar(element));
    return kept.map((element) => exposeBranch(element, node, onDrift, ids, level + 1));
  }
  if (node.mayBeScalar && isScalar(value)) return ownScalar(value);
  return mayEnd(level) && isPlainObject(value) ? expose(value, node, onDrift, ids) : onDrift(node.path);
}

function exposeSubtree(value: unknown, path: string, onDrift: OnDrift): unknown {
  if (Array.isArray(value))
    return Array.from<unknown, unknown>(value, (element) => exposeSubtree(element, path, onDrift));
  if (isScalar(value)) return ownScalar(value);
  if (!isPlainObject(value)) return onDrift(path);
  return toObject(Object.entries(value).map(([key, below]) => [key, exposeSubtree(below, path, onDrift)] as const));
}

/** Copies an array and checks each element: the arrays of `pick()` may change between two reads. */
function ownLeaf(value: unknown, path: string, rules: DepthRules, level: number, onDrift: OnDrift): unknown {
  if (Array.isArray(value)) {
    if (!rules.mayNest(level)) return onDrift(path);
    return Array.from<unknown, unknown>(value, (element) => ownLeaf(element, path, rules, level + 1, onDrift));
  }
  const fits = isScalar(value) && (rules.mayEnd(level) || value === null || value === undefined);
  return fits ? ownScalar(value) : onDrift(path);
}

/** Defines each field, so that neither a setter on Object.prototype nor a stored `__proto__` key has an effect. */
function toObject(fields: Fields): object {
  return Object.fromEntries(fields);
}
