import { Node } from '../project/index.ts';
import type { CallExpression } from '../project/index.ts';

/** One chained call of a query, with the whitespace before its dot. */
export interface QueryPart {
  readonly method: string;
  readonly arguments: readonly Node[];
  readonly space: string;
}

export interface QueryChain {
  readonly parts: readonly QueryPart[];
  /** The whole chain, without the `await` around it. */
  readonly end: CallExpression;
}

/** The methods of a promise, after which it is not a query any more. */
const PROMISE = new Set(['then', 'catch', 'finally']);

export function queryChain(call: CallExpression): QueryChain {
  const parts: QueryPart[] = [];
  let end = call;
  for (;;) {
    const access = end.getParent();
    const next = access?.getParent();
    if (!Node.isPropertyAccessExpression(access) || access.getExpression() !== end) break;
    if (!Node.isCallExpression(next) || next.getExpression() !== access || PROMISE.has(access.getName())) break;
    const space = access
      .getSourceFile()
      .getFullText()
      .slice(end.getEnd(), access.getNameNode().getStart() - 1);
    parts.push({ method: access.getName(), arguments: next.getArguments(), space: /^\s*$/.test(space) ? space : '' });
    end = next;
  }
  return { parts, end };
}
