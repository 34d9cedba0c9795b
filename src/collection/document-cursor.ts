import type { Readable } from 'node:stream';

import type { CursorRead } from '../grammar/cursor-methods.ts';
import type { JsonStream } from '../results/json/json-stream.ts';
import type { ProvedJson } from '../results/json/proved-json.ts';
import type { JsonOptions, JsonStreamOptions, MayBeJson } from '../types/json-options.ts';
import type { SameNames } from '../types/same-names.ts';
import type { DocumentReader } from './document-reader.ts';

/** The reads that all cursors have. The reader is private, so a cursor leads to no driver handle. */
export abstract class DocumentCursor<T> implements AsyncIterable<T>, Record<ReadName, unknown> {
  readonly #reader: DocumentReader<T>;

  constructor(reader: DocumentReader<T>) {
    this.#reader = reader;
  }

  /** The next document, or `null` after the last. */
  next(): Promise<T | null> {
    return this.#reader.next();
  }

  /** Whether there is another document. */
  hasNext(): Promise<boolean> {
    return this.#reader.hasNext();
  }

  /** All remaining documents. If this is the first read, they come in one batch, unless there is a `batchSize`. */
  toArray(): Promise<T[]> {
    return this.#reader.toArray();
  }

  /** Calls a function with each document, until it returns `false`. */
  forEach(iterator: (document: T) => boolean | void): Promise<void> {
    return this.#reader.forEach(iterator);
  }

  /** The documents as an object-mode stream. Destroying it closes the cursor. */
  stream(): Readable & AsyncIterable<T> {
    return this.#reader.stream();
  }

  /**
   * All documents as one JSON array, written straight from the server's bytes: no objects are made. It has to be the first read, and
   * the cursor must have no `map()`.
   *
   * @param options - `ejson: 'relaxed' | 'canonical'` writes MongoDB's Extended JSON, which keeps the stored types. Without it the JSON
   *   is byte for byte what `JSON.stringify(await cursor.toArray())` writes.
   * @throws RefusedCallError if the cursor was read or has a `map()`, or an option is refused.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares; then there is no JSON.
   * @throws DatabaseError instead of the driver's error.
   */
  json(this: MayBeJson<T>, options?: JsonOptions): Promise<ProvedJson>;
  async json(options?: JsonOptions): Promise<ProvedJson> {
    return await this.#reader.json(options);
  }

  /**
   * The documents as a stream of JSON: an array or, with `format: 'ndjson'`, a line for each. Nothing is sent before the stream is
   * read. If a batch fails the checks, the stream ends with the error before the first byte of that batch.
   *
   * @param options - `format: 'array' | 'ndjson'`, and `ejson` as for `json()`.
   * @throws RefusedCallError at once, like `json()`.
   */
  jsonStream(this: MayBeJson<T>, options?: JsonStreamOptions): JsonStream;
  jsonStream(options?: JsonStreamOptions): JsonStream {
    return this.#reader.jsonStream(options);
  }

  /** Closes the cursor, on the server too. Closing it twice is allowed. Pending and later reads are refused. */
  close(): Promise<void> {
    return this.#reader.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return this.#reader[Symbol.asyncIterator]();
  }
}

type ReadName = SameNames<CursorRead, keyof DocumentCursor<unknown> & string, CursorRead>;
