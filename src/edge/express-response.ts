import { STATUS_CODES, type ServerResponse } from 'node:http';

import { type EdgeGuard, fixedAnswer } from './edge-guard.ts';
import { textOf } from './text-of.ts';

/** What the guard needs of Express's response. */
export interface ExpressResponse extends ServerResponse {
  json: (body?: unknown) => unknown;
  jsonp: (body?: unknown) => unknown;
  send: (body?: unknown) => unknown;
}

/** `open` until the answer is decided, then for good `proved` (what leaves was made here) or `refused`. */
type State = 'open' | 'proved' | 'refused';

/**
 * Guards one response. Whatever a handler calls, Express and Node end up in `write` and `end`: bytes leave there only
 * if they were made from a proved body, or are of a type that the program lets through.
 */
export function guardExpressResponse(response: ExpressResponse, guard: EdgeGuard): void {
  const send = response.send.bind(response);
  const write = response.write.bind(response) as (...args: readonly unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: readonly unknown[]) => ServerResponse;
  let state: State = 'open';
  let isSending = false;

  /** The rest of the answer is dropped: a stream that pipes into it must not crash the process. */
  const replace = (status: number): void => {
    state = 'refused';
    if (response.headersSent) return void response.destroy();
    for (const name of response.getHeaderNames()) {
      if (name.startsWith('content-') || name === 'etag' || name === 'transfer-encoding') response.removeHeader(name);
    }
    response.statusCode = status;
    response.setHeader('content-type', 'application/json; charset=utf-8');
    end(fixedAnswer(status));
  };
  const answer = (body: unknown): unknown => {
    if (state !== 'open') return response;
    const verdict = guard.write(body);
    if (!verdict.isProved) return replace(500);
    state = 'proved';
    if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json; charset=utf-8');
    return send(verdict.written);
  };
  /** Express's own error page prints the error's stack as HTML: of an error answer, only what was given to `send()` passes. */
  const passes = (chunk: unknown): boolean =>
    (isSending || response.statusCode < 400) && guard.passes(response.getHeader('content-type'), chunk);
  /** An error page or a redirect is replaced silently: the framework writes those itself. */
  const refuseBytes = (): void => {
    if (response.statusCode >= 300) return replace(response.statusCode);
    guard.reportUnproved();
    replace(500);
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
    replace(500);
    return response;
  };
  response.write = ((...args: readonly unknown[]): boolean => {
    if (state === 'open' && !passes(args[0])) refuseBytes();
    return state === 'refused' ? true : write(...args);
  }) as ServerResponse['write'];
  response.end = ((...args: readonly unknown[]): ServerResponse => {
    if (state === 'open' && !isHarmless(args[0], response.statusCode) && !passes(args[0])) refuseBytes();
    return state === 'refused' ? response : end(...args);
  }) as ExpressResponse['end'];
}

/** Nothing at all, or the name of the status, as `sendStatus()` writes it. */
function isHarmless(chunk: unknown, status: number): boolean {
  if (chunk === undefined || chunk === null || typeof chunk === 'function') return true;
  const text = textOf(chunk);
  return text === '' || text === STATUS_CODES[status];
}
