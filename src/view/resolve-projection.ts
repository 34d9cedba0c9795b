import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { NO_LIMITS, type ArrayLimits } from './array-limit.ts';
import { readProjection, treeOf } from './parse-projection.ts';
import type { PathTree } from './path-tree.ts';
import { policyIn } from './policies.ts';
import type { ViewPolicy } from './policy.ts';
import { selectedBy } from './selection.ts';

/** The leaves of a projection, and the arrays of which it returns only some elements. */
export interface ResolvedProjection {
  readonly shape: PathTree;
  readonly limits: ArrayLimits;
}

/** A projection, which is the view itself, one of its selections, or a literal. */
export function resolveProjection(projection: unknown, policy: ViewPolicy, call: CallContext): ResolvedProjection {
  const known = policy.projections.find(projection);
  return known === undefined ? resolveAnew(projection, policy, call) : { shape: known, limits: NO_LIMITS };
}

/** The leaves of a projection that returns arrays as they are stored. */
export function resolveWhole(projection: unknown, policy: ViewPolicy, call: CallContext): PathTree {
  const { shape, limits } = resolveProjection(projection, policy, call);
  const [limited] = limits;
  if (limited === undefined) return shape;
  const [path, { operator }] = limited;
  return call.refuse(
    'projection_value',
    `The projection of ${call.operation}() takes no ${operator} (at ${quote(path)}); find(), findOne() and findOneAnd…() do.`,
    path,
  );
}

function resolveAnew(projection: unknown, policy: ViewPolicy, call: CallContext): ResolvedProjection {
  if (projection === undefined || projection === null) {
    return call.refuse('projection_missing', 'A projection is required: name the public paths to return.');
  }
  const other = policyIn(projection);
  if (other === policy) return { shape: policy.public, limits: NO_LIMITS };
  if (other !== undefined)
    return call.refuse('projection_path', 'The view given as a projection is not the view of this collection.');
  const selected = selectedBy(projection);
  if (selected === undefined) return resolveWritten(projection, policy, call);
  if (selected.policy === policy) return selected;
  return call.refuse('projection_path', 'The selection given as a projection was made by another view.');
}

/** A literal projection is parsed once: the next one with the same keys gets the same tree. */
function resolveWritten(
  projection: unknown,
  { public: view, projections }: ViewPolicy,
  call: CallContext,
): ResolvedProjection {
  const { paths, limits } = readProjection(projection, view, call);
  const known = limits.size === 0 ? undefined : projections.find(paths);
  if (known !== undefined) return { shape: known, limits };
  const shape = treeOf(paths, view, call);
  projections.keep(paths, shape);
  return { shape, limits };
}
