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
  if (node.kind !== 'branch' || issues.length >= MOST_ISSUES) return;
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
