import { once } from 'node:events';
import { connect } from 'node:http2';
import { text as textOf } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import {
  brotliCompressSync,
  brotliDecompressSync,
  createBrotliCompress,
  createDeflate,
  createGzip,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { guardResponses } from '../../src/fastify.ts';
import { type SafeCollectionError, sendable } from '../../src/index.ts';
import { ask, originOf, REFUSED, routeOf } from './answers.ts';
import { httpWorld } from './roads/world.ts';

const { ada, rawAda, users } = await httpWorld();

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Responses that may be sent. */
const OPEN: Record<string, readonly [handler: Handler, status: number, text: string]> = {
  'a result': [() => ada(), 200, '{"username":"ada"}'],
  'an array of results': [
    () => users.find({}, { projection: ['username'], limit: 1 }).toArray(),
    200,
    '[{"username":"ada"}]',
  ],
  'a result by send()': [
    async (_q, reply) => reply.code(201).send({ user: await ada(), total: 1 }),
    201,
    '{"user":{"username":"ada"},"total":1}',
  ],
  'a declared scalar': [
    (_q, reply) => reply.code(401).send({ error: 'wrong password' }),
    401,
    '{"error":"wrong password"}',
  ],
  'what sendable() proved': [
    async () => sendable({ user: await ada(), id: 'x' }, { envelope: ['id'] }),
    200,
    '{"user":{"username":"ada"},"id":"x"}',
  ],
  'proved JSON': [() => users.findJson({}, { projection: ['username'], limit: 1 }), 200, '[{"username":"ada"}]'],
  'proved JSON with a status': [
    async (_q, reply) => reply.code(201).send(await users.findOneJson({}, { projection: ['username'] })),
    201,
    '{"username":"ada"}',
  ],
  'a proved stream': [
    (_q, reply) => reply.send(users.find({}, { projection: ['username'], limit: 1 }).jsonStream()),
    200,
    '[{"username":"ada"}]',
  ],
  'proved lines': [
    () => users.find({}, { projection: ['username'], limit: 1 }).jsonStream({ format: 'ndjson' }),
    200,
    '{"username":"ada"}\n',
  ],
  nothing: [(_q, reply) => reply.code(204).send(), 204, ''],
  'a listed content type': [(_q, reply) => reply.type('text/html').send('<p>hello</p>'), 200, '<p>hello</p>'],
  'events of a listed type': [
    (_q, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.raw.write('data: 1\n\n');
      reply.raw.end();
    },
    200,
    'data: 1\n\n',
  ],
  'a redirect': [(_q, reply) => reply.redirect('/elsewhere'), 302, ''],
};

let refusals: SafeCollectionError[] = [];
const app = fastify();
await app.register(guardResponses, {
  envelope: ['error'],
  passThrough: ['text/html', 'text/event-stream'],
  onRefused: (error) => void refusals.push(error),
});
for (const [name, [handler]] of Object.entries(OPEN)) app.get(routeOf(name), handler);
app.get('/refused', async () => ({ user: await rawAda() }));
await app.listen({ host: '127.0.0.1', port: 0 });
const origin = await originOf(app.server);

beforeEach(() => void (refusals = []));
afterAll(() => app.close());

describe('passes', () => {
  it.each(Object.entries(OPEN))('%s', async (name, [, status, text]) => {
    expect(await ask(origin, routeOf(name))).toMatchObject({ status, text });
    expect(refusals).toEqual([]);
  });

  it('a HEAD request', async () => {
    expect(await ask(origin, routeOf('a result'), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });
});

it('names the path to onRefused, and no value', async () => {
  expect(await ask(origin, '/refused')).toEqual(REFUSED);
  expect(refusals).toMatchObject([{ code: 'not_sendable', path: 'user._id' }]);
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
  const silent = fastify();
  onTestFinished(() => silent.close());
  await silent.register(guardResponses, { onRefused });
  silent.get('/', () => rawAda());
  expect(await silent.inject('/')).toMatchObject({ statusCode: 500, body: '{"error":"Internal Server Error"}' });
});

it('keeps the status of an unknown route, without its message', async () => {
  expect(await ask(origin, '/nowhere?name=ada')).toMatchObject({ status: 404, text: '{"error":"Not Found"}' });
  expect(refusals).toEqual([]);
});

it('refuses options that it does not have', async () => {
  const refusing = fastify();
  await expect(refusing.register(guardResponses, { passThrough: ['application/json'] }).ready()).rejects.toMatchObject({
    code: 'option_value',
  });
  await expect(
    fastify()
      .register(guardResponses, { keys: [] } as never)
      .ready(),
  ).rejects.toMatchObject({ code: 'option_unknown' });
});

const PACKINGS = {
  gzip: [gzipSync, createGzip, gunzipSync],
  deflate: [deflateSync, createDeflate, inflateSync],
  br: [brotliCompressSync, createBrotliCompress, brotliDecompressSync],
} as const;

it.each(Object.entries(PACKINGS))(
  'lets a hook behind it pack what was proved (%s), whole, as a stream and in parts',
  async (encoding, [pack, createPack, unpack]) => {
    const long = 'x'.repeat(300_000);
    for (const make of [
      (text: string) => pack(text),
      (text: string) => Readable.from([text]).pipe(createPack()),
      (text: string) => Readable.from([text.slice(0, 9), text.slice(9)]).pipe(createPack()),
    ]) {
      const packing = fastify();
      onTestFinished(() => packing.close());
      await packing.register(guardResponses, { envelope: ['note'] });
      packing.addHook('onSend', async (_request, reply, payload) => {
        reply.header('content-encoding', encoding).removeHeader('content-length');
        return make(payload as string);
      });
      packing.get('/', async () => ({ user: await ada(), note: long }));
      const { rawPayload, statusCode } = await packing.inject('/');
      expect([statusCode, unpack(rawPayload).toString()]).toEqual([
        200,
        JSON.stringify({ user: { username: 'ada' }, note: long }),
      ]);
    }
  },
);

it('lets the bare stream of deflate through, and answers HEAD without a body', async () => {
  const packing = fastify();
  onTestFinished(() => packing.close());
  await packing.register(guardResponses);
  packing.addHook('onSend', async (_request, reply, payload) => {
    reply.header('content-encoding', 'deflate').removeHeader('content-length');
    return deflateRawSync(payload as string);
  });
  packing.get('/', () => ada());
  expect(inflateRawSync((await packing.inject('/')).rawPayload).toString()).toBe('{"username":"ada"}');
  expect(await packing.inject({ method: 'HEAD', url: '/' })).toMatchObject({ statusCode: 200, body: '' });
});

it('responds over HTTP/2, in parts if the body is large', async () => {
  const app2 = fastify({ http2: true });
  onTestFinished(() => app2.close());
  await app2.register(guardResponses);
  app2.get('/', async () => ({ users: Array.from<object>({ length: 5_000 }).fill(await ada()) }));
  app2.get('/refused', async () => ({ user: await rawAda() }));
  await app2.listen({ host: '127.0.0.1', port: 0 });
  const session = connect(await originOf(app2.server as never));
  onTestFinished(() => session.close());
  const get = async (path: string) => {
    const stream = session.request({ ':path': path });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    return { status: headers[':status'], body: JSON.parse(await textOf(stream)) as unknown };
  };
  expect(await get('/')).toEqual({
    status: 200,
    body: { users: Array.from({ length: 5_000 }, () => ({ username: 'ada' })) },
  });
  expect(await get('/refused')).toEqual({ status: 500, body: { error: 'Internal Server Error' } });
});
