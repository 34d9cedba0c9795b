import { Readable } from 'node:stream';

import { jsonResponse, provedBodies } from './proved-json.ts';

/** The chunks of a stream. `next()` gives `undefined` after the last. */
export interface Chunks {
  next(): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/** Only this module has it, so no other code can make a proved stream. */
const KEY: unique symbol = Symbol('proved');

let chunksIn: (value: object) => (() => Chunks) | undefined;

/**
 * JSON of checked results, in chunks. The adapters for Fastify, Express and Hono send it without a second look. It is read once:
 * by one of its methods, by `for await`, or by an adapter. Nothing is asked of the server before, and the next batch only when the
 * previous one was taken. Stopping early closes the cursor on the server.
 *
 * @example
 * const stream = users.find({}, { projection: ['username'] }).jsonStream({ format: 'ndjson' });
 * const response = stream.response();
 */
export class JsonStream implements AsyncIterable<Uint8Array> {
  /** `application/json` or, for lines, `application/x-ndjson`. */
  readonly contentType: string;
  readonly #open: () => Chunks;

  /** Made by this library only. Throws otherwise. */
  constructor(open: unknown, contentType: string, key: unknown) {
    if (key !== KEY) throw new TypeError('Only jsonStream() of a cursor makes a JsonStream.');
    this.#open = open as () => Chunks;
    this.contentType = contentType;
  }

  /** The bytes as a stream of Node. Destroying it closes the cursor. */
  node(): Readable {
    return nodeStream(this.#open());
  }

  /** The bytes as a web stream. Cancelling it closes the cursor. */
  web(): ReadableStream<Uint8Array> {
    return webStream(this.#open());
  }

  /** A web `Response` with the stream as its body. */
  response(init: ResponseInit = {}): Response {
    return jsonResponse(this.web(), this.contentType, init);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const chunks = this.#open();
    try {
      for (let chunk = await chunks.next(); chunk !== undefined; chunk = await chunks.next()) yield chunk;
    } finally {
      await chunks.close();
    }
  }

  static {
    chunksIn = (value) => (#open in value ? value.#open : undefined);
  }
}

/** Makes a stream that is proved. `open` throws if it was opened before. */
export function jsonStream(open: () => Chunks, contentType: string): JsonStream {
  return new JsonStream(open, contentType, KEY);
}

/** Opens the chunks of a proved stream. `undefined` for any other value. */
export function openProved(value: unknown): Chunks | undefined {
  return typeof value === 'object' && value !== null ? chunksIn(value)?.() : undefined;
}

/** The chunks as a stream of Node. */
export function nodeStream(chunks: Chunks): Readable {
  return new Readable({
    objectMode: false,
    highWaterMark: 1,
    read() {
      void pushNext(this, chunks);
    },
    destroy(error, done) {
      void finish(chunks, error, done);
    },
  });
}

async function pushNext(stream: Readable, chunks: Chunks): Promise<void> {
  try {
    stream.push((await chunks.next()) ?? null);
  } catch (error) {
    stream.destroy(error as Error);
  }
}

async function finish(chunks: Chunks, error: Error | null, done: (error: Error | null) => void): Promise<void> {
  let failure: Error | null = null;
  try {
    await chunks.close();
  } catch (thrown) {
    failure = thrown as Error;
  }
  done(error ?? failure);
}

/** A proved stream as a web stream. `undefined` for any other value. */
export function provedWebStream(value: unknown): ReadableStream<Uint8Array> | undefined {
  const chunks = openProved(value);
  return chunks === undefined ? undefined : webStream(chunks);
}

/** The chunks as a web stream, which the adapter for Hono lets pass. */
function webStream(chunks: Chunks): ReadableStream<Uint8Array> {
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const chunk = await chunks.next();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel: () => chunks.close(),
    },
    { highWaterMark: 0 },
  );
  provedBodies.add(stream);
  return stream;
}
