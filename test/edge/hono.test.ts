import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import { type Context, Hono } from 'hono';
import { stream } from 'hono/streaming';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { guardedEdge } from '../../src/hono.ts';
import { SafeCollection, type SafeCollectionError, sendable } from '../../src/index.ts';
import { PrivilegedCollection } from '../../src/privileged.ts';
import { type User, usersFixture, userView } from '../privileged/users.ts';
import { ask, expectNoValue, originOf, REFUSED, routeOf } from './answers.ts';

/** Its declarations need the DOM's, which a program for Node does not load. */
const nodeServer = '@hono/node-server';
const { getRequestListener } = (await import(nodeServer)) as {
  getRequestListener: (fetch: Hono['fetch']) => (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

const { db } = await usersFixture();
const raw = db.collection<User>('users');
const users = new SafeCollection(raw, userView);
const logins = new PrivilegedCollection(raw, userView, { reason: 'test' });
const ada = async () => (await users.findOne({ username: 'ada' }, { projection: ['username'] })) ?? expect.fail('no ada');
const rawAda = async () => (await raw.findOne({ username: 'ada' })) as User;

type Handler = (context: Context) => Response | Promise<Response>;

/** What may leave. */
const OPEN: Record<string, readonly [handler: Handler, status: number, text: string]> = {
  'a result': [async (c) => c.json(await ada()), 200, '{"username":"ada"}'],
  'an array of results': [async (c) => c.json(await users.find({}, { projection: ['username'], limit: 1 }).toArray()), 200, '[{"username":"ada"}]'],
  'a result with a status': [async (c) => c.json({ user: await ada(), total: 1 }, 201), 201, '{"user":{"username":"ada"},"total":1}'],
  'a result with headers': [async (c) => { c.header('x-a', '1'); const response = c.json(await ada()); c.header('x-b', '2'); return response; }, 200, '{"username":"ada"}'],
  'a declared scalar': [(c) => c.json({ error: 'wrong password' }, 401), 401, '{"error":"wrong password"}'],
  'what sendable() proved': [async (c) => c.json(sendable({ user: await ada(), id: 'x' }, { envelope: ['id'] })), 200, '{"user":{"username":"ada"},"id":"x"}'],
  'nothing': [(c) => c.body(null, 204), 204, ''],
  'a listed content type': [(c) => c.html('<p>hello</p>'), 200, '<p>hello</p>'],
  'a redirect': [(c) => c.redirect('/elsewhere'), 302, ''],
};

/** By what road a raw document might leave. */
const ROADS: Record<string, Handler> = {
  'c.json(document)': async (c) => c.json(await rawAda()),
  'an array of documents': async (c) => c.json(await raw.find().toArray()),
  'an envelope around a document': async (c) => c.json({ user: await rawAda() }),
  'a spread of a result': async (c) => c.json({ ...(await ada()), password_hash: (await rawAda()).password_hash }),
  'Object assign onto a result': async (c) => c.json(Object.assign(await ada(), await rawAda())),
  'a class instance': async (c) => c.json(new (class { user: User; constructor(user: User) { this.user = user; } })(await rawAda()) as never),
  'toJSON': async (c) => { const user = await rawAda(); return c.json({ toJSON: () => user } as never); },
  'a sensitive value': async (c) => c.json(await logins.findOne({}, { projection: ['username', 'password_hash'] })),
  'JSON text': async (c) => c.text(JSON.stringify(await rawAda())),
  'JSON text as body': async (c) => c.body(JSON.stringify(await rawAda()), 200, { 'content-type': 'application/json' }),
  'JSON text of no type': async (c) => c.body(JSON.stringify(await rawAda())),
  'a Response': async () => new Response(JSON.stringify(await rawAda()), { headers: { 'content-type': 'application/json' } }),
  'Response.json()': async () => Response.json(await rawAda()),
  'newResponse': async (c) => c.newResponse(JSON.stringify(await rawAda())),
  'a result made and another sent': async (c) => { c.json(await ada()); return Response.json(await rawAda()); },
  'a response with other headers': async (c) => { c.header('x-a', '1'); c.res.headers.set('x-b', '2'); return Response.json(await rawAda()); },
  'bytes': async (c) => c.body(new TextEncoder().encode(JSON.stringify(await rawAda()))),
  'a web stream': async (c) => c.body(Readable.toWeb(Readable.from([JSON.stringify(await rawAda())])) as ReadableStream),
  'a streaming helper': async (c) => { const user = await rawAda(); return stream(c, async (to) => void (await to.write(JSON.stringify(user)))); },
  'an error by throw': async () => { throw new Error(JSON.stringify(await rawAda())); },
  'the text of an error in an error answer': async (c) => c.text(JSON.stringify(await rawAda()), 400),
};

let refusals: SafeCollectionError[] = [];
const app = new Hono();
app.use(guardedEdge({ envelope: ['error'], passThrough: ['text/html'], onRefused: (error) => void refusals.push(error) }));
app.onError((error, c) => c.text(error.message, 500));
for (const [name, [handler]] of Object.entries(OPEN)) app.get(routeOf(name), handler);
for (const [name, handler] of Object.entries(ROADS)) app.get(routeOf(name), handler);
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

describe('stops a raw document by', () => {
  it.each(Object.keys(ROADS))('%s', async (name) => {
    const answer = await ask(origin, routeOf(name));
    expectNoValue(answer);
    if (name.includes('error answer')) expect(answer).toMatchObject({ status: 400, text: '{"error":"Bad Request"}' });
    else expect(answer).toEqual(REFUSED);
    expect(refusals.every((error) => error.code === 'not_sendable')).toBe(true);
  });
});

it('names the path to onRefused, and no value', async () => {
  await ask(origin, routeOf('an envelope around a document'));
  expect(refusals).toMatchObject([{ code: 'not_sendable', path: 'user._id' }]);
});

it('keeps the status of an unknown route', async () => {
  expect(await ask(origin, '/nowhere')).toMatchObject({ status: 404, text: '{"error":"Not Found"}' });
});

it.each([[{ passThrough: ['application/json'] }], [{ keys: [] }]])('refuses the options %j', (options) => {
  expect(() => guardedEdge(options as never)).toThrow(expect.objectContaining({ name: 'RefusedCallError' }) as Error);
});
