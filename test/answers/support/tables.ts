/** The parts of a text that `|` or the ends of lines separate. */
export function listed(text: string): readonly string[] {
  return text
    .split(/\s\|\s|\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** The words of a text. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The calls without those that are there already. */
export const distinct = (...calls: readonly (readonly string[])[]): readonly string[] => [...new Set(calls.flat())];

/** The lines of a text. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
