import type { PathNode } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { branch, stored, type Role, type Shape } from './shape.ts';
import type { ViewUsage } from './usage.ts';

/** The shape of documents after the view: its public leaves, each with the roles that the view excludes. */
export function viewShape(policy: ViewPolicy, usage: ViewUsage): Shape {
  return branch(fieldsOf(policy.public.root, policy, usage));
}

function fieldsOf({ children }: PathNode, policy: ViewPolicy, usage: ViewUsage): ReadonlyMap<string, Shape> {
  return new Map([...children].map(([name, child]) => [name, shapeOf(child, policy, usage)] as const));
}

function shapeOf(node: PathNode, policy: ViewPolicy, usage: ViewUsage): Shape {
  const { kind, path, depths, opaque } = node;
  if (kind === 'branch') return storedBranch(fieldsOf(node, policy, usage), depths);
  return stored(kind, { usage, path }, deniedAt(path, policy), depths, opaque);
}

/** If all fields of a branch are left out, it is still there as an empty document. So one of its leaves represents the branch. */
function storedBranch(fields: ReadonlyMap<string, Shape>, depths: Shape['depths']): Shape {
  const [first] = fields.values();
  return { ...branch(fields, false, depths), leaves: first === undefined ? [] : first.leaves };
}

function deniedAt(path: string, { filterable, sortable, joinable }: ViewPolicy): ReadonlySet<Role> {
  const denied = new Set<Role>();
  if (!filterable.covers(path)) denied.add('filter');
  if (!sortable.covers(path)) denied.add('sort');
  if (!joinable.covers(path)) denied.add('join');
  return denied;
}
