import type { ServerResponse } from 'node:http';

import { ByteGuard } from './byte-guard.ts';
import { provedStream } from './proved-stream.ts';
import type { ResponseGuard } from './response-guard.ts';

/** The parts of Express's response that the guard uses. */
export interface ExpressResponse extends ServerResponse {
  json: (body?: unknown) => unknown;
  jsonp: (body?: unknown) => unknown;
  send: (body?: unknown) => unknown;
}

/** The guarded responses: if the middleware is registered twice, only the first one guards. */
const guarded = new WeakSet<object>();

/**
 * Guards a response. Everything that a handler calls ends in `write` or `end`. There, bytes are sent only if they were made
 * from a checked body, or have a content type that the program listed.
 */
export function guardExpressResponse(response: ExpressResponse, guard: ResponseGuard): void {
  if (guarded.has(response)) return;
  guarded.add(response);
  const send = response.send.bind(response);
  let isSending = false;
  // Express's own error page prints the stack as HTML, so of an error response only bodies passed to `send()` are allowed.
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
    const { written } = verdict;
    const text = Buffer.isBuffer(written) ? written : String(written);
    bytes.expect(text);
    // Express gets a copy of bytes, because other middleware could change them.
    send(typeof text === 'string' ? text : Buffer.from(text));
  };
  const sendBody = (body: unknown): void => {
    const stream = provedStream(body, bytes);
    if (stream === undefined) return answer(body);
    if (!response.hasHeader('content-type')) response.setHeader('content-type', stream.contentType);
    stream.readable.on('error', (error) => {
      guard.reportFailure(error);
      bytes.replace(500);
    });
    response.on('close', () => stream.readable.destroy());
    stream.readable.pipe(response);
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
    sendBody(body);
    return response;
  };
  response.send = (body) => {
    const isContent = body === undefined || body === null || typeof body === 'string' || ArrayBuffer.isView(body);
    if (isContent) sendContent(body);
    else sendBody(body);
    return response;
  };
  response.jsonp = () => {
    guard.reportUnproved();
    bytes.replace(500);
    return response;
  };
}
