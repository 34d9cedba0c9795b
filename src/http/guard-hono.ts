import { type ServerResponse, STATUS_CODES } from 'node:http';

import type { Context, MiddlewareHandler } from 'hono';

import { provedWebStream } from '../results/json/json-stream.ts';
import { provedBodies } from '../results/json/proved-json.ts';
import { ByteGuard } from './byte-guard.ts';
import { ResponseGuard, fixedAnswer } from './response-guard.ts';
import type { ResponseGuardOptions } from './response-guard-options.ts';

/** The responses made from a checked body, and their bodies: Hono creates a new response to add headers. */
const proved = new WeakSet<object>();

/**
 * Middleware for Hono 4. It checks every body that `c.json()` sends, like `sendable()`. If the check fails, and for every
 * other response with a body (`c.text()`, `c.body()`, `Response.json()`, a stream), the response is 500 with
 * `{"error":"Internal Server Error"}`, unless the content type is listed in `passThrough`. If the body of an error or a
 * redirect fails the check, it is replaced by the name of its status. Bytes written to Node's own response
 * (`c.env.outgoing`) are sent only if their content type is listed.
 *
 * Register it before the routes, and after middleware that compresses bodies.
 *
 * @param options - `envelope`, `passThrough`, `onRefused`.
 * @returns a middleware for `app.use()`.
 * @throws RefusedCallError if an option is refused.
 * @example
 * import { Hono } from 'hono';
 * import { guardResponses } from 'safe-collection/hono';
 *
 * const app = new Hono();
 * app.use(guardResponses({ envelope: ['error', 'token'] }));
 */
export function guardHono(options: ResponseGuardOptions = {}): MiddlewareHandler {
  const guard = new ResponseGuard('hono', options);
  return async (context, next) => {
    const outgoing = outgoingOf(context);
    const bytes = outgoing && new ByteGuard(outgoing, guard, (type, chunk) => guard.passes(type, chunk));
    guardJson(context, guard);
    await next();
    await settle(context, guard);
    bytes?.open();
  };
}

async function settle(context: Context, guard: ResponseGuard): Promise<void> {
  const { res } = context;
  if (mayLeave(res) || guard.passes(res.headers.get('content-type'))) return;
  if (res.status < 300) guard.reportUnproved();
  await replace(context, res.status < 300 ? 500 : res.status);
}

function guardJson(context: Context, guard: ResponseGuard): void {
  const write = context.json as (...args: readonly unknown[]) => Response;
  const json = (...[body, ...rest]: readonly unknown[]): Response => {
    const stream = provedWebStream(body);
    if (stream !== undefined) return known(new Response(stream, write(null, ...rest)));
    const verdict = guard.write(body, (copy) => write(copy, ...rest));
    if (!verdict.isProved)
      return known(new Response(fixedAnswer(500), { status: 500, headers: { 'content-type': 'application/json' } }));
    const { written } = verdict;
    return known(
      Buffer.isBuffer(written) ? new Response(Buffer.from(written), write(null, ...rest)) : (written as Response),
    );
  };
  context.json = json as typeof context.json;
}

function known(response: Response): Response {
  proved.add(response);
  if (response.body !== null) proved.add(response.body);
  return response;
}

/** Whether a response has no body or a checked one. A subclass or an own property could hide a body, so such responses are refused. */
function mayLeave(response: Response): boolean {
  if (!isPlainResponse(response)) return false;
  return response.body === null || [response, response.body].some((each) => proved.has(each) || provedBodies.has(each));
}

/** Whether a response is of the global or the built-in class. Servers for Node replace the global one by their own, based on the built-in one. */
function isPlainResponse(response: Response): boolean {
  if (Object.hasOwn(response, 'body')) return false;
  const prototype: unknown = Object.getPrototypeOf(response);
  const [current, below]: unknown[] = [Response.prototype, Object.getPrototypeOf(Response.prototype)];
  return prototype === current || (prototype === below && below !== Object.prototype);
}

/** Node's own response, which the server for Node exposes to handlers. */
function outgoingOf(context: Context): ServerResponse | undefined {
  const env: unknown = context.env;
  const outgoing: unknown =
    typeof env === 'object' && env !== null ? (env as { outgoing?: unknown }).outgoing : undefined;
  return typeof (outgoing as ServerResponse | undefined)?.writeHead === 'function'
    ? (outgoing as ServerResponse)
    : undefined;
}

/** Hono copies the headers of the previous response to the new one, so the previous one is removed first. */
async function replace(context: Context, status: number): Promise<void> {
  const { headers, body, statusText } = context.res;
  const kept = new Headers(
    [...headers].filter(([name]) => !name.startsWith('content-') && name !== 'etag' && name !== 'transfer-encoding'),
  );
  kept.set('content-type', 'application/json');
  await body?.cancel().catch(() => undefined);
  context.res = undefined;
  context.res = new Response(fixedAnswer(status), {
    status,
    headers: kept,
    statusText: STATUS_CODES[status] ?? statusText,
  });
}
