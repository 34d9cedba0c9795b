import * as zlib from 'node:zlib';

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

/** Node 22.15 and later. */
const zstd: unknown = Reflect.get(zlib, 'zstdDecompressSync');

/** The content encodings that frameworks use to compress a body, each with its decompression. */
const ENCODINGS: ReadonlyMap<unknown, Unpack> = new Map<unknown, Unpack>([
  ['gzip', zlib.gunzipSync],
  ['x-gzip', zlib.gunzipSync],
  ['deflate', inflate],
  ['br', zlib.brotliDecompressSync],
  ...(typeof zstd === 'function' ? [['zstd', zstd as Unpack] as const] : []),
]);

/** Whether a body of this content encoding can be decompressed. */
export function isPacking(encoding: unknown): boolean {
  return ENCODINGS.has(encoding);
}

/** The decompressed bytes, or `undefined` if they are invalid or longer than expected. */
export function unpack(encoding: unknown, bytes: Uint8Array, longest: number): Buffer | undefined {
  try {
    return ENCODINGS.get(encoding)?.(bytes, { maxOutputLength: Math.max(longest, 1) });
  } catch {
    return undefined;
  }
}

/** Some servers and clients use `deflate` for the raw stream without a header. */
function inflate(bytes: Uint8Array, options: { readonly maxOutputLength: number }): Buffer {
  try {
    return zlib.inflateSync(bytes, options);
  } catch {
    return zlib.inflateRawSync(bytes, options);
  }
}
