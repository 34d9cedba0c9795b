import { gzipSync } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import express, { type NextFunction, type Request, type Response } from 'express';

import { guardResponses } from '../../../src/express.ts';
import type { SafeCollectionError } from '../../../src/index.ts';
import { originOf } from '../answers.ts';
import { BODIES } from './bodies.ts';
import { type AdapterRoads, OPTIONS, pathOf, type Served } from './served.ts';
import type { HttpWorld } from './world.ts';

type Handler = (response: Response, next: NextFunction) => unknown;

export const EXPRESS: AdapterRoads<Handler> = {
  stopped: {
    'res.send(document)':
      ({ rawAda }) =>
      async (response) =>
        response.send(await rawAda()),
    'res.jsonp(document)':
      ({ rawAda }) =>
      async (response) =>
        response.jsonp(await rawAda()),
    'res.jsonp(result)':
      ({ ada }) =>
      async (response) =>
        response.jsonp(await ada()),
    'res.format()':
      ({ rawAda }) =>
      async (response) => {
        const user = await rawAda();
        response.format({ json: () => response.json(user), default: () => response.send(user) });
      },
    'res.json() of the prototype':
      ({ rawAda }) =>
      async (response) =>
        express.response.json.call(response, await rawAda()),
    'res.send() of the prototype':
      ({ text }) =>
      async (response) =>
        express.response.send.call(response, await text()),
    'res.json(JSON text)':
      ({ text }) =>
      async (response) =>
        response.json(await text()),
    'res.send(JSON text)':
      ({ text }) =>
      async (response) =>
        response.send(await text()),
    'res.send(JSON text) of a JSON type':
      ({ text }) =>
      async (response) =>
        response.type('json').send(await text()),
    'res.send(text)':
      ({ rawAda }) =>
      async (response) =>
        response.type('text').send((await rawAda()).password_hash),
    'res.send(bytes)':
      ({ text }) =>
      async (response) =>
        response.send(Buffer.from(await text())),
    'res.end(text)':
      ({ text }) =>
      async (response) =>
        response.end(await text()),
    'res.write(text)':
      ({ text }) =>
      async (response) => {
        response.write(await text());
        response.end();
      },
    'res.write(blank), then text':
      ({ text }) =>
      async (response) => {
        response.type('html').write(' ');
        response.end(await text());
      },
    'res.writeHead(), then text':
      ({ text }) =>
      async (response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end(await text()),
    'res.writeHead() of pairs, then text':
      ({ text }) =>
      async (response) =>
        response.writeHead(200, ['Content-Type', 'application/json']).end(await text()),
    'res.write(text) after a result':
      ({ ada, text }) =>
      async (response) => {
        response.json(await ada());
        response.write(await text());
      },
    'a stream of documents':
      ({ text }) =>
      async (response) =>
        await pipeline(Readable.from([await text(), await text()]), response),
    'an async iterable':
      ({ raw }) =>
      async (response) =>
        await pipeline(async function* () {
          for await (const user of raw.find()) yield JSON.stringify(user);
        }, response),
    'server-sent events':
      ({ text }) =>
      async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${await text()}\n\n`);
        response.end();
      },
    'pipe() of a file':
      ({ files }) =>
      (response) =>
        createReadStream(files.document).pipe(response),
    'res.sendFile()':
      ({ files }) =>
      (response) =>
        response.sendFile(files.document),
    'res.download()':
      ({ files }) =>
      (response) =>
        response.download(files.document),
    'res.render() as XML':
      ({ text }) =>
      async (response) => {
        response.app.engine('xml', (_path, { user }: { user?: string }, done: (error: null, page: string) => void) =>
          done(null, `<user>${user}</user>`),
        );
        response.app.set('views', '/');
        response.type('xml').render(import.meta.filename.replace(/ts$/, 'xml'), { user: await text() });
      },
    'end() wrapped by a middleware after the guard':
      ({ ada }) =>
      async (response) =>
        response.set('x-later', 'end').json(await ada()),
    'end() wrapped by a middleware after the guard, later':
      ({ ada }) =>
      async (response) =>
        response.set('x-later', 'later').json(await ada()),
    'end() wrapped by a middleware after the guard, in another encoding':
      ({ ada }) =>
      async (response) =>
        response.set('x-later', 'hex').json(await ada()),
    'write() and end() wrapped by a middleware after the guard':
      ({ ada }) =>
      async (response) =>
        response.set('x-later', 'write').json(await ada()),
    'a body that a middleware after the guard changes and packs':
      ({ ada }) =>
      async (response) =>
        response.set('x-later', 'gzip').json(await ada()),
    'a body that a middleware after the guard changes and says is packed':
      ({ ada }) =>
      async (response) =>
        response.set('x-later', 'lies').json(await ada()),
    'an error by throw':
      ({ text }) =>
      async () => {
        throw new Error(await text());
      },
    'an error by next()':
      ({ text }) =>
      async (_response, next) =>
        next(new Error(await text())),
    'an error with a status':
      ({ text }) =>
      async (_response, next) =>
        next(Object.assign(new Error(await text()), { status: 409, expose: true })),
    'the text of an error in an error answer':
      ({ text }) =>
      async (response) =>
        response.status(400).send(await text()),
    'an error while the answer is sent':
      ({ ada, text }) =>
      async (response) => {
        const [user, message] = [await ada(), await text()];
        response.app.set('etag', () => {
          throw new Error(message);
        });
        try {
          response.json(user);
        } finally {
          response.app.set('etag', 'weak');
        }
      },
    'the stored error of schema drift':
      ({ raw, users }) =>
      async (response) => {
        await raw.insertOne({ username: 'drifted', email: { hash: 'hash-of-ada' } } as never);
        try {
          response.json(await users.findOne({ username: 'drifted' }, { projection: ['email'] }));
        } finally {
          await raw.deleteOne({ username: 'drifted' });
        }
      },
  },
  outOfReach: {
    'Fields below a subtree of a result':
      ({ openAda, rawAda }) =>
      async (response) => {
        const user = await openAda();
        user.settings['owner'] = await rawAda();
        response.json(user);
      },
    'Text under a declared key':
      ({ rawAda }) =>
      async (response) =>
        response.json({ error: (await rawAda()).password_hash }),
    'A number or a boolean by itself or under the name of a count':
      ({ rawAda }) =>
      async (response) =>
        response.json({ total: (await rawAda()).limits['hourly'] }),
    'Another scalar in a field of a result':
      ({ ada, rawAda }) =>
      async (response) =>
        response.json(Object.assign(await ada(), { username: (await rawAda()).password_hash })),
    'A private value that is stored in a public field':
      ({ raw, users }) =>
      async (response) => {
        await raw.insertOne({ username: 'copied', email: 'hash-of-ada' } as never);
        const copied = await users.findOne({ username: 'copied' }, { projection: ['email'] });
        await raw.deleteOne({ username: 'copied' });
        response.json(copied);
      },
    'Text, bytes and streams of a listed content type':
      ({ text }) =>
      async (response) =>
        response.type('html').send(`<p>${await text()}</p>`),
    'Headers, cookies, the location of a redirect, the status text and trailers':
      ({ ada, rawAda }) =>
      async (response) =>
        response.cookie('hash', (await rawAda()).password_hash).json(await ada()),
    'The socket, and methods of a Node prototype that are called directly':
      ({ text }) =>
      async (response) => {
        const json = await text();
        response.setHeader('content-length', Buffer.byteLength(json));
        ServerResponse.prototype.end.call(response, json, 'utf8', () => undefined);
      },
    'Code outside the guard':
      ({ ada }) =>
      async (response) =>
        response.set('x-wrapped', '1').json(await ada()),
    'Replaced built-ins':
      ({ ada, rawAda }) =>
      async (response) => {
        const [user, document, { stringify }] = [await ada(), await rawAda(), JSON];
        JSON.stringify = (() => stringify(document)) as typeof JSON.stringify;
        try {
          response.json(user);
        } finally {
          JSON.stringify = stringify;
        }
      },
  },
};

/** A middleware after the guard, such as a logger or a toolbar: it changes the argument of `end()` if a handler asked for it. */
function wrapEnd(response: Response, { text }: HttpWorld): void {
  const end = response.end.bind(response) as (...args: readonly unknown[]) => Response;
  response.end = ((...args: readonly unknown[]) => {
    const way = response.getHeader('x-later');
    if (way === undefined) return end(...args);
    response.removeHeader('x-later');
    response.removeHeader('content-length');
    const after = async (): Promise<void> => {
      const json = await text();
      if (way === 'later') end(json);
      if (way === 'write') {
        response.write(String(args[0]));
        end(json);
      }
      if (way === 'hex') end(Buffer.from(json).toString('hex'), 'hex');
      if (way === 'gzip') {
        response.setHeader('content-encoding', 'gzip');
        end(gzipSync(json));
      }
      if (way === 'lies') {
        response.setHeader('content-encoding', 'gzip');
        end(json);
      }
      if (way === 'end') end(`${String(args[0]).slice(0, -1)},"debug":${json}}`);
    };
    void after();
    return response;
  }) as typeof response.end;
}

export async function serveExpress(world: HttpWorld): Promise<Served> {
  const refusals: SafeCollectionError[] = [];
  const app = express();
  // A middleware before the guard writes what it likes.
  app.use((_request, response, next) => {
    const end = response.end.bind(response) as (...args: readonly unknown[]) => Response;
    const { rawAda } = world;
    response.end = ((...args: readonly unknown[]) => {
      if (response.getHeader('x-wrapped') === undefined) return end(...args);
      return void rawAda().then(({ password_hash }) =>
        end(password_hash.padEnd(Number(response.getHeader('content-length')))),
      );
    }) as typeof response.end;
    next();
  });
  app.use(guardResponses({ ...OPTIONS, onRefused: (error) => void refusals.push(error) }));
  app.use((_request, response, next) => {
    wrapEnd(response, world);
    next();
  });
  for (const [road, body] of Object.entries(BODIES))
    app.get(pathOf(road), async (_request, response) => response.json(await body(world)));
  for (const roads of [EXPRESS.stopped, EXPRESS.outOfReach]) {
    for (const [road, handler] of Object.entries(roads)) {
      app.get(pathOf(road), (_request: Request, response, next) => handler(world)(response, next));
    }
  }
  app.use(
    (error: Error & { status?: number }, _request: Request, response: Response, _next: NextFunction) =>
      void response.status(error.status ?? 500).send(error.message),
  );
  const server = app.listen(0, '127.0.0.1');
  return {
    origin: await originOf(server),
    refusals,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
