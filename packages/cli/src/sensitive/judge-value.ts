import { isLuhn } from './luhn.ts';
import type { Sensitivity } from './sensitivity.ts';
import { isRandom } from './randomness.ts';

export interface ValueShape {
  readonly sensitivity: Sensitivity;
  readonly what: string;
  /** The share of a field's values that need the shape: low for a distinctive shape, high if it may be chance. */
  readonly share: number;
  readonly matches: (text: string) => boolean;
}

const PASSWORD_HASH =
  /^(?:\$2[abxy]?\$\d\d\$[./A-Za-z\d]{53}|\$argon2(?:id|i|d)\$.+|\$scrypt\$.+|scrypt[:$].{20,}|\$[156]\$(?:rounds=\d+\$)?[^$]{1,16}\$.{20,}|\$?pbkdf2[-_:$].{20,}|\{S?SHA\d*\}.{20,})$/;
const JWT = /^eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*$/;
const KEY =
  /^(?:(?:sk|rk)_(?:live|test)_\w{10,}|whsec_\w{10,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[abeoprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z\d]{16}|AIza[\w-]{35}|SG\.[\w-]{10,}\.[\w-]{10,}|glpat-[\w-]{20,}|npm_\w{36}|shp(?:at|ss|ca)_[\da-f]{32}|ya29\.[\w-]{20,}|dop_v1_[\da-f]{64}|sk-(?:proj-|ant-)?[\w-]{20,}|key-[\da-f]{32}|EAA[A-Za-z\d]{30,}|sq0\w{3}-[\w-]{20,})$/;
const PEM = /^-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const CONNECTION = /^[a-z][a-z\d+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/;
const SSN = /^(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/;
const NINO = /^[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/;
const MAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[a-z\d-]{2,}$/i;
const PHONE = /^\+\d[\d\s().-]{6,18}\d$/;
const IBAN = /^[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?$/;

/** A shape with a share up to this one is looked for in all values. */
export const RARE_SHARE = 0.1;
/** For a shape that most values need, so many texts are enough. */
export const ENOUGH_TEXTS = 300;

/** The shapes of sensitive values. Texts are inspected but not stored. */
export const SHAPES: readonly ValueShape[] = [
  { sensitivity: 'secret', what: 'password hash', share: 0.02, matches: (text) => PASSWORD_HASH.test(text) },
  { sensitivity: 'secret', what: 'JSON web token', share: 0.02, matches: (text) => JWT.test(text) },
  { sensitivity: 'secret', what: 'API key', share: 0.02, matches: (text) => KEY.test(text) },
  { sensitivity: 'secret', what: 'private key', share: 0.02, matches: (text) => PEM.test(text) },
  {
    sensitivity: 'secret',
    what: 'connection string with a password',
    share: 0.02,
    matches: (text) => CONNECTION.test(text),
  },
  {
    sensitivity: 'personal',
    what: 'social security number',
    share: 0.5,
    matches: (text) => SSN.test(text) || NINO.test(text),
  },
  { sensitivity: 'personal', what: 'card number', share: 0.6, matches: isCard },
  { sensitivity: 'personal', what: 'bank account', share: 0.6, matches: isIban },
  { sensitivity: 'personal', what: 'mail address', share: 0.5, matches: (text) => MAIL.test(text) },
  { sensitivity: 'personal', what: 'telephone number', share: 0.8, matches: (text) => PHONE.test(text) },
  { sensitivity: 'secret', what: 'random token', share: 0.8, matches: isRandom },
];

/** Whether a text is a card number. One in ten random numbers passes the Luhn check, so the share above is high. */
function isCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  return /^[3-6]\d{12,18}$/.test(digits) && isLuhn(digits);
}

/** The ISO 7064 check of an IBAN, in pieces that fit into a number. */
function isIban(text: string): boolean {
  if (!IBAN.test(text)) return false;
  const moved = text.replaceAll(' ', '').replace(/^(.{4})(.*)$/, '$2$1');
  let rest = 0;
  for (const letter of moved) rest = Number(`${rest}${Number.parseInt(letter, 36)}`) % 97;
  return rest === 1;
}
