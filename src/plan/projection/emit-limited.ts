import type { CallContext } from '../../errors/call-context.ts';
import { depthRules } from '../../view/depth-rules.ts';
import type { ArrayLimit, ArrayLimits } from '../../view/array-limit.ts';
import { leavesBelow, storedKey, storedPath, type PathNode } from '../../view/path-tree.ts';
import { isWithin } from '../../view/path.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { ResolvedProjection } from '../../view/resolve-projection.ts';
import { bare, emit, emptyDocument, type Emitted } from '../emit.ts';
import { cond, filtered, ifArray, isKind, mapped } from '../expressions.ts';
import { emitProjection, sendsId } from './emit-projection.ts';
import { parseElementCondition, type ElementCondition } from './element-condition.ts';

/** A projection with limits, as it is compiled. */
interface Compiled {
  readonly limits: ArrayLimits;
  readonly conditions: ReadonlyMap<string, ElementCondition>;
}

/**
 * The projection that is sent for the leaves of a shape, some of whose arrays are limited. The server's own `$slice` and `$elemMatch` return
 * whole elements, with their private fields, and collide with an inclusion of the public ones (mongod 6.0.5: code 31249). So a field with a
 * limited array is sent as an expression that makes the public leaves of the elements. It has the effect of the inclusion in the other
 * respects: scalars at a branch are left out, and a stored value of a wrong kind is drift.
 */
export function emitLimited({ shape, limits }: ResolvedProjection, call: CallContext<ViewPolicy>): Emitted {
  if (limits.size === 0) return emitProjection(shape);
  const conditions = new Map<string, ElementCondition>();
  for (const [path, limit] of limits) {
    if (limit.operator === '$elemMatch') conditions.set(path, parseElementCondition(limit.written, path, call));
  }
  const projection = emptyDocument();
  for (const [key, node] of shape.root.children) {
    const name = storedKey(key, node);
    if (hasLimit(node, limits)) projection[name] = limitedNode(node, `$${name}`, { limits, conditions }, 0);
    else for (const leaf of node.kind === 'branch' ? leavesBelow(node) : [node]) projection[storedPath(leaf)] = 1;
  }
  if (!sendsId(shape)) projection['_id'] = 0;
  return projection;
}

function hasLimit({ path }: PathNode, limits: ArrayLimits): boolean {
  return [...limits.keys()].some((limited) => isWithin(limited, path));
}

/** `level` counts the surrounding `$map`, because their variables need distinct names. */
function limitedNode(node: PathNode, value: string, compiled: Compiled, level: number): unknown {
  const limit = compiled.limits.get(node.path);
  if (node.kind !== 'branch') {
    if (limit === undefined) return value;
    const whole = limit.operator === '$elemMatch' ? '$$REMOVE' : value;
    return ifArray(
      value,
      limitedArray(value, limit, node, compiled, (elements) => elements),
      whole,
    );
  }
  return branchAt(node, value, compiled, { level, nest: 0 });
}

/** Where an expression is: how many `$map` are around it, and how many of them are for arrays of the same branch. */
interface Place {
  readonly level: number;
  readonly nest: number;
}

function branchAt(node: PathNode, value: string, compiled: Compiled, { level, nest }: Place): unknown {
  const { mayNest, mayEnd } = depthRules(node.depths);
  const limit = nest === 0 ? compiled.limits.get(node.path) : undefined;
  const single = limit?.operator === '$elemMatch' ? '$$REMOVE' : documentAt(node, value, compiled, level, mayEnd(nest));
  // The decoder refuses an array where the view declares none.
  if (!mayNest(nest)) return ifArray(value, [], single);
  const each = `e${level}`;
  const elementsOf = (array: unknown): unknown =>
    mapped(array, each, branchAt(node, `$$${each}`, compiled, { level: level + 1, nest: nest + 1 }));
  // A scalar has to be removed before the array is mapped: $$REMOVE would make it null.
  const kept = filtered(value, each, isKind(`$$${each}`, ['object', 'array']));
  const elements = limit === undefined ? elementsOf(kept) : limitedArray(kept, limit, node, compiled, elementsOf);
  return ifArray(value, elements, single);
}

/** A document with the projected fields. One where the view declares only arrays is sent without them, and the decoder refuses it. */
function documentAt(node: PathNode, value: string, compiled: Compiled, level: number, isDeclared: boolean): unknown {
  const fields = emptyDocument();
  for (const [key, child] of isDeclared ? node.children : []) {
    const name = storedKey(key, child);
    fields[name] = limitedNode(child, `${value}.${name}`, compiled, level);
  }
  return cond(isKind(value, ['object']), fields, '$$REMOVE');
}

function limitedArray(
  array: unknown,
  limit: ArrayLimit,
  node: PathNode,
  { conditions }: Compiled,
  elementsOf: (array: unknown) => unknown,
): unknown {
  if (limit.operator === '$slice') {
    const { skip, count } = limit;
    return elementsOf(emit('$slice', skip === undefined ? [array, count] : [array, skip, count]));
  }
  const matches = conditions.get(node.path);
  const found = matches === undefined ? [] : filtered(array, 'm', matches('$$m'));
  const first = emit('first', emit('$slice', [found, 1]));
  const shown = cond(emit('$eq', ['$$first', []]), '$$REMOVE', elementsOf('$$first'));
  return emit('$let', bare({ vars: first, in: shown }));
}
