/** Enough for most single documents. */
const FIRST_SIZE = 4096;

/** JSON that is being written, as UTF-8. */
export class JsonBuffer {
  bytes: Buffer;
  length = 0;

  constructor(size = FIRST_SIZE) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  /** Makes room for so many bytes, and returns the memory to write them to from `length` on. */
  reserve(count: number): Buffer {
    const needed = this.length + count;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    return this.bytes;
  }

  byte(value: number): void {
    this.reserve(1)[this.length] = value;
    this.length += 1;
  }

  /** Writes a few bytes. */
  raw(source: Uint8Array): void {
    const { length } = source;
    const target = this.reserve(length);
    const at = this.length;
    for (let index = 0; index < length; index += 1) target[at + index] = source[index] as number;
    this.length = at + length;
  }

  text(text: string): void {
    this.length += this.reserve(text.length * 3).write(text, this.length);
  }

  /** Returns what was written; the buffer must not be used any more. It is copied only if most of the memory is unused. */
  finish(): Buffer {
    return this.length * 2 < this.bytes.length ? this.take() : this.bytes.subarray(0, this.length);
  }

  /** Returns a copy of what was written, and starts anew. */
  take(): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.length);
    this.bytes.copy(taken, 0, 0, this.length);
    this.length = 0;
    return taken;
  }
}
