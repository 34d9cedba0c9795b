import { Readable, type ReadableOptions } from 'node:stream';

import type { CallContext } from '../errors/call-context.ts';
import type { DocumentSource } from '../driver/document-source.ts';
import { JsonChunks, readJson, type OpenJson } from '../driver/read-json.ts';
import { JsonBuffer } from '../results/json/json-buffer.ts';
import { jsonStream, type JsonStream } from '../results/json/json-stream.ts';
import type { ProvedJson } from '../results/json/proved-json.ts';
import { parseJsonOptions } from '../plan/options/json-options.ts';

const DONE = Object.freeze({ done: true, value: undefined }) as IteratorReturnResult<undefined>;

/** All options that Node reads, as own properties: Node would also read them from the prototype. */
const STREAM_OPTIONS = Object.freeze({
  objectMode: true,
  highWaterMark: 1,
  signal: undefined,
  read: undefined,
  destroy: undefined,
  construct: undefined,
  encoding: undefined,
  defaultEncoding: undefined,
  emitClose: true,
  autoDestroy: true,
}) as ReadableOptions;

/** Reads documents for a cursor: one by one, in a loop, or as a stream. Opens the source on the first read. */
export class DocumentReader<T> implements AsyncIterable<T> {
  readonly #call: CallContext;
  readonly #start: () => DocumentSource;
  readonly #startJson: OpenJson;
  #source: DocumentSource | undefined;
  #json: DocumentSource<true> | undefined;
  #ahead: object | undefined;
  /** A pending look-ahead of `hasNext()`. Reads wait for it, so that the documents keep their order. */
  #looking: Promise<boolean> | undefined;
  #isClosed = false;
  #transform: ((document: unknown) => unknown) | undefined;

  constructor(call: CallContext, start: () => DocumentSource, startJson: OpenJson) {
    this.#call = call;
    this.#start = start;
    this.#startJson = startJson;
  }

  /** Throws if the cursor was already read or closed. */
  requireUnread(method: string): void {
    if (this.#source === undefined && this.#json === undefined && !this.#isClosed) return;
    this.#call.refuse('cursor_used', `Call ${method}() before the first read of a cursor.`);
  }

  addTransform(after: (document: unknown) => unknown): void {
    this.requireUnread('map');
    const before = this.#transform;
    this.#transform = before === undefined ? after : (document) => after(before(document));
  }

  async next(): Promise<T | null> {
    const document = this.#takeNow() ?? (await this.#takeLater());
    if (document === null) return null;
    if (this.#transform === undefined) return document as T;
    const value = await this.#transformed(document, this.#transform);
    return value === null ? await this.#refuseNull('next') : value;
  }

  async hasNext(): Promise<boolean> {
    if (this.#ahead !== undefined) return true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return await this.#looking;
  }

  async toArray(): Promise<T[]> {
    const source = this.#open();
    if (this.#looking !== undefined) await this.#lookedAhead();
    const first = this.#ahead;
    this.#ahead = undefined;
    const rest = await source.rest();
    this.#open();
    const documents = first === undefined ? rest : [first, ...rest];
    const transform = this.#transform;
    return (transform === undefined ? documents : documents.map((document) => transform(document))) as T[];
  }

  async forEach(iterator: (document: T) => boolean | void): Promise<void> {
    for await (const document of this) {
      if (iterator(document) === false) break;
    }
  }

  stream(): Readable & AsyncIterable<T> {
    return Readable.from(this.#transform === undefined ? this : this.#withoutNull(), STREAM_OPTIONS);
  }

  async json(options: unknown): Promise<ProvedJson> {
    const { ejson } = parseJsonOptions('json', options, this.#call);
    return await readJson(this.#openJson('json'), ejson);
  }

  jsonStream(options: unknown): JsonStream {
    const { ejson, format } = parseJsonOptions('jsonStream', options, this.#call);
    this.#assertMayBeJson('jsonStream');
    const open = (): JsonChunks =>
      new JsonChunks(this.#openJson('jsonStream'), { out: new JsonBuffer(), format, ejson });
    return jsonStream(open, format === 'array' ? 'application/json; charset=utf-8' : 'application/x-ndjson');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#ahead = undefined;
    await (this.#source ?? this.#json)?.close();
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    const iterator: AsyncIterableIterator<T> = {
      next: async () => {
        const document = this.#takeNow() ?? (await this.#takeLater());
        if (document === null) return DONE;
        return {
          done: false,
          value: this.#transform === undefined ? (document as T) : await this.#transformed(document, this.#transform),
        };
      },
      return: async () => {
        await this.close();
        return DONE;
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  /** The next document, if it is available without waiting, as most documents of a batch are. */
  #takeNow(): object | undefined {
    const source = this.#open();
    if (this.#looking !== undefined) return undefined;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead ?? source.take();
  }

  async #takeLater(): Promise<object | null> {
    if (this.#looking === undefined) return await this.#fetchNext();
    await this.#lookedAhead();
    return this.#takeNow() ?? (await this.#takeLater());
  }

  /** Fetches the next document. If the cursor is closed meanwhile, it is unknown whether there was one, so the read is refused. */
  async #fetchNext(): Promise<object | null> {
    const source = this.#open();
    while (await source.fetch()) {
      const document = source.take();
      if (document !== undefined) return document;
    }
    this.#open();
    return null;
  }

  async #look(): Promise<boolean> {
    const document = this.#open().take() ?? (await this.#fetchNext());
    this.#open();
    this.#ahead = document ?? undefined;
    return document !== null;
  }

  /** Waits for a look-ahead. If it failed, the waiting read gets the same error by itself. */
  async #lookedAhead(): Promise<void> {
    while (this.#looking !== undefined) await this.#looking.catch(() => undefined);
  }

  /** If the function throws, the cursor is closed, as in the driver. Otherwise it would stay open on the server. */
  async #transformed(document: object, transform: (document: unknown) => unknown): Promise<T> {
    try {
      return transform(document) as T;
    } catch (error) {
      await this.close().catch(() => undefined);
      throw error;
    }
  }

  async *#withoutNull(): AsyncGenerator<T> {
    for await (const document of this) yield document === null ? await this.#refuseNull('stream') : document;
  }

  /** `next()` and a stream say by `null` that there is nothing more, so a document must not become `null`. */
  async #refuseNull(method: string): Promise<never> {
    await this.close().catch(() => undefined);
    return this.#call.refuse(
      'argument_invalid',
      `The function of map() returned null, which means in ${method}() that there is nothing more. Return something else, or use toArray() or for await.`,
    );
  }

  /** Opens the cursor for JSON. Afterwards it has no other reads. */
  #openJson(method: string): OpenJson {
    const start = this.#assertMayBeJson(method);
    return (target) => {
      const source = start(target);
      this.#json = source;
      return source;
    };
  }

  #assertMayBeJson(method: string): OpenJson {
    this.requireUnread(method);
    if (this.#transform !== undefined)
      return this.#call.refuse(
        'cursor_used',
        `A cursor with map() has no ${method}(): what the function makes is not checked.`,
      );
    return this.#startJson;
  }

  #open(): DocumentSource {
    if (this.#json !== undefined)
      return this.#call.refuse('cursor_used', `This cursor was read as JSON. Call ${this.#call.operation}() again.`);
    if (this.#isClosed)
      return this.#call.refuse('cursor_closed', `This cursor was closed. Call ${this.#call.operation}() again.`);
    this.#source ??= this.#start();
    return this.#source;
  }
}
