/** An error of a compiler, in a form that all versions share. */
export interface Diagnostic {
  /** The absolute path of the file, or the empty string if the error is not about a file. */
  readonly file: string;
  /** Counted from 1, as compilers print them. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly message: string;
}
