import { Node } from './syntax.ts';
import type { CallExpression } from './syntax.ts';

/** One call on a cursor: the `.project({ … })` of `find().project({ … }).toArray()`. */
export interface ChainedCall {
  readonly method: string;
  readonly arguments: readonly Node[];
  readonly node: CallExpression;
}

export interface CursorChain {
  readonly calls: readonly ChainedCall[];
  /** The whole expression: the call itself if nothing follows, with its `await` if there is one. */
  readonly end: Node;
}

/** The calls after a call in the same expression. */
export function chainAfter(call: CallExpression): CursorChain {
  const calls: ChainedCall[] = [];
  let end: Node = call;
  for (let next = callOn(end); next !== undefined; next = callOn(end)) {
    const callee = next.getExpression();
    if (!Node.isPropertyAccessExpression(callee)) break;
    calls.push({ method: callee.getName(), arguments: next.getArguments(), node: next });
    end = next;
  }
  return { calls, end: wrapped(end) };
}

/** The call of a property of this expression. */
function callOn(node: Node): CallExpression | undefined {
  const access = wrapped(node).getParent();
  if (!Node.isPropertyAccessExpression(access) || access.getExpression() !== wrapped(node)) return undefined;
  const call = access.getParent();
  return Node.isCallExpression(call) && call.getExpression() === access ? call : undefined;
}

/** The node with the `await`, parentheses, casts and `!` around it. */
export function wrapped(node: Node): Node {
  const parent = node.getParent();
  if (
    Node.isParenthesizedExpression(parent) ||
    Node.isAwaitExpression(parent) ||
    Node.isAsExpression(parent) ||
    Node.isSatisfiesExpression(parent) ||
    Node.isNonNullExpression(parent)
  ) {
    return wrapped(parent);
  }
  return node;
}
