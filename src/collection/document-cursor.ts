import type { Readable } from 'node:stream';

import type { CursorRead } from '../grammar/cursor-methods.ts';
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
