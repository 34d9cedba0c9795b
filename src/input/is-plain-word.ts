/** Longer keys get the full checks, because they may be too long for a path. */
const PLAIN_WORD = /^[a-zA-Z]\w{0,255}$/;

/**
 * Whether a key has only letters, digits and underscores, and begins with a letter. For the server and the driver such a key is
 * only a field name, without a special meaning.
 */
export function isPlainWord(key: string): boolean {
  return PLAIN_WORD.test(key);
}
