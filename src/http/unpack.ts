import * as zlib from 'node:zlib';

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

/** Node 22.15 and later. */
const zstd: unknown = Reflect.get(zlib, 'zstdDecompressSync');

/** The content encodings that frameworks pack a body into, each with what undoes it. */
const ENCODINGS: ReadonlyMap<unknown, Unpack> = new Map<unknown, Unpack>([
  ['gzip', zlib.gunzipSync],
  ['x-gzip', zlib.gunzipSync],
  ['deflate', inflate],
  ['br', zlib.brotliDecompressSync],
  ...(typeof zstd === 'function' ? [['zstd', zstd as Unpack] as const] : []),
]);

/** Whether a body of this content encoding can be unpacked here. */
export function isPacking(encoding: unknown): boolean {
  return ENCODINGS.has(encoding);
}

/** What was packed into these bytes, or `undefined` if that can't be told, or is longer than expected. */
export function unpack(encoding: unknown, bytes: Uint8Array, longest: number): Buffer | undefined {
  try {
    return ENCODINGS.get(encoding)?.(bytes, { maxOutputLength: Math.max(longest, 1) });
  } catch {
    return undefined;
  }
}

/** Some servers and clients take `deflate` for the bare stream. */
function inflate(bytes: Uint8Array, options: { readonly maxOutputLength: number }): Buffer {
  try {
    return zlib.inflateSync(bytes, options);
  } catch {
    return zlib.inflateRawSync(bytes, options);
  }
}
