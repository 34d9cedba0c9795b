import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { type Context, Hono } from 'hono';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { guardResponses } from '../../src/hono.ts';
import { type SafeCollectionError, sendable } from '../../src/index.ts';
import { ask, originOf, REFUSED, routeOf } from './answers.ts';
import { httpWorld } from './roads/world.ts';

/** Its declarations need the DOM's, which a program for Node does not load. */
const nodeServer = '@hono/node-server';
const { getRequestListener } = (await import(nodeServer)) as {
  getRequestListener: (fetch: Hono['fetch']) => (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

const { ada, rawAda, users } = await httpWorld();

type Handler = (context: Context) => Response | Promise<Response>;

/** Responses that may be sent. */
const OPEN: Record<string, readonly [handler: Handler, status: number, text: string]> = {
  'a result': [async (c) => c.json(await ada()), 200, '{"username":"ada"}'],
  'an array of results': [
    async (c) => c.json(await users.find({}, { projection: ['username'], limit: 1 }).toArray()),
    200,
    '[{"username":"ada"}]',
  ],
  'a result with a status': [
    async (c) => c.json({ user: await ada(), total: 1 }, 201),
    201,
    '{"user":{"username":"ada"},"total":1}',
  ],
  'a result with headers': [
    async (c) => {
      c.header('x-a', '1');
      const response = c.json(await ada());
      c.header('x-b', '2');
      return response;
    },
    200,
    '{"username":"ada"}',
  ],
  'a declared scalar': [(c) => c.json({ error: 'wrong password' }, 401), 401, '{"error":"wrong password"}'],
  'what sendable() proved': [
    async (c) => c.json(sendable({ user: await ada(), id: 'x' }, { envelope: ['id'] })),
    200,
    '{"user":{"username":"ada"},"id":"x"}',
  ],
  'proved JSON': [
    async (c) => c.json(await users.findJson({}, { projection: ['username'], limit: 1 })),
    200,
    '[{"username":"ada"}]',
  ],
  'a response of proved JSON': [
    async (c) => {
      c.header('x-a', '1');
      return (await users.findJson({}, { projection: ['username'], limit: 1 })).response({ status: 201 });
    },
    201,
    '[{"username":"ada"}]',
  ],
  'a proved stream': [
    (c) => c.json(users.find({}, { projection: ['username'], limit: 1 }).jsonStream()),
    200,
    '[{"username":"ada"}]',
  ],
  'a proved web stream': [
    (c) =>
      c.body(
        users
          .find({}, { projection: ['username'], limit: 1 })
          .jsonStream({ format: 'ndjson' })
          .web(),
      ),
    200,
    '{"username":"ada"}\n',
  ],
  'a response of a proved stream': [
    (c) => {
      c.header('x-a', '1');
      return users
        .find({}, { projection: ['username'], limit: 1 })
        .jsonStream()
        .response();
    },
    200,
    '[{"username":"ada"}]',
  ],
  nothing: [(c) => c.body(null, 204), 204, ''],
  'a listed content type': [(c) => c.html('<p>hello</p>'), 200, '<p>hello</p>'],
  'a redirect': [(c) => c.redirect('/elsewhere'), 302, ''],
};

let refusals: SafeCollectionError[] = [];
const app = new Hono();
app.use(
  guardResponses({ envelope: ['error'], passThrough: ['text/html'], onRefused: (error) => void refusals.push(error) }),
);
app.onError((error, c) => c.text(error.message, 500));
for (const [name, [handler]] of Object.entries(OPEN)) app.get(routeOf(name), handler);
app.get('/refused', async (c) => c.json({ user: await rawAda() }));
app.get('/twice', guardResponses({ envelope: ['error'] }), async (c) => c.json({ user: await ada() }));
const listener = getRequestListener(app.fetch);
const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
const origin = await originOf(server);

beforeEach(() => void (refusals = []));
afterAll(() => void server.close());

describe('passes', () => {
  it.each(Object.entries(OPEN))('%s', async (name, [, status, text]) => {
    expect(await ask(origin, routeOf(name))).toMatchObject({ status, text });
    expect(refusals).toEqual([]);
  });

  it('a HEAD request', async () => {
    expect(await ask(origin, routeOf('a result'), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('the headers of a result', async () => {
    const { headers } = await fetch(origin + routeOf('a result with headers'));
    expect([headers.get('x-a'), headers.get('content-type')]).toEqual(['1', 'application/json']);
  });
});

it('names the path to onRefused, and no value', async () => {
  expect(await ask(origin, '/refused')).toEqual(REFUSED);
  expect(refusals).toMatchObject([{ code: 'not_sendable', path: 'user._id' }]);
});

it('guards twice if it is registered twice', async () => {
  expect(await ask(origin, '/twice')).toMatchObject({ status: 200, text: '{"user":{"username":"ada"}}' });
});

it.each([
  [
    'throws',
    () => {
      throw new Error('the log is down');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the log is down'))],
])('refuses a document if onRefused %s, and continues', async (_name, onRefused) => {
  const silent = new Hono();
  silent.use(guardResponses({ onRefused }));
  silent.get('/', async (c) => c.json(await rawAda()));
  const response = await silent.request('/');
  expect([response.status, await response.text()]).toEqual([500, '{"error":"Internal Server Error"}']);
});

it('keeps the status of an unknown route', async () => {
  expect(await ask(origin, '/nowhere')).toMatchObject({ status: 404, text: '{"error":"Not Found"}' });
});

it.each([[{ passThrough: ['application/json'] }], [{ keys: [] }]])('refuses the options %j', (options) => {
  expect(() => guardResponses(options as never)).toThrow(
    expect.objectContaining({ name: 'RefusedCallError' }) as Error,
  );
});
