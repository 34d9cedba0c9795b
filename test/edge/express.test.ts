import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import express, { type Request, type Response } from 'express';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { SafeCollection, type SafeCollectionError, sendable } from '../../src/index.ts';
import { guardedEdge } from '../../src/express.ts';
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
await writeFile(join(folder, 'page.html'), '<p>hello</p>');

type Handler = (request: Request, response: Response) => unknown;

/** What may leave. */
const OPEN: Record<string, readonly [handler: Handler, status: number, text: string]> = {
  'a result': [async (_q, response) => response.json(await ada()), 200, '{"username":"ada"}'],
  'an array of results': [async (_q, response) => response.json(await users.find({}, { projection: ['username'], limit: 1 }).toArray()), 200, '[{"username":"ada"}]'],
  'a result by send()': [async (_q, response) => response.send(await ada()), 200, '{"username":"ada"}'],
  'a result with a status': [async (_q, response) => response.status(201).json({ user: await ada(), total: 1 }), 201, '{"user":{"username":"ada"},"total":1}'],
  'a declared scalar': [async (_q, response) => response.status(401).json({ error: 'wrong password' }), 401, '{"error":"wrong password"}'],
  'null': [async (_q, response) => response.json(null), 200, 'null'],
  'what sendable() proved': [async (_q, response) => response.json(sendable({ user: await ada(), id: 'x' }, { envelope: ['id'] })), 200, '{"user":{"username":"ada"},"id":"x"}'],
  'nothing': [(_q, response) => response.status(204).end(), 204, ''],
  'the name of a status': [(_q, response) => response.sendStatus(200), 200, 'OK'],
  'a listed content type': [(_q, response) => response.type('html').send('<p>hello</p>'), 200, '<p>hello</p>'],
  'a listed file': [(_q, response) => response.sendFile(join(folder, 'page.html')), 200, '<p>hello</p>'],
  'a redirect': [(_q, response) => response.redirect('/elsewhere'), 302, '{"error":"Found"}'],
};

/** By what road a raw document might leave. */
const ROADS: Record<string, Handler> = {
  'res.json(document)': async (_q, response) => response.json(await rawAda()),
  'res.send(document)': async (_q, response) => response.send(await rawAda()),
  'res.jsonp(document)': async (_q, response) => response.jsonp(await rawAda()),
  'res.jsonp(result)': async (_q, response) => response.jsonp(await ada()),
  'an array of documents': async (_q, response) => response.json(await raw.find().toArray()),
  'an envelope around a document': async (_q, response) => response.json({ user: await rawAda() }),
  'a spread of a result': async (_q, response) => response.json({ ...(await ada()), password_hash: (await rawAda()).password_hash }),
  'Object.assign onto a result': async (_q, response) => response.json(Object.assign(await ada(), await rawAda())),
  'a class instance': async (_q, response) => response.json(new (class { user: User; constructor(user: User) { this.user = user; } })(await rawAda())),
  'toJSON()': async (_q, response) => { const user = await rawAda(); response.json({ toJSON: () => user }); },
  'a Map': async (_q, response) => response.json(new Map([['user', await rawAda()]])),
  'a sensitive value': async (_q, response) => response.json(await logins.findOne({}, { projection: ['username', 'password_hash'] })),
  'JSON text by send()': async (_q, response) => response.send(JSON.stringify(await rawAda())),
  'JSON text of a JSON type': async (_q, response) => response.type('json').send(JSON.stringify(await rawAda())),
  'JSON text by json()': async (_q, response) => response.json(JSON.stringify(await rawAda())),
  'text': async (_q, response) => response.type('text').send((await rawAda()).password_hash),
  'bytes': async (_q, response) => response.send(Buffer.from(JSON.stringify(await rawAda()))),
  'res.end(text)': async (_q, response) => response.end(JSON.stringify(await rawAda())),
  'res.write(text)': async (_q, response) => { response.write(JSON.stringify(await rawAda())); response.end(); },
  'res.writeHead() and res.end(text)': async (_q, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(await rawAda())),
  'a stream of documents': async (_q, response) => { const text = JSON.stringify(await rawAda()); await pipeline(Readable.from([text, text]), response); },
  'pipe()': (_q, response) => void createReadStream(file).pipe(response),
  'a file of documents': (_q, response) => response.sendFile(file),
  'a download': (_q, response) => response.download(file),
  'an error by throw': async () => { throw new Error(JSON.stringify(await rawAda())); },
  'an error by json()': async (_q, response) => response.status(500).json({ failure: new Error(JSON.stringify(await rawAda())) }),
  'the text of an error in an error answer': async (_q, response) => response.status(400).send(JSON.stringify(await rawAda())),
  'a template': async (_q, response) => response.type('text/xml').send(`<user>${JSON.stringify(await rawAda())}</user>`),
};

let refusals: SafeCollectionError[] = [];
const app = express();
app.set('env', 'development');
// Express logs what it answers with an error page.
vi.spyOn(console, 'error').mockImplementation(() => undefined);
app.use(guardedEdge({ envelope: ['error'], passThrough: ['text/html'], onRefused: (error) => void refusals.push(error) }));
const all = [...Object.entries(OPEN).map(([name, [handler]]) => [name, handler] as const), ...Object.entries(ROADS)];
all.forEach(([name, handler]) => app.get(routeOf(name), handler));
const server = app.listen(0, '127.0.0.1');
const origin = await originOf(server);

beforeEach(() => void (refusals = []));
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('passes', () => {
  it.each(Object.entries(OPEN))('%s', async (name, [, status, text]) => {
    expect(await ask(origin, routeOf(name))).toMatchObject({ status, text });
    expect(refusals).toEqual([]);
  });

  it('a HEAD request and a conditional one', async () => {
    expect(await ask(origin, routeOf('a result'), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    const etag = (await fetch(origin + routeOf('a result'))).headers.get('etag') ?? '';
    expect(await ask(origin, routeOf('a result'), { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).toMatchObject({ status: 304, text: '' });
  });
});

describe('stops a raw document by', () => {
  it.each(Object.keys(ROADS))('%s', async (name) => {
    const answer = await ask(origin, routeOf(name));
    expectNoValue(answer);
    if (name.includes('writeHead')) expect(answer.status).toBe(0);
    else if (name.includes('error answer')) expect(answer).toMatchObject({ status: 400, text: '{"error":"Bad Request"}' });
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

it.each([[{ passThrough: ['application/json'] }], [{ passThrough: 'text/html' }], [{ keys: [] }], [{ onRefused: true }]])('refuses the options %j', (options) => {
  expect(() => guardedEdge(options as never)).toThrow(expect.objectContaining({ name: 'RefusedCallError' }) as Error);
});
