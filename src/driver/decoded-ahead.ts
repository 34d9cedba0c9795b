import { append } from '../input/append.ts';
import type { RawBatch } from '../results/bson/raw-batch.ts';
import type { ResultReader } from '../results/result-reader.ts';

/** So many documents are decoded at once. */
const MOST = 128;

/** Documents that are decoded before they are taken, so that their opaque ids are sealed together. */
export class DecodedAhead<T> {
  #documents: readonly T[] = [];
  #next = 0;
  #fault: { readonly error: unknown } | undefined;

  /** Whether there is nothing to take: no document, and no error. */
  get isEmpty(): boolean {
    return this.#next >= this.#documents.length && this.#fault === undefined;
  }

  /** Decodes the next documents of a batch. Returns false if the batch has no more. One that can't be decoded is an error when it is reached. */
  decode(batch: RawBatch, reader: ResultReader<T>): boolean {
    const documents: T[] = [];
    const prepared = reader.prepare();
    let isMore = true;
    try {
      while (documents.length < MOST && (isMore = batch.advance()))
        append(documents, prepared.read(batch.bytes, batch.start, batch.end));
    } catch (error) {
      this.#fault = { error };
      isMore = false;
    }
    prepared.finish?.();
    this.#documents = documents;
    this.#next = 0;
    return isMore;
  }

  /** The next document. Throws the error of one that could not be decoded, after those before it. */
  take(): T | undefined {
    const document = this.#documents[this.#next];
    this.#next += 1;
    const fault = this.#fault;
    if (document !== undefined || fault === undefined) return document;
    this.clear();
    throw fault.error;
  }

  clear(): void {
    this.#documents = [];
    this.#next = 0;
    this.#fault = undefined;
  }
}
