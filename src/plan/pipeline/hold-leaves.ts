import { Binary, BSONRegExp, Code } from 'mongodb';

import type { ArrayDepths } from '../../view/parse-arrays.ts';
import { storedKey, type PathNode } from '../../view/path-tree.ts';
import { emit, emptyDocument } from '../emit.ts';
import { cond, ifArray, isKind, literal, mapped } from '../expressions.ts';
import type { ViewUsage } from './usage.ts';

/**
 * Replaces a stored value of another kind than the view declares. It is a constant, so comparisons reveal nothing. If it is part of a
 * result, the read ends, because a Code is not allowed at a leaf.
 */
const DRIFTED = literal(Object.freeze(new Code('')));

const ABSENT = ['missing', 'null', 'undefined'];
const NOT_SCALAR = ['object', 'array', 'javascript', 'javascriptWithScope', 'dbPointer'];
const ONE: ArrayDepths = [0];

/** The smallest object, binary value and pattern, in BSON's order of types. */
const LEAST_OBJECT = literal(emptyDocument());
const LEAST_BYTES = literal(Object.freeze(new Binary(new Uint8Array())));
const LEAST_PATTERN = literal(Object.freeze(new BSONRegExp('')));

/**
 * The expressions for `$addFields`, as `[field, expression]`, that check the kinds and depths of the fields that stages read. The
 * view's inclusion projection comes before. Each node of the view is written once for each depth that it may have.
 */
export function heldFields(
  root: PathNode,
  usage: ViewUsage,
): readonly (readonly [field: string, expression: unknown])[] {
  return [...root.children]
    .filter(([, node]) => isHeld(node, usage))
    .map(([name, node]) => [name, heldNode(node, `$${name}`, usage, 0)]);
}

function isHeld(node: PathNode, usage: ViewUsage): boolean {
  if (node.kind === 'branch') return [...node.children.values()].some((child) => isHeld(child, usage));
  if (node.opaque !== undefined && node.path.includes('.')) return usage.isKept(node.path);
  return node.kind === 'leaf' && usage.isRead(node.path);
}

/** `level` counts the surrounding `$map`, because their variables need distinct names. */
function heldNode(node: PathNode, value: string, usage: ViewUsage, level: number): unknown {
  if (!isHeld(node, usage)) return value;
  const one = node.kind === 'branch' ? (each: string, at: number) => heldDocument(node, each, usage, at) : heldScalar;
  return heldDepths(node.depths ?? ONE, value, one, level);
}

function heldDepths(
  depths: ArrayDepths,
  value: string,
  one: (value: string, level: number) => unknown,
  level: number,
): unknown {
  const single = depths.includes(0) ? one(value, level) : cond(isKind(value, ABSENT), value, DRIFTED);
  const deeper = depths.filter((depth) => depth > 0).map((depth) => depth - 1);
  if (deeper.length === 0) return single;
  const each = `e${level}`;
  return ifArray(value, mapped(value, each, heldDepths(deeper, `$$${each}`, one, level + 1)), single);
}

/** A document with checked fields. The projection has already removed scalars that were stored instead of it. */
function heldDocument(node: PathNode, value: string, usage: ViewUsage, level: number): unknown {
  const fields = emptyDocument();
  for (const [name, child] of node.children)
    fields[name] = heldNode(child, `${value}.${storedKey(name, child)}`, usage, level);
  return cond(emit('$eq', [emit('$type', value), 'object']), fields, ifArray(value, DRIFTED, '$$REMOVE'));
}

/** Fast checks first: in BSON's order, numbers and strings come before objects, and dates, ids and bytes after arrays. */
function heldScalar(value: string): unknown {
  const isBefore = emit('$lt', [value, LEAST_OBJECT]);
  const isBetween = emit('$and', [emit('$gte', [value, LEAST_BYTES]), emit('$lt', [value, LEAST_PATTERN])]);
  return cond(emit('$or', [isBefore, isBetween]), value, cond(isKind(value, NOT_SCALAR), DRIFTED, value));
}
