import fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'qs';
import { guardResponses } from 'safe-collection/fastify';

import { errorAnswer } from './error-answer.ts';
import { HttpError } from './http-error.ts';

/** Adds the routes of a service to an application. */
export type Routes = (app: FastifyInstance) => void | Promise<void>;

/** A running service. `await using` stops it. */
export interface Service extends AsyncDisposable {
  readonly url: string;
}

/** Options of a service. */
interface ServeOptions {
  /** Content types that are sent unchecked, such as server-sent events, which a route checks one by one. */
  readonly passThrough?: readonly string[];
}

const LARGEST_BODY = 16_384;

/** Serves the routes on a free port of 127.0.0.1. It sends only documents that came through a view. */
export async function serve(routes: Routes, { passThrough = [] }: ServeOptions = {}): Promise<Service> {
  const app = fastify({
    bodyLimit: LARGEST_BODY,
    // Nested, as Express parses it: `?username[$ne]=` becomes `{ username: { $ne: '' } }`. The guard has to refuse that.
    routerOptions: { querystringParser: (text) => parse(text) },
    // The view itself refuses these keys, with the same message as for all input.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    forceCloseConnections: true,
  });
  await app.register(guardResponses, { envelope: ['code', 'message'], passThrough });
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = errorAnswer(error);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler(({ url }) => {
    throw missingRoute(app, url);
  });
  await routes(app);
  return await listen(app);
}

/** Starts an application on a free port of 127.0.0.1. */
export async function listen(app: FastifyInstance): Promise<Service> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, [Symbol.asyncDispose]: () => app.close() };
}

function missingRoute(app: FastifyInstance, url: string): HttpError {
  const [path = ''] = url.split('?', 1);
  const methods = app.supportedMethods.filter((method) => app.hasRoute({ method, url: path }));
  if (methods.length === 0) return new HttpError(404, 'no_route', 'There is no such route.');
  return new HttpError(405, 'method', `This route answers ${methods.join(', ')}.`);
}
