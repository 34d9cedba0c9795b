import type { Evidence, Sensitivity } from './sensitivity.ts';
import { wordsOf } from './words.ts';

type Rule = readonly [sensitivity: Sensitivity, what: string, pattern: RegExp];

/** Matched against the words of one segment, joined by spaces. The first match counts. */
const RULES: readonly Rule[] = [
  ['secret', 'password', /\b(?:password|passwords|passwd|pwd|passphrase|passcode|pass hash|pw hash|hashed pw)\b/],
  ['secret', 'hash', /^(?:hash|hashed|digest)$|\b(?:auth|token|key|pin|answer) (?:hash|digest)\b/],
  ['secret', 'salt', /^salt$|\b(?:salt|pepper)\b(?! (?:content|level|water))/],
  [
    'secret',
    'secret',
    /\b(?:secret|secrets|credential|credentials|private key|signing key|encryption key|master key|secret key|webhook key|ssh key|private pem)\b/,
  ],
  ['secret', 'API key', /\b(?:api key|apikey|api keys|access key|auth key|service key|license key|client key)\b/],
  ['secret', 'token', /\b(?:token|tokens|jwt|bearer|oauth|cookie|cookies|session key|csrf|nonce)\b/],
  [
    'secret',
    'one-time code',
    /\b(?:otp|totp|mfa|2fa|two factor|recovery code|recovery codes|backup code|backup codes|verification code|reset code|access code|pin code|security code|activation code|security answer|security answers|door code|gate code)\b|^pin$/,
  ],
  ['secret', 'sessions', /^(?:session|sessions|session id|session ids|sid)$/],
  [
    'personal',
    'social security number',
    /\b(?:ssn|social security|sin number|nino|national insurance|national id|tax id|tax number|personal number|id number|identity number|cpf|insee)\b/,
  ],
  [
    'personal',
    'passport or licence',
    /\b(?:passport|passport number|driver license|drivers license|driving licence|licence number|license number)\b/,
  ],
  ['personal', 'card number', /\b(?:card number|credit card|creditcard|card num|cvv|cvc|cvv2|cc number|debit card)$/],
  ['personal', 'bank account', /\b(?:iban|account number|routing number|sort code|bank account|bic)\b/],
  ['personal', 'mail address', /\b(?:email|e mail|mail|emails)$|\bemail address\b/],
  ['personal', 'telephone number', /\b(?:phone|telephone|mobile|phone number|mobile number)$/],
  ['personal', 'date of birth', /\b(?:dob|birth date|birthdate|birthday|date of birth|born on)\b/],
  ['personal', 'home address', /^(?:street|street address|address line|home address)$/],
  [
    'personal',
    'health',
    /^medical$|\bmedical (?:records?|history|conditions?|notes?|data|info|file|number)\b|\b(?:diagnosis|diagnoses|blood type|prescription|allergies)\b/,
  ],
  ['personal', 'salary', /\b(?:salary|wage|income|net worth)\b/],
  [
    'internal',
    'internal',
    /\b(?:internal|confidential|private (?:notes?|comments?|data|info)|admin notes|staff notes|moderator notes|risk score|fraud score|credit score|cost center|cost price)\b/,
  ],
];

/** Words of fields that are only about a secret: `passwordChangedAt`, `tokenCount`, `hasPassword`. */
const ABOUT =
  /^(?:is|has|accepts|accept|show|send|with|without|no|needs|must|can|allow|allows|require|requires|enable|num|max|min|total|use|uses|used)\b|\b(?:at|on|date|count|counts|expires|expiry|expiration|expired|ttl|enabled|disabled|required|type|length|policy|strength|version|verified|confirmed|attempts|attempt|failures|status|limit|usage|used|name|label|provider|algorithm|algo|rounds|url|uri|template|subject|id|ids|domain|brand|preference|preferences|opt in|issuer|last4|last 4|last four)$/;

/** Things that have public hashes. */
const PUBLIC_HASH =
  /\b(?:content|file|image|block|commit|git|tx|transaction|asset|data|page|build|schema|body|public|perceptual|geo)\b/;

/** What a field named `hash` alone is the secret of. In other collections it is a checksum of their content. */
const HOLDERS =
  /\b(?:accounts?|admins?|auth|authentications?|credentials?|customers?|identit(?:y|ies)|keys?|logins?|members?|passwords?|people|persons?|pins?|resets?|secrets?|sessions?|staff|tokens?|users?|verifications?)\b/;

/** Pieces of a text that a model writes (`updates.token`), and words of an index. */
const TEXT_TOKEN =
  /\b(?:search|text|word|query|index|prompt|completion|input|output|stop|special|design|ngram) tokens?$|^(?:updates?|chunks?|deltas?|events?|streams?) tokens?$/;

/** Whether a field is sensitive, by its name and, if it is known, the name of its collection. */
export function judgeName(path: string, collection?: string): Evidence | undefined {
  const segments = path.split('.').filter((segment) => segment !== '*');
  for (const [at, segment] of [...segments.entries()].toReversed()) {
    const evidence = judgeSegment(segment);
    const above = [collection ?? 'users', ...segments.slice(0, at)];
    if (evidence !== undefined) return isContent(segment, above, evidence) ? undefined : evidence;
    // A field that is only about a secret is not sensitive because of its branch.
    if (ABOUT.test(wordsOf(segment).join(' '))) return undefined;
  }
  return undefined;
}

function isContent(segment: string, above: readonly string[], { what }: Evidence): boolean {
  const name = wordsOf(segment).join(' ');
  if (what === 'hash')
    return /^(?:hash|digest)$/.test(name) && !above.some((one) => HOLDERS.test(wordsOf(one).join(' ')));
  const parent = above.length > 1 ? wordsOf(above.at(-1) ?? '').join(' ') : '';
  return what === 'token' && (TEXT_TOKEN.test(name) || TEXT_TOKEN.test(`${parent} ${name}`));
}

function judgeSegment(segment: string): Evidence | undefined {
  const name = wordsOf(segment).join(' ');
  const found = RULES.find(([, , pattern]) => pattern.test(name));
  if (found === undefined) return undefined;
  const [sensitivity, what] = found;
  if (isAbout(name)) return undefined;
  if (what === 'hash' && PUBLIC_HASH.test(name)) return undefined;
  return { sensitivity, what, by: 'name' };
}

/** Whether a name is only about a secret. `national id` and `session id` are exceptions, although they end in such a word. */
function isAbout(name: string): boolean {
  return ABOUT.test(name) && !/\b(?:national|tax|session|sessions) ids?$/.test(name);
}
