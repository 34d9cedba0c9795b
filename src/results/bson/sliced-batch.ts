import type { RawBatch } from './raw-batch.ts';
import { asBuffer } from '../result-reader.ts';

/** The number of slices to take at once: enough to be fast, few enough to use little memory. */
const CHUNK = 128;

/** The part of a driver's cursor that returns slices of its batch. */
interface RawCursor {
  readBufferedDocuments(number?: number): unknown[];
}

/** A batch that the driver splits into one slice for each document. */
export class SlicedBatch implements RawBatch {
  readonly #cursor: RawCursor;
  #slices: unknown[];
  #next = 0;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(slices: unknown[], cursor: RawCursor) {
    this.#slices = slices;
    this.#cursor = cursor;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get start(): number {
    return 0;
  }

  get end(): number {
    return this.#bytes.length;
  }

  advance(): boolean {
    if (this.#next >= this.#slices.length) {
      this.#slices = this.#cursor.readBufferedDocuments(CHUNK);
      this.#next = 0;
    }
    if (this.#slices.length === 0) return false;
    this.#bytes = asBuffer(this.#slices[this.#next]);
    this.#slices[this.#next] = undefined;
    this.#next += 1;
    return true;
  }
}
