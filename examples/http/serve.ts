import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'qs';

import { errorAnswer } from './error-answer.ts';
import { HttpError } from './http-error.ts';
import { type Answer, matchPath, type Route } from './route.ts';

/** A running service. `await using` stops it. */
export interface Service extends AsyncDisposable {
  readonly url: string;
}

/** Serves the routes as JSON on a free port of 127.0.0.1. */
export async function serve(routes: readonly Route[]): Promise<Service> {
  const server = createServer((request, response) => void reply(routes, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function reply(routes: readonly Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await answerTo(routes, request).then((answer) => ({ status: 200, body: answer }), errorAnswer);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function answerTo(routes: readonly Route[], request: IncomingMessage): Promise<object> {
  const answer = await dispatch(routes, request);
  if (answer === null) throw new HttpError(404, 'not_found', 'There is no such document.');
  return answer;
}

async function dispatch(routes: readonly Route[], { method, url }: IncomingMessage): Promise<Answer> {
  const [path = '', query = ''] = (url ?? '').split('?', 2);
  for (const route of routes) {
    const params = paramsOf(route, path);
    if (params === undefined) continue;
    if (method !== 'GET') throw new HttpError(405, 'method', 'This service answers GET.');
    return await route.handle({ params, query: parse(query) });
  }
  throw new HttpError(404, 'no_route', 'There is no such route.');
}

function paramsOf(route: Route, path: string): Record<string, string> | undefined {
  try {
    return matchPath(route.path, path);
  } catch {
    throw new HttpError(400, 'bad_path', 'The path is not valid percent-encoding.');
  }
}
