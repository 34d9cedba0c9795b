/** A BSON value as its type byte and its bytes: nothing is checked, so that what no writer writes can be written. */
export interface Encoded {
  readonly type: number;
  readonly bytes: Buffer;
}

export type Element = readonly [key: string, value: Encoded];

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

export function cstring(text: string): Buffer {
  return Buffer.concat([Buffer.from(text), Buffer.of(0)]);
}

export function textBytes(bytes: Buffer): Buffer {
  return Buffer.concat([int32(bytes.length + 1), bytes, Buffer.of(0)]);
}

/** The bytes of a document; keys may come twice. */
export function encodeDocument(elements: readonly Element[]): Buffer {
  const body = Buffer.concat(elements.flatMap(([key, { type, bytes }]) => [Buffer.of(type), cstring(key), bytes]));
  return Buffer.concat([int32(body.length + 5), body, Buffer.of(0)]);
}

export const encode = {
  string: (text: string): Encoded => ({ type: 0x02, bytes: textBytes(Buffer.from(text)) }),
  stringOf: (bytes: Buffer): Encoded => ({ type: 0x02, bytes: textBytes(bytes) }),
  int: (value: number): Encoded => ({ type: 0x10, bytes: int32(value) }),
  document: (elements: readonly Element[]): Encoded => ({ type: 0x03, bytes: encodeDocument(elements) }),
  array: (values: readonly Encoded[]): Encoded => ({
    type: 0x04,
    bytes: encodeDocument(values.map((value, index) => [String(index), value] as const)),
  }),
  binary: (bytes: Buffer, subtype: number): Encoded => ({
    type: 0x05,
    bytes: Buffer.concat([int32(bytes.length), Buffer.of(subtype), bytes]),
  }),
  raw: (type: number, bytes: Buffer): Encoded => ({ type, bytes }),
};
