/** A block of code on a page, and what the compiler needs beside it. */
export interface PageBlock {
  /** The number by which the page refers to it. */
  readonly id: string;
  /** `docs/views.md`, for messages. */
  readonly page: string;
  /** The code that the reader sees. */
  readonly code: string;
  /** Imports before it that the reader does not see. */
  readonly hidden: string;
  readonly isRefused: boolean;
  /** Whether it is a whole file of the examples, which is compiled in its place. */
  readonly isExample: boolean;
  /** Its path among the other files. The path in the repository of an example. */
  readonly path: string;
  /** Other files that it imports. */
  readonly others: ReadonlyMap<string, string>;
}
