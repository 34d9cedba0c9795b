/** A longer one might be too long for a path. */
const LONGEST_WORD = 256;
const UNDERSCORE = 0x5f;

/**
 * Whether a key is letters, digits and underscores, and begins with a letter, as most are: it means nothing to the server or
 * the driver but a field of that name. By character, because every key of every input is asked about: a regular expression showed in
 * an insert.
 */
export function isPlainWord(key: string): boolean {
  if (key.length > LONGEST_WORD || !isLetter(key.charCodeAt(0))) return false;
  for (let index = 1; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    if (!isLetter(code) && !isDigit(code) && code !== UNDERSCORE) return false;
  }
  return true;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
