import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { guardResponses as guardExpress } from 'safe-collection/express';
import { guardResponses as guardFastify } from 'safe-collection/fastify';
import { guardResponses as guardHono } from 'safe-collection/hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { notes } from '../decode/support/notes.ts';
import { originOf } from '../http/answers.ts';

/** Its declarations need the DOM's, which a program for Node does not load. */
const nodeServer = '@hono/node-server';
const { getRequestListener } = (await import(nodeServer)) as {
  getRequestListener: (fetch: Hono['fetch']) => (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

const COUNT = 3_000;
const BATCH = 50;
const BATCHES = COUNT / BATCH;
/** Together much more than the buffers of both sockets hold. */
const TITLE = 'x'.repeat(10_000);
/** The buffers of two sockets and of the streams between them hold less than this part of all. */
const HELD = BATCHES * 0.75;

const { safe, raw, fill, names, sent } = notes();
const open = () => safe.find({}, { projection: ['_id', 'title'], sort: { _id: 1 }, batchSize: BATCH }).jsonStream();

const quiet = { onRefused: () => undefined };
const fast = fastify();
await fast.register(guardFastify, quiet);
fast.get('/', () => open());
const hono = new Hono();
hono.use(guardHono(quiet));
hono.get('/', (context) => context.json(open() as never));
const answerByHono = getRequestListener(hono.fetch);
const listeners: Record<string, Server> = {
  Fastify: fast.server,
  Express: createServer(
    express()
      .use(guardExpress(quiet))
      .get('/', (_request, response) => {
        response.json(open());
      }),
  ),
  Hono: createServer((request, response) => void answerByHono(request, response)),
  'pipeline() of node()': createServer((_request, response) => {
    pipeline(open().node(), response).catch(() => response.destroy());
  }),
};
await fast.ready();

const origins = new Map<string, string>();
beforeAll(async () => {
  // The server of Hono prints what ends a stream.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  for (const [name, server] of Object.entries(listeners))
    origins.set(name, await originOf(server.listen(0, '127.0.0.1')));
  await fill(COUNT, (note) => ({ ...note, title: TITLE }));
});
afterAll(() => {
  vi.restoreAllMocks();
  for (const server of Object.values(listeners)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An answer whose body was not read yet. */
async function ask(name: string): Promise<IncomingMessage> {
  const request = get(origins.get(name) ?? '', { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

const getMores = (): number => names().filter((name) => name === 'getMore').length;

/** Waits until no command was sent for a while. */
async function settled(): Promise<number> {
  let before = -1;
  while (getMores() !== before) {
    before = getMores();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return before;
}

describe.each(Object.keys(listeners))('%s', (name) => {
  beforeEach(async () => {
    await raw.updateMany({ _id: { $lt: BATCH * 3 } }, { $set: { title: TITLE } });
    sent.length = 0;
  });

  it('asks for no more batches than a slow client takes, and sends it all in the end', async () => {
    const response = await ask(name);
    const asked = await settled();
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(HELD);
    const all = JSON.parse(await text(response)) as { _id: number }[];
    expect(all.map(({ _id }) => _id)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
  });

  it('closes the cursor on the server when the client goes, and asks for no further batch', async () => {
    const response = await ask(name);
    await settled();
    response.destroy();
    await expect.poll(() => names()).toContain('killCursors');
    expect(await settled()).toBeLessThan(HELD);
  });

  it('sends nothing of a batch with a value that the view does not allow', async () => {
    await raw.updateOne({ _id: BATCH * 2 + 40 }, { $set: { title: { secret: 's3cr3t' } as never } });
    const response = await ask(name);
    const chunks: Buffer[] = [];
    const read = (async () => {
      for await (const chunk of response) chunks.push(chunk as Buffer);
    })();
    await expect(read).rejects.toThrow('aborted');
    const body = Buffer.concat(chunks).toString();
    expect(body).not.toContain(`"_id":${BATCH * 2}`);
    expect(body).not.toContain('s3cr3t');
    await expect.poll(() => names()).toContain('killCursors');
  });

  it('answers with an error if that is in the first batch', async () => {
    await raw.updateOne({ _id: 40 }, { $set: { title: { secret: 's3cr3t' } as never } });
    const answer = await ask(name).then(
      async (response) => [response.statusCode, await text(response).catch(() => 'cut')] as const,
      () => ['no answer', ''] as const,
    );
    expect(answer[1]).not.toContain('_id');
    expect(answer[1]).not.toContain('s3cr3t');
    expect([
      [500, '{"error":"Internal Server Error"}'],
      [200, 'cut'],
      ['no answer', ''],
    ]).toContainEqual(answer);
    await expect.poll(() => names()).toContain('killCursors');
  });
});
