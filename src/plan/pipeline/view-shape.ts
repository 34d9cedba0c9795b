import type { PathNode } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { branch, stored, type Role, type Shape } from './shape.ts';

/** What documents look like below the view: its public leaves, each with the roles that the view takes from it. */
export function viewShape(policy: ViewPolicy): Shape {
  return shapeOf(policy.public.root, policy);
}

function shapeOf(node: PathNode, policy: ViewPolicy): Shape {
  if (node.kind !== 'branch') return stored(node.kind, deniedAt(node.path, policy));
  return branch(new Map([...node.children].map(([name, child]) => [name, shapeOf(child, policy)] as const)));
}

function deniedAt(path: string, { filterable, sortable, joinable }: ViewPolicy): ReadonlySet<Role> {
  const denied = new Set<Role>();
  if (!filterable.covers(path)) denied.add('filter');
  if (!sortable.covers(path)) denied.add('sort');
  if (!joinable.covers(path)) denied.add('join');
  return denied;
}
