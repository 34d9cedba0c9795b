import { expect, it } from 'vitest';

import { FieldStatisticsBuilder } from '../../src/database/field-statistics.ts';
import { segmentOf } from '../../src/database/map-keys.ts';

function pathsOf(documents: readonly object[]): readonly string[] {
  const builder = new FieldStatisticsBuilder();
  for (const document of documents) builder.add(document);
  return builder.fields().map(({ path }) => path);
}

const NAMES = ['ada', 'bob', 'cleo', 'dan', 'eve', 'finn', 'gus', 'hal', 'ida', 'jo', 'kim', 'lou'];

it.each([
  '42',
  '2024-01-31',
  '507f1f77bcf86cd799439011',
  'ada@example.org',
  'ada%example.org',
  '+44 20 7946 0958',
  'Ada Lovelace',
  'https://example.org',
  '192.168.0.1',
  'fe80::1',
  'user_1234567',
  'V1StGXR8Z5jdHi6Bmy7TQ3k',
  'a\u001b[31mred',
  '',
])('the key %j is data', (key) => {
  expect(segmentOf(key)).toBe('*');
});

it.each(['password_hash', 'apiKey', 'address1', '_id', 'x-request-id', 'größe', 'createdAt', '$ref', 'v2'])(
  'the key %j is a name',
  (key) => {
    expect(segmentOf(key)).toBe(key);
  },
);

it('the keys of a map by user names are not kept, at any depth and in arrays', () => {
  const documents = NAMES.map((name, at) => ({
    scores: { [name]: at, [NAMES[(at + 1) % NAMES.length] ?? '']: 1 },
    rooms: [{ members: { [name]: { role: 'a', api_key: 'x' } } }],
  }));
  expect(pathsOf(documents)).toEqual([
    'rooms',
    'rooms.members',
    'rooms.members.*',
    'rooms.members.*.api_key',
    'rooms.members.*.role',
    'scores',
    'scores.*',
  ]);
});

it('a key that comes after the map was recognised is not kept either', () => {
  const documents = Array.from({ length: 400 }, (_, at) => ({
    by: { [`name${'abcdefghij'.repeat(3).slice(0, at % 30)}x${at}`]: at },
  }));
  expect(pathsOf(documents)).toEqual(['by', 'by.*']);
});

it('one key that is data by its form is enough, if the others are as rare', () => {
  const documents = Array.from({ length: 20 }, (_, at) => ({ votes: { [at < 3 ? 'ada' : `p${at}@example.org`]: 1 } }));
  expect(pathsOf(documents)).toEqual(['votes', 'votes.*']);
});

it('a map of more keys than paths are kept does not push out other fields', () => {
  const documents = Array.from({ length: 6000 }, (_, at) => ({
    by: { [`n${at.toString(36)}q`]: 1 },
    late: at > 5000 ? 1 : 2,
    [at > 5990 ? 'rare' : 'late']: 1,
  }));
  expect(pathsOf(documents)).toEqual(['by', 'by.*', 'late', 'rare']);
});

it('optional fields keep their names', () => {
  const links = ['twitter', 'github', 'mastodon', 'web'];
  expect(pathsOf(links.map((link) => ({ links: { [link]: 'x' } })))).toEqual([
    'links',
    ...links.map((link) => `links.${link}`).toSorted(),
  ]);
  const kinds = [1, 'a', true, new Date(), [1], null, 2.5, { a: 1 }, 3n];
  expect(pathsOf(kinds.map((value, at) => ({ event: { [`field_${'abcdefghi'[at]}`]: value } })))).toHaveLength(11);
});

it('a key of a map whose name is sensitive is kept', () => {
  expect(pathsOf(NAMES.map((name) => ({ keys: { [name]: 'x', stripe_secret_key: 'y' } })))).toEqual([
    'keys',
    'keys.*',
    'keys.stripe_secret_key',
  ]);
});
