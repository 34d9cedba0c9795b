/** Styles for lines of output. */
export interface Paper {
  bold(text: string): string;
  /** Marks a line as not sent. The result is two columns wider than the text. */
  strike(text: string): string;
  print(line?: string): void;
}

const print = (line = ''): void => console.log(line);

const PLAIN: Paper = { bold: (text) => text, strike: (text) => `- ${text}`, print };

const TERMINAL: Paper = {
  bold: (text) => `\u001B[1m${text}\u001B[0m`,
  // The padding to the right of the text is not struck through.
  strike(text) {
    const written = text.trimEnd();
    return `\u001B[31m- \u001B[9m${written}\u001B[0m${' '.repeat(text.length - written.length)}`;
  },
  print,
};

/** Strike-through in a terminal; a plain `- ` in a file or a pipe, or if NO_COLOR is set. */
export const paper: Paper = process.stdout.isTTY && !process.env['NO_COLOR'] ? TERMINAL : PLAIN;
