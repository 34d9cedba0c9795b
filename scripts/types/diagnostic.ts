/** What a compiler reports, in the form that every version of it shares. */
export interface Diagnostic {
  /** The absolute path of the file, or the empty string where the report concerns none. */
  readonly file: string;
  /** Counted from 1, as compilers print them. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly message: string;
}
