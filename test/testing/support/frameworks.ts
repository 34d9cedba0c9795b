import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import type { TestedApp } from 'safe-collection/testing';

import type { Service } from './shop.ts';

/** A service as an application of each framework. */
export const FRAMEWORKS: Readonly<Record<string, (service: Service) => TestedApp>> = {
  'a function': (service) => async (request) => {
    const { status, headers, body } = await service({ path: new URL(request.url).pathname });
    return new Response(body, { status, headers });
  },
  Hono: (service) => {
    const app = new Hono();
    app.all('*', async (context) => {
      const { status, headers, body } = await service({ path: context.req.path });
      return new Response(body, { status, headers });
    });
    return app;
  },
  Fastify: (service) => {
    const app = Fastify();
    app.get('/*', async (request, reply) => {
      const { status, headers, body } = await service({ path: request.url });
      return reply.code(status).headers(headers).send(body);
    });
    return app;
  },
  Express: (service) => {
    const app = express();
    app.use(async (request, response) => {
      const { status, headers, body } = await service({ path: request.path });
      response.status(status).set(headers).send(body);
    });
    return app;
  },
  'a server': (service) =>
    createServer((request: IncomingMessage, response: ServerResponse) => {
      void (async () => {
        const { status, headers, body } = await service({ path: request.url ?? '/' });
        response.writeHead(status, headers).end(body);
      })();
    }),
};
