import type { ServerResponse } from 'node:http';

import { ByteGuard } from './byte-guard.ts';
import type { ResponseGuard } from './response-guard.ts';

/** What the guard needs of Express's response. */
export interface ExpressResponse extends ServerResponse {
  json: (body?: unknown) => unknown;
  jsonp: (body?: unknown) => unknown;
  send: (body?: unknown) => unknown;
}

/** The responses that are guarded: where the middleware stands twice, the first one counts. */
const guarded = new WeakSet<object>();

/**
 * Guards one response. Whatever a handler calls, Express and Node end up in `write` and `end`: bytes leave there only
 * if they were made from a proved body, or are of a type that the program lets through.
 */
export function guardExpressResponse(response: ExpressResponse, guard: ResponseGuard): void {
  if (guarded.has(response)) return;
  guarded.add(response);
  const send = response.send.bind(response);
  let isSending = false;
  // Express's own error page prints the error's stack as HTML: of an error answer, only what was given to `send()` passes.
  const bytes = new ByteGuard(
    response,
    guard,
    (type, chunk) => (isSending || response.statusCode < 400) && guard.passes(type, chunk),
  );

  const answer = (body: unknown): void => {
    if (!bytes.isClosed || response.writableEnded) return;
    const verdict = guard.write(body);
    if (!verdict.isProved) return bytes.replace(500);
    if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json; charset=utf-8');
    const text = String(verdict.written);
    bytes.expect(text);
    send(text);
  };
  const sendContent = (content: unknown): void => {
    isSending = true;
    try {
      send(content);
    } finally {
      isSending = false;
    }
  };

  response.json = (body) => {
    answer(body);
    return response;
  };
  response.send = (body) => {
    const isContent = body === undefined || body === null || typeof body === 'string' || ArrayBuffer.isView(body);
    if (isContent) sendContent(body);
    else answer(body);
    return response;
  };
  response.jsonp = () => {
    guard.reportUnproved();
    bytes.replace(500);
    return response;
  };
}
