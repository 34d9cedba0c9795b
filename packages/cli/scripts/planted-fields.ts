import { createHash, randomBytes } from 'node:crypto';

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DIGITS = '0123456789';

function random(length: number, alphabet = BASE62): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const words = (at: number) => `A plain sentence about the number ${at} and what it means`;

/** A number that passes the Luhn check. */
function card(): string {
  const body = `4${random(14, DIGITS)}`;
  for (const last of DIGITS) {
    const digits = Array.from(`${body}${last}`, Number).toReversed();
    const sum = digits.reduce(
      (total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2),
      0,
    );
    if (sum % 10 === 0) return `${body}${last}`;
  }
  return body;
}

type Make = (at: number) => unknown;

/** Fields that have to be found: by name, by values with a neutral name, nested, in arrays, and rare ones. */
export const SENSITIVE: Readonly<Record<string, Make>> = {
  password_hash: () => `$2b$10$${random(53)}`,
  x1: () => `$argon2id$v=19$m=65536,t=3,p=4$${random(22)}$${random(43)}`,
  apiKey: () => random(32),
  'meta.v': () => `sk_live_${random(24)}`,
  blob: () => `eyJ${random(33)}.${random(60)}.${random(43)}`,
  reset_token: () => hex(20),
  'extra.k': () => hex(32),
  opaque: () => random(40),
  'contact.value': (at) => `person${at}@example.org`,
  email: (at) => `person${at}@example.org`,
  'profile.ssn': () =>
    `${100 + Math.floor(Math.random() * 500)}-${10 + Math.floor(Math.random() * 80)}-${1000 + Math.floor(Math.random() * 8000)}`,
  field7: () =>
    `${100 + Math.floor(Math.random() * 500)}-${10 + Math.floor(Math.random() * 80)}-${1000 + Math.floor(Math.random() * 8000)}`,
  'payments.n': card,
  numeric: () => Number(card()),
  totp_secret: () => random(32, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  internal_notes: words,
  cost_center: () => `CC-${random(4, DIGITS)}`,
  'addresses.access_code': () => random(4, DIGITS),
  pem: () => `-----BEGIN PRIVATE KEY-----\n${random(64)}`,
  dsn: () => `postgres://app:${random(12)}@db.internal/app`,
};

/** Planted in one document of a hundred. */
export const RARE = new Set(['x1', 'pem', 'meta.v']);
/** Stored in arrays of subdocuments. */
export const IN_ARRAYS = new Set(['payments', 'addresses']);

/** Fields that are not secret; some of them look like it. */
export const OPEN: Readonly<Record<string, Make>> = {
  username: (at) => `user${at}`,
  title: words,
  slug: (at) => `a-plain-sentence-about-${at}-and-more-of-it`,
  etag: () => hex(16),
  commit: () => hex(20),
  uuid: () => crypto.randomUUID(),
  ref: () => hex(12),
  publicId: () => random(21),
  orderNumber: (at) => `ORD-2024-${String(at).padStart(8, '0')}`,
  sixteen: (at) => String(4_000_000_000_000_000 + at * 10 + 1),
  passwordChangedAt: () => new Date(),
  hasPassword: (at) => at % 2 === 0,
  tokenCount: (at) => at % 1000,
  emailVerified: (at) => at % 2 === 0,
  createdAt: (at) => new Date(1_600_000_000_000 + at * 1000),
  updatedText: (at) => new Date(1_600_000_000_000 + at * 1000).toISOString(),
  url: (at) => `https://example.com/images/${hex(16)}-${at}.png`,
  price: (at) => at / 100,
  quantity: (at) => at % 10,
  status: (at) => ['open', 'paid', 'sent'][at % 3],
  'profile.bio': words,
  'profile.avatar': (at) => `/img/${at}.png`,
  'addresses.city': (at) => ['London', 'Paris', 'Turin'][at % 3],
  tags: (at) => ['red', 'green', `n${at % 7}`],
  color: () => `#${hex(3)}`,
  version: (at) => `v1.${at % 9}.0-beta.2`,
  kind: () => 'createdByImporterVersion2Final',
  checksum: () => createHash('md5').update(random(8)).digest('hex'),
};

/** Puts a value at a dotted path. */
export function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = (target[head] ??= IN_ARRAYS.has(head) ? [{}] : {}) as
    | Record<string, unknown>
    | Record<string, unknown>[];
  put(Array.isArray(inner) ? (inner[0] ?? {}) : inner, rest.join('.'), value);
}
