import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SentRequest } from './world-request.ts';

/** A function from a request to a response, as Hono's `app.fetch` and most edge platforms have it. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** An application that answers requests: of Fastify, Express, Hono or NestJS, a server of Node, or a function. */
export type TestedApp = FetchHandler | FetchApp | InjectApp | NestApp | ServerApp;

/** An object with a `fetch` method: Hono, or the default export of a worker. */
export interface FetchApp {
  readonly fetch: FetchHandler;
}

/** An object with Fastify's `inject`. */
export interface InjectApp {
  inject(request: {
    method: never;
    url: string;
    headers: Record<string, string>;
    payload?: string;
  }): PromiseLike<InjectAnswer>;
  close(): unknown;
}

interface InjectAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload: string;
}

/** A server of Node, or what Node's HTTP server calls and has a `listen` method: Express. */
export interface ServerApp {
  listen(...options: never): unknown;
}

/** An application of NestJS. */
export interface NestApp {
  init(): Promise<unknown>;
  getHttpServer(): unknown;
  close(): Promise<unknown>;
}

/** What an application answered. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** An application that takes requests, until it is closed. */
export interface OpenApp {
  send(request: SentRequest): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** Opens an application. Servers listen on a free port of 127.0.0.1. */
export async function openApp(app: TestedApp): Promise<OpenApp> {
  if ('inject' in app) return injected(app);
  if ('fetch' in app) return fetched((request) => app.fetch(request));
  if ('getHttpServer' in app) {
    await app.init();
    return await listening(app.getHttpServer() as Server, async () => void (await app.close()));
  }
  if (!('listen' in app)) return fetched(app);
  return await listening(typeof app === 'function' ? createServer(app) : (app as Server));
}

function injected(app: InjectApp): OpenApp {
  return {
    send: async ({ method, url, headers, body }) => {
      const payload = body === undefined ? {} : { payload: body };
      const answer = await app.inject({ method: method as never, url, headers: { ...headers }, ...payload });
      const named = Object.entries(answer.headers).flatMap(([name, value]) =>
        [value].flat().map((each) => [name, String(each)] as const),
      );
      return { status: answer.statusCode, headers: named, body: answer.payload };
    },
    close: async () => void (await app.close()),
  };
}

function fetched(handle: FetchHandler, origin = 'http://127.0.0.1', close = async (): Promise<void> => {}): OpenApp {
  return {
    send: async ({ method, url, headers, body }) => {
      const response = await handle(
        new Request(`${origin}${url}`, {
          method,
          headers,
          redirect: 'manual',
          ...(body === undefined ? {} : { body }),
        }),
      );
      return { status: response.status, headers: [...response.headers], body: await response.text() };
    },
    close,
  };
}

async function listening(server: Server, closeApp?: () => Promise<void>): Promise<OpenApp> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return fetched(
    (request) => fetch(request),
    `http://127.0.0.1:${port}`,
    async () => {
      server.closeAllConnections();
      await (closeApp ?? (() => closed(server)))();
    },
  );
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}
