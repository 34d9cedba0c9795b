const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const SHORTEST = 16;
/** Shorter texts have to change more often, because short words may look random by chance. */
const SHORT = 20;
const LONGEST = 256;

/**
 * Whether a text looks random: long, without spaces, of high entropy, and changing between digits, lower and upper case more often
 * than words and names do. An ObjectId and a UUID are identifiers, not tokens.
 */
export function isRandom(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST || text.includes(' ') || UUID.test(text)) return false;
  if (/^[\da-f]+$/i.test(text))
    return text.length >= 32 && /[a-f]/i.test(text) && /\d/.test(text) && entropy(text) > 2.8;
  if (!/^[\w+/-]+=*$/.test(text) || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  // A path, a slug and a time consist of short pieces.
  if (text.split(/[-_/]/).every((piece) => piece.length < 12)) return false;
  return text.length < SHORT
    ? entropy(text) > 3.2 && changes(text) > 0.45
    : entropy(text) > 3.4 && changes(text) > 0.22;
}

/** The Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** The number of changes between kinds of characters. */
function changes(text: string): number {
  const kinds = Array.from(text, (letter) => (/\d/.test(letter) ? 'd' : /[a-z]/.test(letter) ? 'a' : 'A'));
  return kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length / (text.length - 1);
}
