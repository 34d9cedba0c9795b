import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';

import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';

import type { SafeCollectionError } from '../errors/safe-collection-error.ts';
import { isPlainObject } from '../input/read.ts';
import { ByteGuard } from './byte-guard.ts';
import { provedStream } from './proved-stream.ts';
import { ResponseGuard, fixedAnswer, mediaType } from './response-guard.ts';
import type { ResponseGuardOptions } from './response-guard-options.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The text written from a checked body, and what Fastify and its hooks get of it: of bytes a copy, which they may change. */
interface Answer {
  readonly written: string | Buffer;
  readonly given: string | Buffer;
}

/** For each reply its answer. Other payloads are refused. */
type Answers = WeakMap<FastifyReply, Answer>;

// Async, so that a refused option rejects the registration.
async function plugin(app: FastifyInstance, options: ResponseGuardOptions): Promise<void> {
  const guard = new ResponseGuard('fastify', ownOptions(options));
  const answers: Answers = new WeakMap();
  const bytes = new WeakMap<FastifyReply, ByteGuard>();
  /** The streams of proved JSON that are about to be sent. */
  const streams = new WeakMap<FastifyReply, Readable>();

  // This also covers `reply.raw`, `reply.hijack()`, hooks that change the checked body, and Fastify's last response if an error
  // can't be handled.
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

  // The text is made here, so that a later hook can't change the checked body.
  app.addHook('preSerialization', (request, reply, payload: unknown, next) => {
    const log = (error: SafeCollectionError): void => request.log.error(error);
    const stream = provedStream(payload, bytes.get(reply));
    if (stream !== undefined) {
      if (!reply.hasHeader('content-type')) reply.type(stream.contentType);
      streams.set(reply, stream.readable);
      reply.serializer(() => '');
      return next(null, payload);
    }
    const verdict = isOwnError(payload, reply.statusCode)
      ? undefined
      : guard.write(payload, (copy) => serialize(reply, copy), log);
    if (verdict?.isProved === true) answer(reply, answers, verdict.written as string | Buffer);
    else answerStatus(reply, answers, verdict === undefined ? reply.statusCode : 500);
    next(null, payload);
  });

  app.addHook('onSend', (request, reply, payload: unknown, next) => {
    const pass = (text: string): void => {
      bytes.get(reply)?.expect(text);
      next(null, text);
    };
    const stream = streams.get(reply);
    if (stream !== undefined) return next(null, stream);
    if (isEmpty(payload)) return next(null, payload);
    const known = answers.get(reply);
    if (known !== undefined && payload === known.given) {
      bytes.get(reply)?.expect(known.written);
      return next(null, payload);
    }
    if (payload === STATUS_CODES[reply.statusCode]) return pass(payload as string);
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
 * A Fastify 5 plugin. It checks every body that a handler returns or sends, like `sendable()`, and then writes it with the
 * route's response schema or as JSON. If the check fails, the response is 500 with `{"error":"Internal Server Error"}`.
 * If the body of an error fails the check (Fastify's own contain the error's message), it is replaced by the name of its status.
 *
 * Bytes that are written to `reply.raw` are sent only if their content type is listed in `passThrough`.
 *
 * Register it on the root before the routes, and before plugins that compress bodies. Serializers that a reply or the
 * application sets have no effect with it; response schemas have.
 *
 * @example
 * import fastify from 'fastify';
 * import { guardResponses } from 'safe-collection/fastify';
 *
 * const app = fastify();
 * await app.register(guardResponses, { envelope: ['error', 'token'] });
 */
export const guardFastify: FastifyPluginAsync<ResponseGuardOptions> = Object.assign(plugin, {
  // Without this, Fastify would not run the hooks for the routes of the parent.
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'safe-collection',
});

/** Fastify passes its own options (`prefix`, `logLevel`) to a plugin too. */
function ownOptions(options: ResponseGuardOptions): ResponseGuardOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => name !== 'prefix' && name !== 'logLevel' && name !== 'logSerializers'),
  );
}

function answer(reply: FastifyReply, answers: Answers, written: string | Buffer): void {
  const given = typeof written === 'string' ? written : Buffer.from(written);
  answers.set(reply, { written, given });
  reply.serializer(() => given as string);
}

function answerStatus(reply: FastifyReply, answers: Answers, status: number): void {
  reply.code(status).header('content-type', JSON_TYPE);
  answer(reply, answers, fixedAnswer(status));
}

/**
 * Serializes with the route's schema for this status, as Fastify does, or as JSON without one. A serializer of the reply is
 * not used, because it could print anything.
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

/** Whether this is Fastify's own response if no route matches. Its message contains the URL. */
function isOwnError(payload: unknown, status: number): boolean {
  if (status < 400 || !isPlainObject(payload)) return false;
  const { statusCode, error } = payload as { statusCode?: unknown; error?: unknown };
  const isKnown = Object.keys(payload).every((key) => ['statusCode', 'error', 'message', 'code'].includes(key));
  return isKnown && statusCode === status && error === STATUS_CODES[status];
}

function isEmpty(payload: unknown): boolean {
  return payload === undefined || payload === null || payload === '';
}

/** Closes a refused stream, so that its source does not stay open. */
function discard(payload: unknown): void {
  const stream = payload as { destroy?: unknown; cancel?: unknown } | null;
  if (typeof stream?.destroy === 'function') stream.destroy();
  else if (typeof stream?.cancel === 'function') void Promise.resolve(stream.cancel()).catch(() => undefined);
}
