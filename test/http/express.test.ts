import express, { type Request, type Response } from 'express';
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { guardResponses } from '../../src/express.ts';
import { type SafeCollectionError, sendable } from '../../src/index.ts';
import { ask, originOf, REFUSED, routeOf } from './answers.ts';
import { httpWorld } from './roads/world.ts';

const { ada, rawAda, users, files } = await httpWorld();

type Handler = (request: Request, response: Response) => unknown;

/** Responses that may be sent. */
const OPEN: Record<string, readonly [handler: Handler, status: number, text: string]> = {
  'a result': [async (_q, response) => response.json(await ada()), 200, '{"username":"ada"}'],
  'an array of results': [
    async (_q, response) => response.json(await users.find({}, { projection: ['username'], limit: 1 }).toArray()),
    200,
    '[{"username":"ada"}]',
  ],
  'a result by send()': [async (_q, response) => response.send(await ada()), 200, '{"username":"ada"}'],
  'a result with a status': [
    async (_q, response) => response.status(201).json({ user: await ada(), total: 1 }),
    201,
    '{"user":{"username":"ada"},"total":1}',
  ],
  'a declared scalar': [
    async (_q, response) => response.status(401).json({ error: 'wrong password' }),
    401,
    '{"error":"wrong password"}',
  ],
  null: [async (_q, response) => response.json(null), 200, 'null'],
  'what sendable() proved': [
    async (_q, response) => response.json(sendable({ user: await ada(), id: 'x' }, { envelope: ['id'] })),
    200,
    '{"user":{"username":"ada"},"id":"x"}',
  ],
  'proved JSON': [
    async (_q, response) => response.json(await users.findJson({}, { projection: ['username'], limit: 1 })),
    200,
    '[{"username":"ada"}]',
  ],
  'proved JSON by send()': [
    async (_q, response) => response.send(await users.findOneJson({}, { projection: ['username'] })),
    200,
    '{"username":"ada"}',
  ],
  'a proved stream': [
    (_q, response) => response.send(users.find({}, { projection: ['username'], limit: 1 }).jsonStream()),
    200,
    '[{"username":"ada"}]',
  ],
  'proved lines': [
    (_q, response) =>
      response.json(users.find({}, { projection: ['username'], limit: 1 }).jsonStream({ format: 'ndjson' })),
    200,
    '{"username":"ada"}\n',
  ],
  nothing: [(_q, response) => response.status(204).end(), 204, ''],
  'the name of a status': [(_q, response) => response.sendStatus(200), 200, 'OK'],
  'a listed content type': [(_q, response) => response.type('html').send('<p>hello</p>'), 200, '<p>hello</p>'],
  'a listed file': [(_q, response) => response.sendFile(files.page), 200, '<p>hello</p>'],
  'a page in parts, of which one begins like JSON': [
    (_q, response) => {
      response.type('html').write('<script>');
      response.write('{ let a; }');
      response.end('</script>');
    },
    200,
    '<script>{ let a; }</script>',
  ],
  'a page whose type is given with the head': [
    (_q, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>hello</p>'),
    200,
    '<p>hello</p>',
  ],
  'a redirect': [(_q, response) => response.redirect('/elsewhere'), 302, '{"error":"Found"}'],
};

let refusals: SafeCollectionError[] = [];
const app = express();
app.set('env', 'development');
// Express logs what it answers with an error page.
vi.spyOn(console, 'error').mockImplementation(() => undefined);
app.use(
  guardResponses({ envelope: ['error'], passThrough: ['text/html'], onRefused: (error) => void refusals.push(error) }),
);
for (const [name, [handler]] of Object.entries(OPEN)) app.get(routeOf(name), handler);
app.get('/refused', async (_request, response) => response.json({ user: await rawAda() }));
app.get('/twice', guardResponses({ envelope: ['error'] }), async (_request, response) =>
  response.json({ user: await ada() }),
);
const server = app.listen(0, '127.0.0.1');
const origin = await originOf(server);

beforeEach(() => void (refusals = []));
afterAll(() => void server.close());

describe('passes', () => {
  it.each(Object.entries(OPEN))('%s', async (name, [, status, text]) => {
    expect(await ask(origin, routeOf(name))).toMatchObject({ status, text });
    expect(refusals).toEqual([]);
  });

  it('a HEAD request and a conditional one', async () => {
    expect(await ask(origin, routeOf('a result'), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    const etag = (await fetch(origin + routeOf('a result'))).headers.get('etag') ?? '';
    expect(
      await ask(origin, routeOf('a result'), { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } }),
    ).toMatchObject({ status: 304, text: '' });
  });
});

it('names the path to onRefused, and no value', async () => {
  expect(await ask(origin, '/refused')).toEqual(REFUSED);
  expect(refusals).toMatchObject([{ code: 'not_sendable', path: 'user._id' }]);
});

it('guards once if it is registered twice', async () => {
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
  const silent = express();
  silent.use(guardResponses({ onRefused }));
  silent.get('/', async (_request, response) => response.json(await rawAda()));
  const listening = silent.listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  expect(await ask(await originOf(listening), '/')).toEqual(REFUSED);
});

it('keeps the status of an unknown route', async () => {
  expect(await ask(origin, '/nowhere')).toMatchObject({ status: 404, text: '{"error":"Not Found"}' });
});

it.each([
  [{ passThrough: ['application/json'] }],
  [{ passThrough: 'text/html' }],
  [{ keys: [] }],
  [{ onRefused: true }],
])('refuses the options %j', (options) => {
  expect(() => guardResponses(options as never)).toThrow(
    expect.objectContaining({ name: 'RefusedCallError' }) as Error,
  );
});
