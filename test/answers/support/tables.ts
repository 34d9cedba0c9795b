/** The parts of a text that `|` or the ends of lines separate. */
export const listed = (text: string): readonly string[] => parted(text, /\s\|\s|\n/);

/** The lines of a text. */
export const lines = (text: string): readonly string[] => parted(text, /\n/);

/** The words of a text. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The calls without those that are there already. */
export const distinct = (...calls: readonly (readonly string[])[]): readonly string[] => [...new Set(calls.flat())];

function parted(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
