import type { IncomingMessage, ServerResponse } from 'node:http';

import { ResponseGuard } from './response-guard.ts';
import type { ResponseGuardOptions } from './response-guard-options.ts';
import { guardExpressResponse, type ExpressResponse } from './express-response.ts';

/**
 * Middleware for Express 5. It checks every body that `res.json()`, `res.send()`, `res.write()`, `res.end()` or a stream
 * sends, like `sendable()`. If the check fails, the response is 500 with `{"error":"Internal Server Error"}`. If the body of an
 * error page or a redirect fails the check, it is replaced by the name of its status.
 *
 * Register it before the routes, and after middleware that compresses bodies. JSON settings (`json spaces`,
 * `json replacer`) have no effect with it, and `res.jsonp()` is refused.
 *
 * @param options - `envelope`, `passThrough`, `onRefused`.
 * @returns a middleware for `app.use()`.
 * @throws RefusedCallError if an option is refused.
 * @example
 * import express from 'express';
 * import { guardResponses } from 'safe-collection/express';
 *
 * const app = express();
 * app.use(guardResponses({ envelope: ['error', 'token'], passThrough: ['text/html'] }));
 */
export function guardExpress(
  options: ResponseGuardOptions = {},
): (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void {
  const guard = new ResponseGuard('express', options);
  return (_request, response, next) => {
    guardExpressResponse(response as ExpressResponse, guard);
    next();
  };
}
