import { Binary, BSONRegExp, Code } from 'mongodb';

import type { PathNode } from '../../view/path-tree.ts';
import type { FieldSet } from './field-set.ts';

/** So many arrays in arrays are looked through. What lies deeper is taken for drift. */
const DEEPEST = 4;

/**
 * Stands for a subdocument that was stored where the view declares a leaf. It is the same whatever was stored, so that
 * nothing can be told by comparing; and where it comes out it ends the read, because no leaf takes a Code.
 */
const DRIFTED = { $literal: new Code('') };

const CARRIERS = ['object', 'javascript', 'javascriptWithScope', 'dbPointer'];

/** The least of the objects, of the binary values and of the patterns, in the order in which BSON compares types. */
const LEAST_OBJECT = { $literal: {} };
const LEAST_BYTES = { $literal: new Binary(new Uint8Array()) };
const LEAST_PATTERN = { $literal: new BSONRegExp('') };

/**
 * The expressions that hold the fields which stages read to their leaf kinds: `[field, expression]`, for `$addFields`.
 * The documents went through the view's inclusion projection before.
 */
export function heldFields(root: PathNode, read: FieldSet): readonly (readonly [field: string, expression: unknown])[] {
  return [...root.children].filter(([, node]) => isHeld(node, read)).map(([name, node]) => [name, heldNode(node, `$${name}`, read)]);
}

function isHeld(node: PathNode, read: FieldSet): boolean {
  if (node.kind === 'branch') return [...node.children.values()].some((child) => isHeld(child, read));
  return node.kind === 'leaf' && read.meets(node.path);
}

function heldNode(node: PathNode, value: string, read: FieldSet): unknown {
  if (!isHeld(node, read)) return value;
  return node.kind === 'branch' ? heldBranch(node, value, read) : heldLeaf(value);
}

/** Documents with held fields. An element of an array is a document, or an array of them. */
function heldBranch(node: PathNode, value: string, read: FieldSet, depth = 0): unknown {
  const fields = Object.fromEntries([...node.children].map(([name, child]) => [name, heldNode(child, `${value}.${name}`, read)]));
  const each = `${node.path.replaceAll(/[^A-Za-z0-9]/g, '_').replace(/^/, 'e')}${depth}`;
  const elements = depth === DEEPEST ? DRIFTED : { $map: { input: value, as: each, in: heldBranch(node, `$$${each}`, read, depth + 1) } };
  return { $cond: [{ $isArray: [value] }, elements, { $cond: [{ $eq: [{ $type: value }, 'object'] }, fields, '$$REMOVE'] }] };
}

/** Numbers and text come before objects, and dates, ids and bytes after arrays: those take the short way. */
function heldLeaf(value: string): unknown {
  const isScalar = { $or: [{ $lt: [value, LEAST_OBJECT] }, { $and: [{ $gte: [value, LEAST_BYTES] }, { $lt: [value, LEAST_PATTERN] }] }] };
  return { $cond: [isScalar, value, heldValue(value, 0)] };
}

function heldValue(value: string, depth: number): unknown {
  const each = `v${depth}`;
  const elements = depth === DEEPEST ? DRIFTED : { $map: { input: value, as: each, in: heldValue(`$$${each}`, depth + 1) } };
  return { $cond: [{ $in: [{ $type: value }, CARRIERS] }, DRIFTED, { $cond: [{ $isArray: [value] }, elements, value] }] };
}
