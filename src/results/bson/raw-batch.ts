/** The raw documents of a batch, one after the other. */
export interface RawBatch {
  /** The memory that holds the document which `advance()` came to. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Comes to the next document. False after the last. */
  advance(): boolean;
}
