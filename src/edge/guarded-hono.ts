import { STATUS_CODES } from 'node:http';

import type { Context, MiddlewareHandler } from 'hono';

import { EdgeGuard, fixedAnswer } from './edge-guard.ts';
import type { EdgeOptions } from './edge-options.ts';

/** The responses that were made from a proved body, and their bodies: Hono wraps a response anew to add headers. */
const proved = new WeakSet<object>();

/**
 * Middleware for Hono 4: what leaves by `c.json()` is proved first, as `sendable()` does. What is not proved, and every
 * other response with a body (`c.text()`, `c.body()`, `Response.json()`, a stream), is answered with 500 and
 * `{"error":"Internal Server Error"}`, unless its content type is listed in `passThrough`. The body of an error or a
 * redirect that is not proved is replaced by the name of its status.
 *
 * Put it before the routes, and after middleware that packs bodies (compression).
 *
 * @param options - `envelope`, `passThrough`, `onRefused`.
 * @throws RefusedCallError where an option is refused.
 * @example
 * app.use(guardedEdge({ envelope: ['error', 'token'] }));
 */
export function guardedEdge(options: EdgeOptions = {}): MiddlewareHandler {
  const guard = new EdgeGuard('hono', options);
  return async (context, next) => {
    guardJson(context, guard);
    await next();
    const { res } = context;
    if (mayLeave(res) || guard.passes(res.headers.get('content-type'))) return;
    if (res.status < 300) guard.reportUnproved();
    await replace(context, res.status < 300 ? 500 : res.status);
  };
}

function guardJson(context: Context, guard: EdgeGuard): void {
  const write = context.json as (...args: readonly unknown[]) => Response;
  const json = (...[body, ...rest]: readonly unknown[]): Response => {
    const verdict = guard.write(body, (copy) => write(copy, ...rest));
    return known(verdict.isProved ? (verdict.written as Response) : new Response(fixedAnswer(500), { status: 500, headers: { 'content-type': 'application/json' } }));
  };
  context.json = json as typeof context.json;
}

function known(response: Response): Response {
  proved.add(response);
  if (response.body !== null) proved.add(response.body);
  return response;
}

function mayLeave(response: Response): boolean {
  return response.body === null || proved.has(response) || proved.has(response.body);
}

/** Hono adds the headers of the response before to the next one, so that one is taken away first. */
async function replace(context: Context, status: number): Promise<void> {
  const { headers, body, statusText } = context.res;
  const kept = new Headers([...headers].filter(([name]) => !name.startsWith('content-') && name !== 'etag' && name !== 'transfer-encoding'));
  kept.set('content-type', 'application/json');
  await body?.cancel().catch(() => undefined);
  context.res = undefined;
  context.res = new Response(fixedAnswer(status), { status, headers: kept, statusText: STATUS_CODES[status] ?? statusText });
}
