import { quote } from '../errors/quote.ts';
import { isPlainObject } from '../input/read.ts';
import type { StandardIssue, StandardResult, ViewSchema } from '../types/standard-schema.ts';
import type { PathNode, PathTree } from './path-tree.ts';

/** More issues say nothing more. */
const MOST_ISSUES = 20;

/**
 * The Standard Schema of a shape. It accepts plain objects that have only these paths, and refuses all others as a whole: a key that is not
 * public is never removed silently. `build` makes the result, or finds a value of another kind. No issue has a value.
 */
export function toStandardSchema(
  shape: PathTree,
  build: (value: object) => StandardResult<object>,
): ViewSchema<object> {
  const validate: ViewSchema<object>['~standard']['validate'] = (value) => {
    if (!isPlainObject(value)) return { issues: [{ message: 'This is not a plain object.' }] };
    const issues: StandardIssue[] = [];
    collectSurplus(value, shape.root, [], issues);
    return issues.length > 0 ? { issues } : build(value);
  };
  const standard = Object.freeze({ version: 1 as const, vendor: 'safe-collection', validate });
  return Object.freeze({ '~standard': standard });
}

function collectSurplus(value: unknown, node: PathNode, path: readonly PropertyKey[], issues: StandardIssue[]): void {
  if (issues.length >= MOST_ISSUES) return;
  if (node.opaque !== undefined && !isSealed(value))
    issues.push({ message: `${quote(node.path)} takes sealed ids, as the view returns them.`, path });
  if (node.kind !== 'branch') return;
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) collectSurplus(each, node, [...path, index], issues);
    return;
  }
  // A value of another kind is no surplus.
  if (!isPlainObject(value)) return;
  for (const key of Reflect.ownKeys(value)) {
    const child = typeof key === 'string' ? node.children.get(key) : undefined;
    const below = [...path, key];
    if (child !== undefined) collectSurplus(Reflect.get(value, key), child, below, issues);
    else if (issues.length < MOST_ISSUES)
      issues.push({ message: `${quote(String(key))} is not public in this view.`, path: below });
  }
}

const SEALED = /^[\w-]{22}$/;

/** A stored id in the place of a sealed one would show what the view hides. */
function isSealed(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isSealed);
  return value === null || value === undefined || (typeof value === 'string' && SEALED.test(value));
}

/** The shape of results: sealed ids are texts under their public names, and no longer stored ids. */
export function shapeOfResults(node: PathNode): PathNode {
  const children = new Map([...node.children].map(([key, child]) => [key, shapeOfResults(child)] as const));
  return { ...node, opaque: undefined, children };
}
