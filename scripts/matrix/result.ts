/** What a version did. */
export interface Result {
  /** The row of the table: `Node.js`, `mongodb (driver)`, … */
  readonly part: string;
  readonly version: string;
  /** What was run: the suite, or the portable program. */
  readonly ran: string;
  /** `undefined` if all of it passed; otherwise what did not. */
  readonly fault: string | undefined;
}

/** The last lines of an output, for a fault. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-6).join(' / ').slice(-400);
}
