/** Longer keys are left to the full checks: they might be too long for a path. */
const PLAIN_WORD = /^[a-zA-Z]\w{0,255}$/;

/**
 * Whether a key is letters, digits and underscores, and begins with a letter, as most are. To the server and the driver it
 * means nothing but a field of that name.
 */
export function isPlainWord(key: string): boolean {
  return PLAIN_WORD.test(key);
}
