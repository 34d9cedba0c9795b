import { createHash, randomBytes } from 'node:crypto';

import { expect, it } from 'vitest';

import { FieldStatisticsBuilder } from '../../src/database/field-statistics.ts';
import { judgeField } from '../../src/sensitive/judge-field.ts';
import { judgeName } from '../../src/sensitive/judge-name.ts';

const SECRET_NAMES = [
  'password',
  'passwordHash',
  'password_hash',
  'hashed_password',
  'user.pwd',
  'api_key',
  'apiKey',
  'auth.apiKeys',
  'secret',
  'totp_secret',
  'clientSecret',
  'private_key',
  'accessToken',
  'refresh_token',
  'resetToken',
  'services.google.oauth',
  'salt',
  'mfa.recoveryCodes',
  'session.token',
  'sessionId',
  'addresses.access_code',
  'pin',
  'creditCardNumber',
  'card.cvv',
  'ssn',
  'socialSecurityNumber',
  'passport_number',
  'iban',
  'email',
  'contact.e_mail',
  'emailAddress',
  'phoneNumber',
  'dateOfBirth',
  'salary',
  'internal_notes',
  'internalRole',
  'cost_center',
  'nationalId',
];
const OPEN_NAMES = [
  'username',
  'passwordChangedAt',
  'hasPassword',
  'is_password_set',
  'tokenCount',
  'tokenExpiresAt',
  'emailVerified',
  'pinned',
  'cardinality',
  'author',
  'authority',
  'hashtags',
  'contentHash',
  'file_hash',
  'title',
  'secretary',
  'compass',
  'keyboard',
  'monkey',
  'spinner',
  'passenger',
  'compassion',
  'email_count',
  'phoneType',
  'tokenizer',
  'saltwater',
  'description',
  'keywords',
  'apiVersion',
  'passwordPolicy.minLength',
];

it.each(SECRET_NAMES)('%s is sensitive by its name', (name) => {
  expect(judgeName(name)).toMatchObject({ by: 'name' });
});

it.each(OPEN_NAMES)('%s is not', (name) => {
  expect(judgeName(name)).toBeUndefined();
});

/** The judgement of a field `x1` with values made by a function. */
function judged(make: (at: number) => unknown, path = 'x1') {
  const builder = new FieldStatisticsBuilder();
  for (let at = 0; at < 200; at += 1) builder.add({ [path]: make(at) });
  return judgeField(path, builder.fields()[0])?.what;
}

const random = (length: number, alphabet: string) =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const hex = (at: number, kind = 'sha256') => createHash(kind).update(String(at)).digest('hex');

function withLuhn(at: number): string {
  const body = `4${String(100_000_000_000_00 + at * 7919).slice(0, 14)}`;
  for (let last = 0; last < 10; last += 1) {
    const digits = `${body}${last}`;
    let sum = 0;
    for (let index = 0; index < 16; index += 1) {
      const digit = Number(digits[15 - index]);
      sum += index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    }
    if (sum % 10 === 0) return digits;
  }
  return body;
}

it.each<[string, string, (at: number) => unknown]>([
  ['password hash', 'bcrypt', () => `$2b$10$${random(53, BASE62)}`],
  ['password hash', 'argon2', () => `$argon2id$v=19$m=65536,t=3,p=4$${random(22, BASE62)}$${random(43, BASE62)}`],
  ['password hash', 'a few of many', (at) => (at % 20 === 0 ? `$2b$10$${random(53, BASE62)}` : 'none')],
  ['JSON web token', 'JWT', () => `eyJ${random(30, BASE62)}.${random(60, BASE62)}.${random(43, BASE62)}`],
  ['API key', 'a payment key', () => `sk_live_${random(24, BASE62)}`],
  ['API key', 'a cloud key', () => `AKIA${random(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`],
  ['private key', 'PEM', () => '-----BEGIN RSA PRIVATE KEY-----\nabc'],
  ['connection string with a password', 'a URL', () => 'postgres://app:pw@db/app'],
  ['social security number', 'SSN', (at) => `123-45-${String(1000 + at)}`],
  ['card number', 'a card', withLuhn],
  ['card number', 'a card as a number', (at) => Number(withLuhn(at))],
  ['mail address', 'mail', (at) => `user${at}@example.com`],
  ['random token', 'base62', () => random(32, BASE62)],
  ['random token', 'hex', (at) => hex(at)],
  ['random token', 'base64', () => randomBytes(32).toString('base64')],
])('%s: %s', (what, _name, make) => {
  expect(judged(make)).toBe(what);
});

it.each<[string, (at: number) => unknown, string?]>([
  ['words', (at) => `The quick brown fox ${at}`],
  ['a slug', (at) => `how-to-write-a-type-safe-wrapper-${at}`],
  ['an ObjectId as text', (at) => hex(at).slice(0, 24)],
  ['a UUID', () => crypto.randomUUID()],
  ['a time', (at) => new Date(at * 1e9).toISOString()],
  ['a URL', (at) => `https://example.com/a/${hex(at)}.png`],
  ['a checksum by its name', (at) => hex(at, 'md5'), 'etag'],
  ['a commit', (at) => hex(at, 'sha1'), 'commit'],
  ['a public id', () => random(21, BASE62), 'publicId'],
  ['an order number', (at) => `ORD-2024-${String(at).padStart(8, '0')}`],
  ['16 digits without a check', (at) => String(4_000_000_000_000_000 + at * 10 + 1)],
  ['milliseconds', (at) => 1_700_000_000_000 + at],
  ['a version', (at) => `v${at}.2.3-beta.4`],
  ['camelCase', (at) => `createdByImporterVersion2Final${at % 3}`],
  ['one constant', () => 'aB3dE5gH7jK9mN1pQ3sT5vW7'],
  ['a date about a secret', () => new Date(), 'passwordChanged'],
  ['a number of tokens', (at) => at, 'promptTokens'],
  ['a switch', (at) => at % 2 === 0, 'password'],
])('nothing sensitive: %s', (_name, make, path) => {
  expect(judged(make, path)).toBeUndefined();
});
