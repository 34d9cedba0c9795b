/** The documents of a plan, one after the other, already held to its shape. It leads to no handle of the driver. */
export interface DocumentSource {
  /** The next of the documents at hand, or `undefined` where `fetch()` has to be called. It does not throw. */
  take(): object | undefined;
  /** Fetches more documents. False after the last. Rejects where one could not be fetched or taken; then it is closed. */
  fetch(): Promise<boolean>;
  /** All documents that are left. */
  rest(): Promise<object[]>;
  close(): Promise<void>;
}
