import type { Evidence } from './sensitivity.ts';
import { judgeName } from './judge-name.ts';
import { ENOUGH_TEXTS, RARE_SHARE, SHAPES } from './judge-value.ts';
import { wordsOf } from './words.ts';

/** The counts of a field's values. */
export interface FieldCounts {
  /** The BSON types with their counts. */
  readonly types: ReadonlyMap<string, number>;
  /** The number of inspected texts. */
  readonly texts: number;
  /** The number of texts with each shape, by its index in `SHAPES`. */
  readonly shapes: readonly number[];
  /** Whether there are many different values: a field with few of them does not hold tokens. */
  readonly isVaried: boolean;
}

/** Types whose values can't be a secret. */
const HARMLESS = new Set(['bool', 'null', 'undefined', 'array']);
const NUMBERS = new Set(['int', 'long', 'double', 'decimal']);
/** Kinds of sensitive data that are never numbers. */
const WORDY = new Set([
  'password',
  'hash',
  'salt',
  'secret',
  'API key',
  'token',
  'sessions',
  'mail address',
  'internal',
]);
/** Names of references, which look random but are not secret. */
const REFERENCE =
  /\b(?:id|ids|uuid|guid|slug|ref|sku|etag|cursor|url|uri|path|file|filename|version|checksum|fingerprint|commit|sha|md5|revision|cid|hash|avatar|image|key prefix|number|no|handle|username)$/;

/** Whether a field is sensitive, by its name (and its collection's), and by its values if they were sampled. */
export function judgeField(path: string, counts?: FieldCounts, collection?: string): Evidence | undefined {
  const byValues = counts === undefined ? undefined : judgeCounts(path, counts);
  const byName = judgeName(path, collection);
  if (byValues?.sensitivity === 'secret') return byValues;
  if (byName !== undefined && (counts === undefined || !isHarmless(counts, byName))) return byName;
  return byValues;
}

/** Whether the types show that a field is only about a secret: a date, a flag, or a number (unless such secrets are numbers). */
function isHarmless({ types }: FieldCounts, { what }: Evidence): boolean {
  if (types.size === 0) return false;
  return [...types.keys()].every((type) => {
    if (type === 'date') return what !== 'date of birth';
    return HARMLESS.has(type) || (NUMBERS.has(type) && WORDY.has(what));
  });
}

function judgeCounts(path: string, { texts, shapes, isVaried }: FieldCounts): Evidence | undefined {
  if (texts === 0) return undefined;
  for (const [at, { sensitivity, what, share }] of SHAPES.entries()) {
    const count = shapes[at] ?? 0;
    const looked = share > RARE_SHARE ? Math.min(texts, ENOUGH_TEXTS) : texts;
    if (count === 0 || count / looked < share) continue;
    if (what === 'random token' && (!isVaried || REFERENCE.test(wordsOf(path.split('.').at(-1) ?? '').join(' '))))
      continue;
    return { sensitivity, what, by: 'values' };
  }
  return undefined;
}
