import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import { type Context, Hono } from 'hono';
import { stream, streamSSE } from 'hono/streaming';

import { guardResponses } from '../../../src/hono.ts';
import type { SafeCollectionError } from '../../../src/index.ts';
import { originOf } from '../answers.ts';
import { BODIES } from './bodies.ts';
import { type AdapterRoads, OPTIONS, pathOf, type Served } from './served.ts';
import type { HttpWorld } from './world.ts';

/** Its declarations need the DOM's, which a program for Node does not load. */
const nodeServer = '@hono/node-server';
const { getRequestListener, RESPONSE_ALREADY_SENT } = (await import(nodeServer)) as {
  getRequestListener: (fetch: Hono['fetch']) => (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  RESPONSE_ALREADY_SENT: Response;
};

type Handler = (context: Context) => Response | Promise<Response>;

const outgoingOf = (context: Context): ServerResponse => (context.env as { outgoing: ServerResponse }).outgoing;

export const HONO: AdapterRoads<Handler> = {
  stopped: {
    'c.text(JSON text)':
      ({ text }) =>
      async (c) =>
        c.text(await text()),
    'c.body(JSON text) of a JSON type':
      ({ text }) =>
      async (c) =>
        c.body(await text(), 200, { 'content-type': 'application/json' }),
    'c.body(JSON text)':
      ({ text }) =>
      async (c) =>
        c.body(await text()),
    'a Response':
      ({ text }) =>
      async () =>
        new Response(await text(), { headers: { 'content-type': 'application/json' } }),
    'Response.json()':
      ({ rawAda }) =>
      async () =>
        Response.json(await rawAda()),
    'a subclass of Response that has no body':
      ({ text }) =>
      async () => {
        class Mine extends Response {}
        Object.defineProperty(Mine.prototype, 'body', { value: null });
        return new Mine(await text());
      },
    'a Response with a body of its own':
      ({ text }) =>
      async () =>
        Object.defineProperty(new Response(await text()), 'body', { value: null }),
    'a result whose body is replaced':
      ({ ada, text }) =>
      async (c) =>
        new Response(await text(), c.json(await ada())),
    'c.newResponse()':
      ({ text }) =>
      async (c) =>
        c.newResponse(await text()),
    'c.res =':
      ({ text }) =>
      async (c) => {
        c.res = new Response(await text());
        return c.res;
      },
    'a result made and another sent':
      ({ ada, rawAda }) =>
      async (c) => {
        c.json(await ada());
        return Response.json(await rawAda());
      },
    'a response with other headers':
      ({ rawAda }) =>
      async (c) => {
        c.header('x-a', '1');
        c.res.headers.set('x-b', '2');
        return Response.json(await rawAda());
      },
    bytes:
      ({ text }) =>
      async (c) =>
        c.body(new TextEncoder().encode(await text())),
    'a web stream':
      ({ text }) =>
      async (c) =>
        c.body(Readable.toWeb(Readable.from([await text()])) as ReadableStream),
    'a streaming helper':
      ({ text }) =>
      async (c) => {
        const json = await text();
        return stream(c, async (to) => void (await to.write(json)));
      },
    'server-sent events':
      ({ text }) =>
      async (c) => {
        const data = await text();
        return streamSSE(c, async (to) => await to.writeSSE({ data }));
      },
    'a middleware behind the guard':
      ({ ada }) =>
      async (c) => {
        c.header('x-later', '1');
        return c.json(await ada());
      },
    'a mounted application': () => () => expectMounted(),
    'an error by throw':
      ({ text }) =>
      async () => {
        throw new Error(await text());
      },
    'the text of an error in an error answer':
      ({ text }) =>
      async (c) =>
        c.text(await text(), 400),
    "bytes to Node's own response":
      ({ text }) =>
      async (c) => {
        outgoingOf(c).end(await text());
        return RESPONSE_ALREADY_SENT;
      },
    "events to Node's own response":
      ({ text }) =>
      async (c) => {
        outgoingOf(c).writeHead(200, { 'content-type': 'text/event-stream' });
        outgoingOf(c).write(`data: ${await text()}\n\n`);
        outgoingOf(c).end();
        return RESPONSE_ALREADY_SENT;
      },
  },
  outOfReach: {
    'Fields below a subtree of a result':
      ({ openAda, rawAda }) =>
      async (c) => {
        const user = await openAda();
        user.settings['owner'] = await rawAda();
        return c.json(user);
      },
    'Text under a declared key':
      ({ rawAda }) =>
      async (c) =>
        c.json({ error: (await rawAda()).password_hash }),
    'A number or a boolean by itself or under the name of a count':
      ({ rawAda }) =>
      async (c) =>
        c.json({ total: (await rawAda()).limits['hourly'] }),
    'Another scalar in a field of a result':
      ({ ada, rawAda }) =>
      async (c) =>
        c.json(Object.assign(await ada(), { username: (await rawAda()).password_hash })),
    'Text, bytes and streams of a listed content type':
      ({ text }) =>
      async (c) =>
        c.html(await text()),
    'Headers, cookies, the location of a redirect, the status text and trailers':
      ({ rawAda }) =>
      async (c) =>
        c.redirect(`/?hash=${(await rawAda()).password_hash}`),
    'The socket, and methods of a Node prototype that are called directly':
      ({ text }) =>
      async (c) => {
        ServerResponse.prototype.end.call(outgoingOf(c), await text(), 'utf8', () => undefined);
        return RESPONSE_ALREADY_SENT;
      },
    'Code outside the guard':
      ({ ada }) =>
      async (c) => {
        c.header('x-before', '1');
        return c.json(await ada());
      },
  },
};

function expectMounted(): never {
  throw new Error('The mounted application answers here.');
}

export async function serveHono(world: HttpWorld): Promise<Served> {
  const refusals: SafeCollectionError[] = [];
  const app = new Hono();
  // A middleware before the guard has the last word.
  app.use(async (c, next) => {
    await next();
    if (c.res.headers.get('x-before') !== null) c.res = Response.json(await world.rawAda());
  });
  app.use(guardResponses({ ...OPTIONS, onRefused: (error) => void refusals.push(error) }));
  app.use(async (c, next) => {
    await next();
    if (c.res.headers.get('x-later') !== null) c.res = Response.json(await world.rawAda());
  });
  app.onError((error, c) => c.text(error.message, 500));
  app.mount(pathOf('a mounted application'), async () => Response.json(await world.rawAda()));
  for (const [road, body] of Object.entries(BODIES))
    app.get(pathOf(road), async (c) => c.json((await body(world)) as never));
  for (const [road, handler] of Object.entries({ ...HONO.stopped, ...HONO.outOfReach }))
    app.get(pathOf(road), (c) => handler(world)(c));
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  return {
    origin: await originOf(server),
    refusals,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
