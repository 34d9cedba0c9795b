/** The raw documents of a batch, one by one. */
export interface RawBatch {
  /** The memory that contains the current document. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Moves to the next document. Returns false after the last. */
  advance(): boolean;
}
