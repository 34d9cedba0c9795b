import { describe, expect, it } from 'vitest';

import { WholeBatch } from '../../src/results/bson/whole-batch.ts';
import { encode, encodeDocument } from './support/encode.ts';

const documents = Array.from({ length: 130 }, (_, index) => encodeDocument([['n', encode.int(index)]]));
const array = encode.array(documents.map((bytes) => encode.raw(3, bytes))).bytes;

/** The array with other bytes around it, and its first two documents as slices of it, as the driver hands them out. */
function reply(bytes: Buffer = array, fill = 0x41) {
  const memory = Buffer.concat([Buffer.alloc(40, fill), bytes, Buffer.alloc(40, fill)]);
  const own = Buffer.from(new Uint8Array(memory).buffer);
  const size = (documents[0] as Buffer).length;
  const first = 40 + 4 + 3;
  const second = first + size + 3;
  return { own, first: own.subarray(first, first + size), second: own.subarray(second, second + size) };
}

function read(batch: WholeBatch | undefined): Buffer[] | undefined {
  if (batch === undefined) return undefined;
  const found: Buffer[] = [];
  while (batch.advance()) found.push(Buffer.from(batch.bytes.subarray(batch.start, batch.end)));
  return found;
}

describe('a batch that is read in place', () => {
  it('gives the documents that the driver would cut out of it', () => {
    const { first, second } = reply();
    expect(read(WholeBatch.from(first, second, documents.length - 2))).toEqual(documents);
  });

  it('may end with its second document', () => {
    const two = encode.array(documents.slice(0, 2).map((bytes) => encode.raw(3, bytes))).bytes;
    const { first, second } = reply(two);
    expect(read(WholeBatch.from(first, second, 0))).toEqual(documents.slice(0, 2));
  });

  it.each([0, 1, 50, 127, 129, 500])('is not used if %i others are expected and do not end the array', (others) => {
    const { first, second } = reply();
    expect(WholeBatch.from(first, second, others)).toBeUndefined();
  });

  it('is not used if the slices are copies or not adjacent', () => {
    const { first, second, own } = reply();
    const others = documents.length - 2;
    expect(WholeBatch.from(Buffer.from(first), Buffer.from(second), others)).toBeUndefined();
    expect(WholeBatch.from(first, Buffer.from(second), others)).toBeUndefined();
    expect(WholeBatch.from(second, first, others)).toBeUndefined();
    expect(WholeBatch.from(first, first, others)).toBeUndefined();
    expect(WholeBatch.from(first, reply().second, others)).toBeUndefined();
    const third = own.subarray(second.byteOffset + second.length + 3, second.byteOffset + 2 * second.length + 3);
    expect(WholeBatch.from(first, third, others - 1)).toBeUndefined();
  });

  it('is not used if any byte between documents, any length or any end differs', () => {
    const { own, first, second } = reply();
    const others = documents.length - 2;
    const inside = new Set<number>();
    let at = first.byteOffset;
    for (const [index, { length }] of documents.entries()) {
      for (let byte = at + 4; byte < at + length - 1; byte += 1) inside.add(byte);
      at += length + 2 + String(index + 1).length;
    }
    const end = 40 + array.length;
    for (let byte = first.byteOffset + first.length; byte < end; byte += 1) {
      if (inside.has(byte)) continue;
      const kept = own[byte] as number;
      own[byte] = kept ^ 0x80;
      expect(WholeBatch.from(first, second, others), String(byte)).toBeUndefined();
      own[byte] = kept;
    }
    expect(WholeBatch.from(first, second, others)).toBeDefined();
  });
});
