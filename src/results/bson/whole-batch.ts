import { BSON_TYPE } from './bson-type.ts';
import type { RawBatch } from './raw-batch.ts';
import { int32At } from './value-end.ts';

const ZERO = 0x30;
const NINE = 0x39;
const SMALLEST_DOCUMENT = 5;
const NOWHERE = -1;

/**
 * The last batch of a cursor, decoded in place. The driver's raw documents are slices of the reply, in which they are the elements
 * of a BSON array. To find the next slice, the driver looks at each field of the document, which takes as long as decoding it. So only
 * the first two slices are taken from the driver. If they are adjacent elements of an array, and the expected number of others
 * follow up to the array's end, those are read in place. Otherwise the driver's slices are used.
 */
export class WholeBatch implements RawBatch {
  readonly bytes: Buffer;
  start = 0;
  end = 0;
  #next: number;
  #left: number;

  private constructor(bytes: Buffer, start: number, count: number) {
    this.bytes = bytes;
    this.#next = start;
    this.#left = count;
  }

  /** A batch of `first`, `second` and a number of others. `undefined` if they are not adjacent as expected. */
  static from(first: Buffer, second: Buffer, others: number): WholeBatch | undefined {
    if (second.buffer !== first.buffer) return undefined;
    const bytes = Buffer.from(first.buffer as ArrayBuffer);
    let start = headerEnd(bytes, documentEnd(bytes, first.byteOffset));
    if (start !== second.byteOffset) return undefined;
    for (let index = 0; index < others; index += 1) start = headerEnd(bytes, documentEnd(bytes, start));
    const end = documentEnd(bytes, start);
    return end !== NOWHERE && bytes[end] === 0 ? new WholeBatch(bytes, first.byteOffset, others + 2) : undefined;
  }

  advance(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    this.start = this.#next;
    this.end = documentEnd(this.bytes, this.start);
    this.#next = headerEnd(this.bytes, this.end);
    return true;
  }
}

/** The offset of the document whose type and index are at `at`. */
function headerEnd(bytes: Buffer, at: number): number {
  if (at === NOWHERE || bytes[at] !== BSON_TYPE.object) return NOWHERE;
  let end = at + 1;
  while ((bytes[end] as number) >= ZERO && (bytes[end] as number) <= NINE) end += 1;
  return bytes[end] === 0 && end > at + 1 ? end + 1 : NOWHERE;
}

/** The end offset of the document that begins at `start`. */
function documentEnd(bytes: Buffer, start: number): number {
  if (start === NOWHERE || start + SMALLEST_DOCUMENT > bytes.length) return NOWHERE;
  const length = int32At(bytes, start);
  const end = start + length;
  return length >= SMALLEST_DOCUMENT && end < bytes.length && bytes[end - 1] === 0 ? end : NOWHERE;
}
