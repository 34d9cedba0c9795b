/** The documents of a plan, one by one, already checked against its shape. It leads to no driver handle. */
export interface DocumentSource<T = object> {
  /** Whether reading failed. The next `fetch()` rejects with the error. */
  readonly hasFailed: boolean;
  /** The next available document, or `undefined` if `fetch()` has to be called. It does not throw. */
  take(): T | undefined;
  /** Fetches more documents. Resolves to false after the last. Rejects if fetching or decoding fails; then the source is closed. */
  fetch(): Promise<boolean>;
  /** All remaining documents. */
  rest(): Promise<T[]>;
  close(): Promise<void>;
}
