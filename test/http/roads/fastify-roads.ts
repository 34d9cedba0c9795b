import { createBrotliCompress, gzipSync } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import fastify, { type FastifyInstance, type FastifyReply, type RouteShorthandOptions } from 'fastify';

import { guardResponses } from '../../../src/fastify.ts';
import type { SafeCollectionError } from '../../../src/index.ts';
import { originOf } from '../answers.ts';
import { BODIES } from './bodies.ts';
import { type AdapterRoads, OPTIONS, pathOf, type Served } from './served.ts';
import type { HttpWorld } from './world.ts';

type Handler = (reply: FastifyReply) => unknown;

export const FASTIFY: AdapterRoads<Handler> = {
  stopped: {
    'reply.send(document)':
      ({ rawAda }) =>
      async (reply) =>
        reply.send(await rawAda()),
    'JSON text':
      ({ text }) =>
      () =>
        text(),
    'JSON text of a JSON type':
      ({ text }) =>
      async (reply) =>
        reply.type('application/json').send(await text()),
    'JSON text as HTML':
      ({ text }) =>
      async (reply) =>
        reply.type('text/html').send(await text()),
    'an object of a listed type':
      ({ rawAda }) =>
      async (reply) =>
        reply.type('text/html').send(await rawAda()),
    'a serializer of the reply, for text':
      ({ text }) =>
      async (reply) => {
        const json = await text();
        return reply
          .serializer(() => json)
          .type('application/json')
          .send('x');
      },
    'a serializer of the reply, for a result':
      ({ ada, text }) =>
      async (reply) => {
        const json = await text();
        return reply.serializer(() => json).send(await ada());
      },
    bytes:
      ({ text }) =>
      async () =>
        Buffer.from(await text()),
    'an ArrayBuffer':
      ({ text }) =>
      async () =>
        new TextEncoder().encode(await text()).buffer,
    'a stream':
      ({ text }) =>
      async (reply) =>
        reply.send(Readable.from([await text()])),
    'a stream of a file':
      ({ files }) =>
      (reply) =>
        reply.type('application/json').send(createReadStream(files.document)),
    'an async iterable':
      ({ raw }) =>
      () =>
        (async function* () {
          for await (const user of raw.find()) yield JSON.stringify(user);
        })(),
    'a web stream':
      ({ text }) =>
      async (reply) =>
        reply.send(new Response(await text()).body),
    'a Response':
      ({ text }) =>
      async (reply) =>
        reply.send(new Response(await text())),
    'a subclass of Response':
      ({ text }) =>
      async (reply) =>
        reply.send(new (class Mine extends Response {})(await text())),
    'server-sent events':
      ({ text }) =>
      async (reply) => {
        reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
        reply.raw.write(`data: ${await text()}\n\n`);
        reply.raw.end();
        return reply;
      },
    'reply.raw.end()':
      ({ text }) =>
      async (reply) => {
        reply.raw.end(await text());
        return reply;
      },
    'reply.raw.write()':
      ({ text }) =>
      async (reply) => {
        reply.raw.write(await text());
        reply.raw.end();
        return reply;
      },
    'reply.hijack()':
      ({ text }) =>
      async (reply) => {
        reply.hijack();
        reply.raw.setHeader('content-type', 'application/json');
        reply.raw.end(await text());
      },
    'reply.hijack() and pipe()':
      ({ files }) =>
      (reply) => {
        reply.hijack();
        createReadStream(files.document).pipe(reply.raw);
      },
    'reply.raw.write() before a result':
      ({ ada, text }) =>
      async (reply) => {
        reply.raw.write(await text());
        return await ada();
      },
    'an error by throw':
      ({ text }) =>
      async () => {
        throw new Error(await text());
      },
    'an error by send()':
      ({ text }) =>
      async (reply) =>
        reply.send(new Error(await text())),
    'an error with a status':
      ({ text }) =>
      async () => {
        throw Object.assign(new Error(await text()), { statusCode: 409 });
      },
    'an error with headers and a code':
      ({ text, rawAda }) =>
      async () => {
        throw Object.assign(new Error(await text()), {
          code: (await rawAda()).password_hash,
          validation: [await rawAda()],
        });
      },
    'a preSerialization hook after the guard':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'preSerialization');
        return ada();
      },
    'an onSend hook after the guard':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'onSend');
        return ada();
      },
    'an onSend hook that sends a stream':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'stream');
        return ada();
      },
    'an onSend hook that changes the body, and one that packs it':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'packed');
        return ada();
      },
    'an onSend hook that changes the body and says that it is packed':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'lies');
        return ada();
      },
    'an onSend hook that packs another body as a stream':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'packed stream');
        return ada();
      },
    'an onSend hook that packs the body, and more after it':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'packed twice');
        return ada();
      },
    'an onSend hook that throws':
      ({ ada }) =>
      (reply) => {
        reply.header('x-hook', 'throw');
        return ada();
      },
    'an error handler that sends the error':
      ({ text }) =>
      async (reply) => {
        reply.header('x-handler', 'send');
        throw new Error(await text());
      },
    'an error handler that throws':
      ({ text }) =>
      async (reply) => {
        reply.header('x-handler', 'throw');
        throw new Error(await text());
      },
  },
  outOfReach: {
    'Fields below a subtree of a result':
      ({ openAda, rawAda }) =>
      async () => {
        const user = await openAda();
        user.settings['owner'] = await rawAda();
        return user;
      },
    'Text under a declared key':
      ({ rawAda }) =>
      async () => ({ error: (await rawAda()).password_hash }),
    'A number or a boolean by itself or under the name of a count':
      ({ rawAda }) =>
      async () => ({ total: (await rawAda()).limits['hourly'] }),
    'Another scalar in a field of a result':
      ({ ada, rawAda }) =>
      async () =>
        Object.assign(await ada(), { username: (await rawAda()).password_hash }),
    'Text, bytes and streams of a listed content type':
      ({ text }) =>
      async (reply) =>
        reply.type('text/html').send(`<p>${await text()}</p>`),
    'Headers, cookies, the location of a redirect, the status text and trailers':
      ({ ada, rawAda }) =>
      async (reply) =>
        reply.header('x-hash', (await rawAda()).password_hash).send(await ada()),
    'The socket, and methods of a Node prototype that are called directly':
      ({ text }) =>
      async (reply) => {
        reply.hijack();
        ServerResponse.prototype.end.call(reply.raw, await text(), 'utf8', () => undefined);
      },
    'Code outside the guard':
      ({ rawAda }) =>
      () =>
        rawAda(),
    'A serializer compiler that the program sets':
      ({ ada }) =>
      () =>
        ada(),
  },
};

/** Hooks that come after the guard's own; each acts if a handler asked for it. */
function addLaterHooks(app: FastifyInstance, { rawAda, text }: HttpWorld): void {
  app.addHook('preSerialization', async (_request, reply, payload) =>
    reply.getHeader('x-hook') === 'preSerialization' ? await rawAda() : payload,
  );
  app.addHook('onSend', async (_request, reply, payload) => {
    const hook = reply.getHeader('x-hook');
    if (hook === 'onSend') return await text();
    if (hook === 'stream') return Readable.from([await text()]);
    const pack = (encoding: string): void =>
      void reply.header('content-encoding', encoding).removeHeader('content-length');
    if (hook === 'packed') return (pack('gzip'), gzipSync(await text()));
    if (hook === 'lies') return (pack('br'), await text());
    if (hook === 'packed stream') return (pack('br'), Readable.from([await text()]).pipe(createBrotliCompress()));
    if (hook === 'packed twice')
      return (pack('gzip'), Buffer.concat([gzipSync(String(payload)), gzipSync(await text())]));
    if (hook === 'throw') throw new Error(await text());
    return payload;
  });
  app.setErrorHandler((error: Error, _request, reply) => {
    const handler = reply.getHeader('x-handler');
    if (handler === 'throw') throw error;
    return handler === 'send' ? reply.code(500).send({ text: error.message, error }) : reply.send(error);
  });
}

export async function serveFastify(world: HttpWorld): Promise<Served> {
  const refusals: SafeCollectionError[] = [];
  const app = fastify();
  app.get(pathOf('Code outside the guard'), () => world.rawAda());
  await app.register(async (guarded) => {
    await guarded.register(guardResponses, { ...OPTIONS, onRefused: (error) => void refusals.push(error) });
    addLaterHooks(guarded, world);
    for (const [road, body] of Object.entries(BODIES)) guarded.get(pathOf(road), () => body(world));
    for (const [road, handler] of Object.entries({ ...FASTIFY.stopped, ...FASTIFY.outOfReach })) {
      if (road !== 'Code outside the guard')
        guarded.get(pathOf(road), await schemaOf(road, world), (_request, reply) => handler(world)(reply));
    }
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin: await originOf(app.server), refusals, close: () => app.close() };
}

/** A route may have its own compiler for its response schema. */
async function schemaOf(road: string, { text }: HttpWorld): Promise<RouteShorthandOptions> {
  const json = await text();
  return road === 'A serializer compiler that the program sets'
    ? { schema: { response: { 200: { type: 'object' } } }, serializerCompiler: () => () => json }
    : {};
}
