/** A hole that this library, or another system, once had. */
export interface Hole {
  readonly title: string;
  readonly file: string;
  /** The code that closes it; it occurs once in the file. */
  readonly closed: string;
  /** The code that opens it again. */
  readonly open: string;
  /** The tests that have to notice. */
  readonly tests: readonly string[];
}
