import { BSONRegExp } from 'mongodb';
import { defineView, SafeCollection, subtree } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { beforeAll, describe, expect, it } from 'vitest';

import { testServer } from '../write/support/server.ts';

interface Rule {
  name: string;
  pattern: unknown;
  open: Record<string, unknown>;
}

const server = testServer();
const view = defineView<Rule>()({
  public: { name: 1, pattern: 1, open: subtree },
  writable: { name: 1 },
  arrays: { pattern: [0, 1] },
} as never) as never;
const raw = (options = {}) => server.db.collection<Rule>('rules', options);

/** The methods, with types that are of no interest here. */
interface Loose {
  find(...args: readonly unknown[]): { toArray(): Promise<{ pattern: unknown; open: { deep: unknown[] } }[]> };
  aggregate(...args: readonly unknown[]): { toArray(): Promise<{ pattern: unknown }[]> };
  findOne(...args: readonly unknown[]): Promise<{ pattern: unknown; open: { deep: unknown[] } }>;
  findOneAndUpdate(...args: readonly unknown[]): Promise<{ pattern: unknown }>;
  distinct(...args: readonly unknown[]): Promise<unknown[]>;
}
const rules = (options = {}) => new SafeCollection(raw(options) as never, view) as unknown as Loose;
const ODD = new BSONRegExp('(?#c)[[:alpha:]', 'x');
const PLAIN = new BSONRegExp('^a', 'i');

beforeAll(async () => {
  await raw().insertMany([
    { name: 'odd', pattern: ODD, open: { deep: [{ r: ODD }, ODD, PLAIN] } },
    { name: 'plain', pattern: PLAIN, open: { deep: [] } },
    { name: 'list', pattern: [ODD, PLAIN], open: { deep: [] } },
  ] as never);
});

describe('a stored regular expression that JavaScript rejects comes as BSONRegExp, and others as they did, by', () => {
  it('find() and findOne(), below a subtree too', async () => {
    const [odd, plain, list] = await rules()
      .find({}, { projection: ['pattern', 'open'], sort: { name: -1 } })
      .toArray()
      .then((all) => [all[1], all[0], all[2]]);
    expect([odd?.pattern, plain?.pattern, list?.pattern]).toEqual([ODD, /^a/i, [ODD, /^a/i]]);
    expect(odd?.open.deep).toEqual([{ r: ODD }, ODD, /^a/i]);
    expect((await rules().findOne({ name: 'odd' }, { projection: ['pattern'] })).pattern).toBeInstanceOf(BSONRegExp);
  });

  it('aggregate() and findOneAndUpdate()', async () => {
    expect(
      (
        await rules()
          .aggregate([{ $match: { name: 'odd' } }, { $project: { pattern: 1 } }])
          .toArray()
      )[0]?.pattern,
    ).toEqual(ODD);
    expect(
      (await rules().findOneAndUpdate({ name: 'odd' }, { $set: { name: 'odd' } }, { projection: ['pattern'] })).pattern,
    ).toEqual(ODD);
  });

  it('distinct()', async () => {
    expect(await rules().distinct('pattern', { name: 'odd' })).toEqual([ODD]);
    expect(await rules().distinct('pattern', { name: 'plain' })).toEqual([/^a/i]);
    expect(await rules().distinct('open', { name: 'odd' })).toEqual([{ deep: [{ r: ODD }, ODD, /^a/i] }]);
  });

  it('a privileged read', async () => {
    const logins = new PrivilegedCollection(raw() as never, view, { reason: 'test' }) as unknown as Loose;
    expect((await logins.findOne({ name: 'odd' }, { projection: ['pattern'] })).pattern).toEqual(ODD);
    expect(await logins.distinct('pattern', { name: 'odd' })).toEqual([ODD]);
  });
});

it('a duplicate key that is a regular expression is reported like any other', async () => {
  await raw().createIndex({ name: 1, 'open.key': 1 }, { unique: true });
  await raw().insertOne({ name: 'twice', pattern: 1, open: { key: ODD } });
  await raw().insertOne({ name: 'once', pattern: 1, open: { key: ODD } });
  const renamed = new SafeCollection(raw() as never, view) as unknown as {
    updateOne(...args: readonly unknown[]): Promise<unknown>;
  };
  await expect(renamed.updateOne({ name: 'once' }, { $set: { name: 'twice' } })).rejects.toMatchObject({
    code: 'duplicate_key',
  });
});

it('a collection that is set to bsonRegExp gets BSONRegExp for all', async () => {
  expect((await rules({ bsonRegExp: true }).findOne({ name: 'plain' }, { projection: ['pattern'] })).pattern).toEqual(
    PLAIN,
  );
  expect(await rules({ bsonRegExp: true }).distinct('pattern', { name: 'plain' })).toEqual([PLAIN]);
});
