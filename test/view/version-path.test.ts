import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, SafeCollection, VersionConflictError, ViewError } from 'safe-collection';
import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Account {
  name: string;
  rev: number;
}

const server = testServer();
const define = defineView<Account>() as unknown as (spec: object) => never;

beforeEach(async () => {
  const raw = server.db.collection<Account>('accounts');
  await raw.deleteMany({});
  await raw.insertOne({ name: 'ada', rev: 9 });
});

describe('the version path of a view', () => {
  it.each([
    ['private', { public: { name: 1 }, version: 'rev' }],
    ['private, and sortable', { public: { name: 1 }, sortable: { rev: 1 }, version: 'rev' }],
    ['private, and joinable', { public: { name: 1 }, joinable: { rev: 1 }, version: 'rev' }],
  ])('is refused if it is %s', (_, spec) => {
    expect(() => define(spec)).toThrow(ViewError);
    expect(() => define(spec)).toThrow(
      expect.objectContaining({
        code: 'view_path',
        path: 'rev',
        message: expect.stringContaining('neither public nor filterable'),
      }),
    );
  });

  it.each([
    ['public', { public: { name: 1, rev: 1 }, writable: { name: 1 }, version: 'rev' }],
    [
      'public, and not filterable',
      { public: { name: 1, rev: 1 }, writable: { name: 1 }, filterable: { rev: 0 }, version: 'rev' },
    ],
    ['filterable', { public: { name: 1 }, writable: { name: 1 }, filterable: { rev: 1 }, version: 'rev' }],
  ])('may be used if it is %s', async (_, spec) => {
    const accounts = loose(new SafeCollection(server.db.collection('accounts'), define(spec)));
    await expect(accounts.updateOne({ name: 'ada' }, { $set: { name: 'eve' } }, { version: 8 })).rejects.toBeInstanceOf(
      VersionConflictError,
    );
    await expect(accounts.updateOne({ name: 'ada' }, { $set: { name: 'eve' } }, { version: 9 })).resolves.toMatchObject(
      { matchedCount: 1 },
    );
  });
});
