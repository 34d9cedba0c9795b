const LONGEST = 256;

/** The beginning of text or bytes, or `undefined` if a value is neither. */
export function textOf(chunk: unknown): string | undefined {
  if (typeof chunk === 'string') return chunk.slice(0, LONGEST);
  if (!ArrayBuffer.isView(chunk)) return undefined;
  return Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.byteLength, LONGEST)).toString('utf8');
}
