/** The entries of a table: lines, without empty ones. */
export function lines(text: string): readonly string[] {
  return split(text, /\n/);
}

/** The entries of a table with several in a line, between ` | `. */
export function cells(text: string): readonly string[] {
  return split(text, /\s\|\s|\n/);
}

/** Names between spaces. */
export function words(text: string): readonly string[] {
  return split(text, /\s+/);
}

function split(text: string, by: RegExp): readonly string[] {
  return text
    .split(by)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** The calls of several tables, without repetitions. */
export function allOf(...calls: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(calls.flat())];
}
