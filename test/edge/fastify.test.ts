import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { guardedEdge } from '../../src/fastify.ts';
import { SafeCollection, type SafeCollectionError, sendable } from '../../src/index.ts';
import { PrivilegedCollection } from '../../src/privileged.ts';
import { type User, usersFixture, userView } from '../privileged/users.ts';
import { ask, expectNoValue, originOf, REFUSED, routeOf } from './answers.ts';

const { db } = await usersFixture();
const raw = db.collection<User>('users');
const users = new SafeCollection(raw, userView);
const logins = new PrivilegedCollection(raw, userView, { reason: 'test' });
const ada = async () => (await users.findOne({ username: 'ada' }, { projection: ['username'] })) ?? expect.fail('no ada');
const rawAda = async () => (await raw.findOne({ username: 'ada' })) as User;

const folder = await mkdtemp(join(tmpdir(), 'edge-'));
const file = join(folder, 'ada.json');
await writeFile(file, JSON.stringify(await rawAda()));

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** What may leave. */
const OPEN: Record<string, readonly [handler: Handler, status: number, text: string]> = {
  'a result': [() => ada(), 200, '{"username":"ada"}'],
  'an array of results': [() => users.find({}, { projection: ['username'], limit: 1 }).toArray(), 200, '[{"username":"ada"}]'],
  'a result by send()': [async (_q, reply) => reply.code(201).send({ user: await ada(), total: 1 }), 201, '{"user":{"username":"ada"},"total":1}'],
  'a declared scalar': [(_q, reply) => reply.code(401).send({ error: 'wrong password' }), 401, '{"error":"wrong password"}'],
  'what sendable() proved': [async () => sendable({ user: await ada(), id: 'x' }, { envelope: ['id'] }), 200, '{"user":{"username":"ada"},"id":"x"}'],
  'nothing': [(_q, reply) => reply.code(204).send(), 204, ''],
  'a listed content type': [(_q, reply) => reply.type('text/html').send('<p>hello</p>'), 200, '<p>hello</p>'],
  'a redirect': [(_q, reply) => reply.redirect('/elsewhere'), 302, ''],
};

/** By what road a raw document might leave. */
const ROADS: Record<string, Handler> = {
  'return document': () => rawAda(),
  'send document': async (_q, reply) => reply.send(await rawAda()),
  'an array of documents': () => raw.find().toArray(),
  'an envelope around a document': async () => ({ user: await rawAda() }),
  'a spread of a result': async () => ({ ...(await ada()), password_hash: (await rawAda()).password_hash }),
  'Object assign onto a result': async () => Object.assign(await ada(), await rawAda()),
  'a class instance': async () => new (class { user: User; constructor(user: User) { this.user = user; } })(await rawAda()),
  'toJSON': async () => { const user = await rawAda(); return { toJSON: () => user }; },
  'a sensitive value': () => logins.findOne({}, { projection: ['username', 'password_hash'] }),
  'JSON text': async () => JSON.stringify(await rawAda()),
  'JSON text of a JSON type': async (_q, reply) => reply.type('application/json').send(JSON.stringify(await rawAda())),
  'JSON text as HTML': async (_q, reply) => reply.type('text/html').send(JSON.stringify(await rawAda())),
  'an object of a listed type': async (_q, reply) => reply.type('text/html').send(await rawAda()),
  'a serializer of the handler': async (_q, reply) => { const user = await rawAda(); return reply.serializer(() => JSON.stringify(user)).type('application/json').send('x'); },
  'bytes': async () => Buffer.from(JSON.stringify(await rawAda())),
  'a stream': async (_q, reply) => reply.send(Readable.from([JSON.stringify(await rawAda())])),
  'a stream of a file': (_q, reply) => reply.type('application/json').send(createReadStream(file)),
  'a web stream': async (_q, reply) => reply.send(new Response(JSON.stringify(await rawAda())).body),
  'a Response': async (_q, reply) => reply.send(new Response(JSON.stringify(await rawAda()))),
  'an error by throw': async () => { throw new Error(JSON.stringify(await rawAda())); },
  'an error by send': async (_q, reply) => reply.send(new Error(JSON.stringify(await rawAda()))),
  'an error in a body': async (_q, reply) => reply.code(500).send({ failure: new Error(JSON.stringify(await rawAda())) }),
  'an error with a status': async () => { throw Object.assign(new Error(JSON.stringify(await rawAda())), { statusCode: 409 }); },
};

let refusals: SafeCollectionError[] = [];
const app = fastify();
await app.register(guardedEdge, { envelope: ['error'], passThrough: ['text/html'], onRefused: (error) => void refusals.push(error) });
for (const [name, [handler]] of Object.entries(OPEN)) app.get(routeOf(name), handler);
for (const [name, handler] of Object.entries(ROADS)) app.get(routeOf(name), handler);
await app.register(async (child) => {
  child.addHook('preSerialization', async (_request, _reply, payload) => ({ ...(payload as object), password_hash: (await rawAda()).password_hash }));
  child.get('/a-later-hook', () => ada());
});
await app.listen({ host: '127.0.0.1', port: 0 });
const origin = await originOf(app.server);

beforeEach(() => void (refusals = []));
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('passes', () => {
  it.each(Object.entries(OPEN))('%s', async (name, [, status, text]) => {
    expect(await ask(origin, routeOf(name))).toMatchObject({ status, text });
    expect(refusals).toEqual([]);
  });

  it('a HEAD request', async () => {
    expect(await ask(origin, routeOf('a result'), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });
});

describe('stops a raw document by', () => {
  it.each(Object.keys(ROADS))('%s', async (name) => {
    const answer = await ask(origin, routeOf(name));
    expectNoValue(answer);
    if (name === 'an error with a status') expect(answer).toMatchObject({ status: 409, text: '{"error":"Conflict"}' });
    else expect(answer).toEqual(REFUSED);
    expect(refusals.every((error) => error.code === 'not_sendable')).toBe(true);
  });

  it('a hook that runs after the proof: what was proved is sent', async () => {
    expect(await ask(origin, '/a-later-hook')).toMatchObject({ status: 200, text: '{"username":"ada"}' });
  });
});

it('names the path to onRefused, and no value', async () => {
  await ask(origin, routeOf('an envelope around a document'));
  expect(refusals).toMatchObject([{ code: 'not_sendable', path: 'user._id' }]);
});

it('keeps the status of an unknown route, without its message', async () => {
  expect(await ask(origin, '/nowhere?name=ada')).toMatchObject({ status: 404, text: '{"error":"Not Found"}' });
  expect(refusals).toEqual([]);
});

it('refuses options that it does not have', async () => {
  const refusing = fastify();
  await expect(refusing.register(guardedEdge, { passThrough: ['application/json'] }).ready()).rejects.toMatchObject({ code: 'option_value' });
  await expect(fastify().register(guardedEdge, { keys: [] } as never).ready()).rejects.toMatchObject({ code: 'option_unknown' });
});
