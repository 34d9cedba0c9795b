import { Binary, BSONRegExp, Code } from 'mongodb';

import type { PathNode } from '../../view/path-tree.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import type { FieldSet } from './field-set.ts';

/** So many arrays in arrays are looked through. What lies deeper is taken for drift. */
const DEEPEST = 4;

/**
 * Stands for a subdocument that was stored where the view declares a leaf. It is the same whatever was stored, so that
 * nothing can be told by comparing; and where it comes out it ends the read, because no leaf takes a Code.
 */
const DRIFTED = emit('$literal', new Code(''));

const CARRIERS = ['object', 'javascript', 'javascriptWithScope', 'dbPointer'];

/** The least of the objects, of the binary values and of the patterns, in the order in which BSON compares types. */
const LEAST_OBJECT = emit('$literal', emptyDocument());
const LEAST_BYTES = emit('$literal', new Binary(new Uint8Array()));
const LEAST_PATTERN = emit('$literal', new BSONRegExp(''));

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
  const fields = emptyDocument();
  for (const [name, child] of node.children) fields[name] = heldNode(child, `${value}.${name}`, read);
  const each = `${`e${node.path}`.replaceAll(/[^A-Za-z0-9]/g, '_')}${depth}`;
  const elements = depth === DEEPEST ? DRIFTED : mapped(value, each, heldBranch(node, `$$${each}`, read, depth + 1));
  return cond(emit('$isArray', [value]), elements, cond(emit('$eq', [emit('$type', value), 'object']), fields, '$$REMOVE'));
}

/** Numbers and text come before objects, and dates, ids and bytes after arrays: those take the short way. */
function heldLeaf(value: string): unknown {
  const isBefore = emit('$lt', [value, LEAST_OBJECT]);
  const isBetween = emit('$and', [emit('$gte', [value, LEAST_BYTES]), emit('$lt', [value, LEAST_PATTERN])]);
  return cond(emit('$or', [isBefore, isBetween]), value, heldValue(value, 0));
}

function heldValue(value: string, depth: number): unknown {
  const each = `v${depth}`;
  const elements = depth === DEEPEST ? DRIFTED : mapped(value, each, heldValue(`$$${each}`, depth + 1));
  return cond(emit('$in', [emit('$type', value), CARRIERS]), DRIFTED, cond(emit('$isArray', [value]), elements, value));
}

function cond(test: unknown, then: unknown, otherwise: unknown): Emitted {
  return emit('$cond', [test, then, otherwise]);
}

function mapped(input: string, as: string, each: unknown): Emitted {
  const operands = emit('input', input);
  operands['as'] = as;
  operands['in'] = each;
  return emit('$map', operands);
}
