import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { guardResponses as guardExpress } from 'safe-collection/express';
import { guardResponses as guardFastify } from 'safe-collection/fastify';
import { guardResponses as guardHono } from 'safe-collection/hono';
import { sendable } from 'safe-collection';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import type { SafeCollectionError } from '../../src/index.ts';
import { ask, expectNoValue, originOf, REFUSED } from './answers.ts';
import { httpWorld } from './roads/world.ts';

/** Its declarations need the DOM's, which a program for Node does not load. */
const nodeServer = '@hono/node-server';
const { getRequestListener } = (await import(nodeServer)) as {
  getRequestListener: (fetch: Hono['fetch']) => (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

const { users, rawAda } = await httpWorld();
const all = () => users.findJson({}, { projection: ['username'], limit: 1 });
const ada = () => users.findOneJson({ username: 'ada' }, { projection: ['username'] });

/** What a handler sends. Each request makes it anew. */
let body: () => unknown = all;
let refusals: SafeCollectionError[] = [];
const options = { envelope: ['next'], onRefused: (error: SafeCollectionError) => void refusals.push(error) } as const;

const fast = fastify();
await fast.register(guardFastify, options);
const schema = { response: { 200: { type: 'object', properties: { total: { type: 'number' } } } } };
fast.get('/', { schema }, () => body());
const hono = new Hono();
hono.use(guardHono(options));
hono.get('/', async (context) => context.json((await body()) as never));
const answerByHono = getRequestListener(hono.fetch);
const servers: Record<string, Server> = {
  Fastify: fast.server,
  Express: createServer(
    express()
      .use(guardExpress(options))
      .get('/', async (_request, response) => {
        response.json(await body());
      }),
  ),
  Hono: createServer((request, response) => void answerByHono(request, response)),
};
await fast.ready();
const origins = new Map<string, string>();

beforeAll(async () => {
  for (const [name, server] of Object.entries(servers))
    origins.set(name, await originOf(server.listen(0, '127.0.0.1')));
});
afterAll(() => {
  for (const server of Object.values(servers)) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => void (refusals = []));

/** The answer of an adapter for a body. */
async function answerOf(name: string, made: () => unknown) {
  body = made;
  return await ask(origins.get(name) ?? '', '/');
}

const PRINTED: Record<string, readonly [body: () => unknown, text: string]> = {
  'next to counts and declared values': [
    async () => ({ items: await all(), total: 1, next: 'ü"', previous: null }),
    '{"items":[{"username":"ada"}],"total":1,"next":"ü\\"","previous":null}',
  ],
  'next to results and other JSON': [
    async () => ({
      all: await all(),
      one: await ada(),
      none: await users.findOneJson({ username: 'nobody' }, { projection: ['username'] }),
      objects: await users.find({}, { projection: ['username'], limit: 1 }).toArray(),
    }),
    '{"all":[{"username":"ada"}],"one":{"username":"ada"},"none":null,"objects":[{"username":"ada"}]}',
  ],
  'twice, in the order of the object, without what is undefined': [
    async () => {
      const json = await all();
      return { b: json, '"': json, gone: undefined, 1: json };
    },
    '{"1":[{"username":"ada"}],"b":[{"username":"ada"}],"\\"":[{"username":"ada"}]}',
  ],
  'under `__proto__`': [
    async () => Object.fromEntries([['__proto__', await all()]]),
    '{"__proto__":[{"username":"ada"}]}',
  ],
};

const REFUSALS: Record<string, readonly [body: () => unknown, path: string]> = {
  'text that was not declared next to it': [async () => ({ items: await all(), note: 's3cr3t' }), 'note'],
  'a raw document next to it': [async () => ({ items: await all(), user: await rawAda() }), 'user._id'],
  'deeper than at the top': [async () => ({ data: { items: await all() } }), 'data.items'],
  'in an array': [async () => [await all()], '0'],
  'in an array of an envelope': [async () => ({ items: [await all()] }), 'items.0'],
  'with a prototype of its own': [async () => ({ items: Object.create(await all()) as object }), 'items'],
  'an object with its members': [
    () => ({ items: { bytes: Buffer.from('"s3cr3t"'), text: () => '"s3cr3t"', toJSON: () => 's3cr3t' } }),
    'items.bytes',
  ],
  'a stream': [() => ({ items: users.find({}, { projection: ['username'] }).jsonStream() }), 'items'],
};

describe.each(Object.keys(servers))('%s', (name) => {
  it.each(Object.entries(PRINTED))('prints proved JSON %s', async (_what, [made, text]) => {
    const answer = await answerOf(name, made);
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.type).toMatch(/^application\/json/);
    expect(answer.head).toContain(`content-length: ${Buffer.byteLength(text)}`);
    expect(refusals).toEqual([]);
  });

  it.each(Object.entries(REFUSALS))('refuses %s', async (_what, [made, path]) => {
    const answer = await answerOf(name, made);
    expect(answer).toEqual(REFUSED);
    expectNoValue(answer);
    expect(refusals).toMatchObject([{ code: 'not_sendable', path }]);
  });

  it('reads each value of an envelope once', async () => {
    const items = await all();
    let reads = 0;
    const envelope = {
      get items() {
        reads += 1;
        return reads === 1 ? items : 's3cr3t';
      },
    };
    expect((await answerOf(name, () => envelope)).text).toBe('{"items":[{"username":"ada"}]}');
  });
});

it('sendable() refuses it, and says where it may be', async () => {
  const items = await all();
  expect(() => sendable({ items } as never)).toThrow('is proved JSON. Pass it to an adapter');
  expect(() => sendable(items as never)).toThrow('is proved JSON. Pass it to an adapter');
});

describe('bytes that other code gets to see are a copy', () => {
  const SECRET = '[{"username":"s3c"}]';
  const overwrite = (chunk: unknown): void => {
    if (Buffer.isBuffer(chunk) && chunk.length === SECRET.length) chunk.write(SECRET);
  };

  it.each(['before', 'after'] as const)('a hook of Fastify %s the guard can not change what is sent', async (when) => {
    const app = fastify();
    onTestFinished(() => app.close());
    const hook = () =>
      app.addHook('onSend', (_request, _reply, payload, next) => (overwrite(payload), next(null, payload)));
    if (when === 'before') hook();
    await app.register(guardFastify, options);
    if (when === 'after') hook();
    const kept = await all();
    app.get('/', () => kept);
    await app.listen({ host: '127.0.0.1', port: 0 });
    expect((await ask(await originOf(app.server), '/')).text).not.toContain('s3c');
    expect(kept.text()).toBe('[{"username":"ada"}]');
  });

  it('middleware of Express that wraps the response can not change it, now or later', async () => {
    const kept = await all();
    const seen: unknown[] = [];
    const app = express()
      .use(guardExpress(options))
      .use((_request, response, next) => {
        const end = response.end.bind(response) as (...args: readonly unknown[]) => typeof response;
        response.end = ((...args: readonly unknown[]) => {
          seen.push(args[0]);
          return end(...args);
        }) as typeof response.end;
        next();
      })
      .get('/', (_request, response) => {
        response.json(kept);
        seen.forEach(overwrite);
      });
    const server = createServer(app);
    onTestFinished(() => void server.close());
    expect((await ask(await originOf(server.listen(0, '127.0.0.1')), '/')).text).toBe('[{"username":"ada"}]');
    expect(seen).not.toHaveLength(0);
    expect(kept.text()).toBe('[{"username":"ada"}]');
  });
});
