/** Turns the bytes of a fuzzer into choices. After the last byte all choices are the first. */
export class ByteSource {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether bytes are left. */
  get hasMore(): boolean {
    return this.#at < this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.byte() % from.length] as T;
  }
}
