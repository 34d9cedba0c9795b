import { STATUS_CODES } from 'node:http';

import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';

import type { SafeCollectionError } from '../errors/safe-collection-error.ts';
import { isPlainObject } from '../input/read.ts';
import { ByteGuard } from './byte-guard.ts';
import { ResponseGuard, fixedAnswer, mediaType } from './response-guard.ts';
import type { ResponseGuardOptions } from './response-guard-options.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What was written from a proved body, for each reply. What else a reply sends is refused. */
type Answers = WeakMap<FastifyReply, unknown>;

// Async, so that a refused option rejects the registration.
async function plugin(app: FastifyInstance, options: ResponseGuardOptions): Promise<void> {
  const guard = new ResponseGuard('fastify', ownOptions(options));
  const answers: Answers = new WeakMap();
  const bytes = new WeakMap<FastifyReply, ByteGuard>();

  // `reply.raw` and `reply.hijack()` end here, so do hooks that change what was proved, and Fastify's own last words where
  // an error can't be handled.
  app.addHook('onRequest', (request, reply, next) => {
    bytes.set(
      reply,
      new ByteGuard(
        reply.raw,
        guard,
        (type, chunk) => guard.passes(type, chunk),
        (error) => request.log.error(error),
      ),
    );
    next();
  });

  // The text is made here and not later, so that a hook that runs after this one can't change what was proved.
  app.addHook('preSerialization', (request, reply, payload: unknown, next) => {
    const log = (error: SafeCollectionError): void => request.log.error(error);
    const verdict = isOwnError(payload, reply.statusCode)
      ? undefined
      : guard.write(payload, (copy) => serialize(reply, copy), log);
    if (verdict?.isProved === true) answer(reply, answers, verdict.written);
    else answerStatus(reply, answers, verdict === undefined ? reply.statusCode : 500);
    next(null, payload);
  });

  app.addHook('onSend', (request, reply, payload: unknown, next) => {
    const pass = (text: string): void => {
      bytes.get(reply)?.expect(text);
      next(null, text);
    };
    if (isEmpty(payload)) return next(null, payload);
    if (payload === answers.get(reply) || payload === STATUS_CODES[reply.statusCode]) return pass(payload as string);
    if (guard.passes(reply.getHeader('content-type'), payload)) {
      bytes.get(reply)?.open();
      return next(null, payload);
    }
    if (reply.statusCode < 300) {
      guard.reportUnproved((error) => request.log.error(error));
      reply.code(500);
    }
    discard(payload);
    reply.header('content-type', JSON_TYPE);
    reply.removeHeader('content-length');
    pass(fixedAnswer(reply.statusCode));
  });
}

/**
 * A Fastify 5 plugin: what a handler returns or sends is proved first, as `sendable()` does, then written by the
 * route's response schema or as JSON. What is not proved is answered with 500 and `{"error":"Internal Server Error"}`.
 * The body of an error that is not proved (Fastify's own carry the error's message) is replaced by the name of its status.
 *
 * Bytes that are written to `reply.raw` leave only where their content type is listed in `passThrough`.
 *
 * Register it on the root before the routes, and before plugins that pack bodies (compression). Serializers that a reply
 * or the application sets have no effect behind it; response schemas have.
 *
 * @example
 * import fastify from 'fastify';
 * import { guardResponses } from 'safe-collection/fastify';
 *
 * const app = fastify();
 * await app.register(guardResponses, { envelope: ['error', 'token'] });
 */
export const guardFastify: FastifyPluginAsync<ResponseGuardOptions> = Object.assign(plugin, {
  // Fastify would keep the hooks from the routes of the parent without this.
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'safe-collection',
});

/** Fastify hands a plugin its own options (`prefix`, `logLevel`) beside the given ones. */
function ownOptions(options: ResponseGuardOptions): ResponseGuardOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => name !== 'prefix' && name !== 'logLevel' && name !== 'logSerializers'),
  );
}

function answer(reply: FastifyReply, answers: Answers, written: unknown): void {
  answers.set(reply, written);
  reply.serializer(() => written as string);
}

function answerStatus(reply: FastifyReply, answers: Answers, status: number): void {
  reply.code(status).header('content-type', JSON_TYPE);
  answer(reply, answers, fixedAnswer(status));
}

/**
 * The route's schema for this status if there is one, as Fastify looks it up; else JSON. A serializer of the reply's own
 * is not asked: it may print what it closes over, whatever was proved.
 */
function serialize(reply: FastifyReply, body: unknown): unknown {
  const status = String(reply.statusCode);
  for (const key of [status, `${status[0]}xx`, `${status[0]}XX`, 'default']) {
    const found: unknown = reply.getSerializationFunction(key);
    const write = typeof found === 'object' && found !== null ? byMediaType(found, reply) : found;
    if (typeof write === 'function') return (write as (body: unknown) => unknown)(body);
  }
  return JSON.stringify(body);
}

function byMediaType(schemas: object, reply: FastifyReply): unknown {
  const type = reply.getHeader('content-type');
  const wanted = typeof type === 'string' ? mediaType(type) : 'application/json';
  const byType = new Map(Object.entries(schemas));
  return byType.get(wanted) ?? byType.get('*/*');
}

/** What Fastify itself answers where no route matches; its message repeats the URL. */
function isOwnError(payload: unknown, status: number): boolean {
  if (status < 400 || !isPlainObject(payload)) return false;
  const { statusCode, error } = payload as { statusCode?: unknown; error?: unknown };
  const isKnown = Object.keys(payload).every((key) => ['statusCode', 'error', 'message', 'code'].includes(key));
  return isKnown && statusCode === status && error === STATUS_CODES[status];
}

function isEmpty(payload: unknown): boolean {
  return payload === undefined || payload === null || payload === '';
}

/** A refused stream is closed, or what feeds it stays open. */
function discard(payload: unknown): void {
  const stream = payload as { destroy?: unknown; cancel?: unknown } | null;
  if (typeof stream?.destroy === 'function') stream.destroy();
  else if (typeof stream?.cancel === 'function') void Promise.resolve(stream.cancel()).catch(() => undefined);
}
