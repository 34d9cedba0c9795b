import type { CallContext } from '../errors/call-context.ts';
import { pathsOf, treeOf } from './parse-projection.ts';
import type { PathTree } from './path-tree.ts';
import { policyIn } from './policies.ts';
import type { ViewPolicy } from './policy.ts';
import { selectedBy } from './selection.ts';

/** The leaves of a projection, which is the view itself, one of its selections, or a literal. */
export function resolveProjection(projection: unknown, policy: ViewPolicy, call: CallContext): PathTree {
  return policy.projections.find(projection) ?? resolveAnew(projection, policy, call);
}

function resolveAnew(projection: unknown, policy: ViewPolicy, call: CallContext): PathTree {
  if (projection === undefined || projection === null) {
    return call.refuse('projection_missing', 'A projection is required: name the public paths to return.');
  }
  const other = policyIn(projection);
  if (other === policy) return policy.public;
  if (other !== undefined)
    return call.refuse('projection_path', 'The view given as a projection is not the view of this collection.');
  const selected = selectedBy(projection);
  if (selected === undefined) return resolveWritten(projection, policy, call);
  if (selected.policy === policy) return selected.shape;
  return call.refuse('projection_path', 'The selection given as a projection was made by another view.');
}

/** A literal projection is parsed once: the next one with the same keys gets the same tree. */
function resolveWritten(projection: unknown, { public: view, projections }: ViewPolicy, call: CallContext): PathTree {
  const paths = pathsOf(projection, call);
  const tree = treeOf(paths, view, call);
  projections.keep(paths, tree);
  return tree;
}
