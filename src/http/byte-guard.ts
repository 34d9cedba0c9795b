import { STATUS_CODES, type ServerResponse } from 'node:http';

import { type ResponseGuard, fixedAnswer, type Report } from './response-guard.ts';
import { textOf } from './text-of.ts';
import { isPacking, unpack } from './unpack.ts';

/** Whether bytes may be sent unchecked, by the content type of the response. */
export type Passes = (contentType: unknown, chunk: unknown) => boolean;

type Write = (...args: readonly unknown[]) => boolean;
type End = (...args: readonly unknown[]) => ServerResponse;
type WriteHead = (...args: readonly unknown[]) => ServerResponse;

/**
 * Wraps `write()` and `end()` of Node's response, which every way to send a body ends in. They pass bytes on only if the
 * bytes are expected, or the program listed their content type.
 */
export class ByteGuard {
  readonly #response: ServerResponse;
  readonly #guard: ResponseGuard;
  readonly #passes: Passes;
  readonly #report: Report | undefined;
  readonly #end: End;
  #state: 'closed' | 'open' | 'refused' = 'closed';
  #isEnding = false;
  /** The part of the checked text that is not written yet. */
  #expected: Buffer | undefined = undefined;
  /** The compressed chunks so far. They are sent in one piece, after they were decompressed and compared. */
  readonly #held: Buffer[] = [];
  /** The headers passed to `writeHead()`, which Node does not return later. */
  readonly #headers = new Map<string, unknown>();

  constructor(response: ServerResponse, guard: ResponseGuard, passes: Passes, report?: Report) {
    this.#response = response;
    this.#guard = guard;
    this.#passes = passes;
    this.#report = report;
    const write = response.write.bind(response) as Write;
    const writeHead = response.writeHead.bind(response) as WriteHead;
    this.#end = response.end.bind(response) as End;
    response.writeHead = (...args: readonly unknown[]) => {
      for (const [name, value] of headersIn(args)) this.#headers.set(String(name).toLowerCase(), value);
      return this.#state === 'refused' && response.headersSent ? response : writeHead(...args);
    };
    response.write = ((...args: readonly unknown[]) => {
      if (this.#isPacked()) return this.#hold(args);
      const checked = this.#checked(args);
      return this.#state === 'refused' ? true : write(...checked);
    }) as ServerResponse['write'];
    response.end = ((...args: readonly unknown[]) => {
      if (this.#isPacked()) return this.#endPacked(args);
      const checked = isHarmless(args[0], response.statusCode) ? args : this.#checked(args);
      return this.#state === 'refused' ? response : this.#finish(checked);
    }) as ServerResponse['end'];
  }

  /** Whether nothing was allowed or refused yet. */
  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  open(): void {
    if (this.#state === 'closed') this.#state = 'open';
  }

  close(): void {
    if (this.#state === 'open') this.#state = 'closed';
    this.#expected = undefined;
  }

  /** Allows only this text, plain or compressed. No other code may hold the buffer, because it could change the bytes. */
  expect(text: string | Buffer): void {
    this.close();
    this.#expected = typeof text === 'string' ? Buffer.from(text) : text;
  }

  /** Allows these bytes too, after those that were expected before. */
  expectMore(bytes: Buffer): void {
    if (this.#state === 'open') this.#state = 'closed';
    this.#expected = Buffer.concat([this.#expected ?? Buffer.alloc(0), bytes]);
  }

  /** Sends the name of a status. Later writes are dropped, because a stream that pipes into the response must not crash the process. */
  replace(status: number): void {
    const response = this.#response;
    this.#state = 'refused';
    if (response.headersSent) return void response.destroy();
    for (const name of response.getHeaderNames()) {
      if (name.startsWith('content-') || name === 'etag' || name === 'transfer-encoding' || name === 'trailer')
        response.removeHeader(name);
    }
    response.statusCode = status;
    response.setHeader('content-type', 'application/json; charset=utf-8');
    this.#finish([fixedAnswer(status)]);
  }

  /** `end()` of some responses (HTTP/2, `inject()`) calls `write()` with the same bytes again. */
  #finish(args: readonly unknown[]): ServerResponse {
    this.#isEnding = true;
    try {
      return this.#end(...args);
    } finally {
      this.#isEnding = false;
    }
  }

  /** Whether a text is expected and will be compressed. */
  #isPacked(): boolean {
    return (
      this.#expected !== undefined &&
      this.#state === 'closed' &&
      !this.#isEnding &&
      isPacking(this.#header('content-encoding'))
    );
  }

  #hold(args: readonly unknown[]): boolean {
    const bytes = bytesOf(args[0], args[1]);
    if (bytes !== undefined) this.#held.push(Buffer.from(bytes));
    const callback = args.find((each) => typeof each === 'function');
    if (callback !== undefined) process.nextTick(callback);
    return true;
  }

  #endPacked(args: readonly unknown[]): ServerResponse {
    const expected = this.#expected as Buffer;
    const last = bytesOf(args[0], args[1]);
    const packed = Buffer.concat(last === undefined ? this.#held : [...this.#held, last]);
    // A response to HEAD has no body.
    if (packed.length === 0) return this.#finish(args);
    if (unpack(this.#header('content-encoding'), packed, expected.length)?.equals(expected) === true) {
      return this.#finish([packed, ...args.filter((each) => typeof each === 'function')]);
    }
    this.#refuse();
    return this.#response;
  }

  /** Refuses arguments of `write()` whose bytes may not leave. Of expected bytes, it returns the guard's own, which no other code can change. */
  #checked(args: readonly unknown[]): readonly unknown[] {
    const [chunk, encoding] = args;
    if (this.#isEnding || this.#state !== 'closed') return args;
    const taken = this.#takeExpected(chunk, encoding);
    if (taken !== undefined)
      return typeof chunk === 'string' ? args : [taken, ...args.filter((each) => typeof each === 'function')];
    if (!this.#passes(this.#header('content-type'), chunk)) this.#refuse();
    // The first text decides; the rest of a page may be anything.
    else if (textOf(chunk)?.trim() !== '') this.#state = 'open';
    return args;
  }

  /** The expected bytes that a chunk consists of. */
  #takeExpected(chunk: unknown, encoding: unknown): Buffer | undefined {
    if (this.#expected === undefined) return undefined;
    const bytes = bytesOf(chunk, encoding);
    if (bytes === undefined) return undefined;
    const taken = this.#expected.subarray(0, bytes.length);
    if (!taken.equals(bytes)) return undefined;
    this.#expected = this.#expected.subarray(bytes.length);
    return taken;
  }

  #header(name: string): unknown {
    return this.#headers.get(name) ?? this.#response.getHeader(name);
  }

  /** An error page or a redirect is replaced without a report, because the framework writes those itself. */
  #refuse(): void {
    const { statusCode } = this.#response;
    if (statusCode >= 300) return this.replace(statusCode);
    this.#guard.reportUnproved(this.#report);
    this.replace(500);
  }
}

/** The bytes that Node writes for a chunk. Those of a byte array are not copied. */
function bytesOf(chunk: unknown, encoding: unknown): Buffer | undefined {
  if (typeof chunk === 'string')
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : undefined;
}

/** Whether a chunk is empty, or the name of the status as Express's `sendStatus()` writes it. */
function isHarmless(chunk: unknown, status: number): boolean {
  if (chunk === undefined || chunk === null || typeof chunk === 'function') return true;
  const text = textOf(chunk);
  return text === '' || text === STATUS_CODES[status];
}

/** The headers passed to `writeHead()`: an object, pairs, or alternating names and values. */
function headersIn(args: readonly unknown[]): readonly (readonly unknown[])[] {
  const headers = args.find((each) => typeof each === 'object' && each !== null);
  if (headers === undefined) return [];
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (headers.every(Array.isArray)) return headers;
  return headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]]] : []));
}
