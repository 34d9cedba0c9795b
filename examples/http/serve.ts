import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'qs';

import { errorAnswer } from './error-answer.ts';
import { HttpError } from './http-error.ts';
import { readBody } from './read-body.ts';
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
  const { status, body } = await answerTo(routes, request).catch(errorAnswer);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function answerTo(routes: readonly Route[], request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const { route, params } = find(routes, request.method, path);
  const body = route.method === undefined ? undefined : await readBody(request);
  const answer: Answer = await route.handle({ params, query: parse(query), headers: request.headers, body });
  if (answer === null) throw new HttpError(404, 'not_found', 'There is no such document.');
  return { status: route.status ?? 200, body: answer };
}

function find(routes: readonly Route[], method: string | undefined, path: string) {
  const found = routes.flatMap((route) => {
    const params = paramsOf(route, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const match = found.find(({ route }) => (route.method ?? 'GET') === method);
  if (match !== undefined) return match;
  if (found.length === 0) throw new HttpError(404, 'no_route', 'There is no such route.');
  throw new HttpError(405, 'method', `This route answers ${found.map(({ route }) => route.method ?? 'GET').join(', ')}.`);
}

function paramsOf(route: Route, path: string): Record<string, string> | undefined {
  try {
    return matchPath(route.path, path);
  } catch {
    throw new HttpError(400, 'bad_path', 'The path is not valid percent-encoding.');
  }
}
