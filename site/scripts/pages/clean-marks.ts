/** Removes the comments that the tests and generators of the docs read. */
export function cleanMarks(text: string): string {
  return text.replaceAll(/^ *<!-- [^\n]* -->\n/gm, '');
}
