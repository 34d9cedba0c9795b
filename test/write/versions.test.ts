import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted, VersionConflictError } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS, type UpdateCall } from './support/update-calls.ts';

interface Account {
  name: string;
  balance: number;
  rev: number;
  owner?: string;
}

const accountView = defineView<Account>()({
  public: { name: 1, balance: 1, rev: 1 },
  writable: { name: 1, balance: 1 },
  version: 'rev',
});

const server = testServer();
let accounts: Loose;
const raw = () => server.db.collection<Account>('accounts');

beforeEach(async () => {
  await raw().deleteMany({});
  accounts = loose(new SafeCollection(raw(), accountView));
  await accounts.insertOne({ name: 'ada', balance: 0 });
  server.forget();
});

describe('200 writers at once on one document', () => {
  it('lose no update: each tries again after a conflict', async () => {
    let conflicts = 0;
    const write = async (): Promise<void> => {
      for (;;) {
        const read = (await accounts.findOne({ name: 'ada' }, { projection: ['balance', 'rev'] })) as {
          balance: number;
          rev: number;
        };
        try {
          await accounts.updateOne({ name: 'ada' }, { $set: { balance: read.balance + 1 } }, { version: read.rev });
          return;
        } catch (error) {
          if (!(error instanceof VersionConflictError)) throw error;
          conflicts += 1;
          // Else each of the others has to try again after each success.
          await new Promise((resolve) => {
            setTimeout(resolve, Math.random() * 100);
          });
        }
      }
    };
    await Promise.all(Array.from({ length: 200 }, write));
    expect(await raw().findOne({})).toMatchObject({ balance: 200, rev: 201 });
    expect(conflicts).toBeGreaterThan(0);
  }, 60_000);

  it('lose updates through the raw driver', async () => {
    const write = async (): Promise<void> => {
      const read = await raw().findOne({ name: 'ada' });
      await raw().updateOne({ name: 'ada' }, { $set: { balance: (read?.balance ?? 0) + 1 } });
    };
    await Promise.all(Array.from({ length: 200 }, write));
    expect((await raw().findOne({}))?.balance).toBeLessThan(200);
  });
});

const CALLS: Readonly<Record<string, (filter: object, options: object) => Promise<unknown>>> = {
  updateOne: (filter, options) => accounts.updateOne(filter, { $set: { balance: 9 } }, options),
  deleteOne: (filter, options) => accounts.deleteOne(filter, options),
  findOneAndUpdate: (filter, options) =>
    accounts.findOneAndUpdate(filter, { $set: { balance: 9 } }, { projection: ['name'], ...options }),
  findOneAndDelete: (filter, options) => accounts.findOneAndDelete(filter, { projection: ['name'], ...options }),
};

describe.each(Object.entries(CALLS))('%s that demands a version', (_, call) => {
  it('is done if the document has it', async () => {
    const answer = await call({ name: 'ada' }, { version: 1 });
    expect(answer).not.toBeNull();
    expect(await raw().countDocuments({ balance: 0 })).toBe(0);
  });

  it('distinguishes another version from no match', async () => {
    const conflict: unknown = await call({ name: 'ada' }, { version: 7 }).catch((error: unknown) => error);
    expect(conflict).toBeInstanceOf(VersionConflictError);
    expect(conflict).toMatchObject({ code: 'version_conflict', view: 'accounts' });
    expect(JSON.stringify(conflict)).not.toMatch(/\d/);
    const nothing = await call({ name: 'nobody' }, { version: 1 });
    expect([
      null,
      expect.objectContaining({ matchedCount: 0 }),
      expect.objectContaining({ deletedCount: 0 }),
    ]).toContainEqual(nothing);
    expect(await raw().findOne({})).toMatchObject({ balance: 0, rev: 1 });
  });

  it("reports no conflict if the program's condition does not match", async () => {
    const demand = trusted({ filter: { owner: 'somebody' } });
    await expect(call({ name: 'ada' }, { version: 7, trusted: demand })).resolves.toBeDefined();
  });

  it.each([1.5, '1', NaN, null, { $gte: 0 }, op({ $gte: 0 }), 2 ** 53, true])(
    'refuses the version %o, and sends nothing',
    async (version) => {
      await expect(call({ name: 'ada' }, { version })).rejects.toMatchObject({
        name: 'RefusedCallError',
        path: 'version',
      });
      expect(server.sent).toEqual([]);
    },
  );

  it('looks for the other version on the primary, regardless of the read preference', async () => {
    const elsewhere = server.db.collection<Account>('accounts', { readPreference: 'secondaryPreferred' });
    const held = loose(new SafeCollection(elsewhere, accountView));
    await expect(held.updateOne({ name: 'ada' }, { $set: { balance: 1 } }, { version: 7 })).rejects.toBeInstanceOf(
      VersionConflictError,
    );
    const find = server.sent.find(({ commandName }) => commandName === 'find');
    expect(find?.command['$readPreference']?.mode ?? 'primary').toBe('primary');
  });
});

describe('the version of a view', () => {
  it('is incremented with every update', async () => {
    await accounts.updateOne({ name: 'ada' }, { $set: { balance: 1 } });
    await accounts.updateMany({ name: 'ada' }, { $set: { balance: 1 } });
    await accounts.findOneAndUpdate({ name: 'ada' }, { $set: { balance: 1 } }, { projection: ['name'] });
    await accounts.bulkWrite([{ updateOne: { filter: { name: 'ada' }, update: { $inc: { balance: 1 } } } }]);
    expect(await raw().findOne({})).toMatchObject({ rev: 5 });
  });

  it('begins with 1, by an upsert too', async () => {
    await accounts.updateOne({ name: 'new' }, { $set: { balance: 1 } }, { upsert: true });
    expect(await raw().findOne({ name: 'new' })).toMatchObject({ rev: 1 });
  });

  it('begins with 1, whatever versions the filter of an upsert takes', async () => {
    const filters = [op({ $gt: 3 }), op({ $in: [7, 8] }), op({ $ne: 7 }), op({ $exists: false })];
    for (const [index, rev] of filters.entries()) {
      const name = `new-${index}`;
      const demand = trusted({ filter: { rev } });
      await accounts.updateOne({ name }, { $set: { balance: 1 } }, { upsert: true, trusted: demand });
      expect(await raw().findOne({ name })).toMatchObject({ rev: 1 });
    }
  });

  it.each<readonly [string, () => Promise<unknown>]>([
    ['in a document', () => accounts.insertOne({ name: 'x', balance: 1, rev: 5 })],
    [
      'in the set of the program',
      () => accounts.insertOne({ name: 'x', balance: 1 }, { trusted: trusted({ set: { rev: 5 } }) }),
    ],
    ['in an update', () => accounts.updateOne({ name: 'ada' }, { $set: { rev: 5 } })],
    [
      'in the update of the program',
      () =>
        accounts.updateOne(
          { name: 'ada' },
          { $set: { balance: 1 } },
          { trusted: trusted({ update: { $set: { rev: 5 } } }) },
        ),
    ],
    [
      'below it',
      () => accounts.updateOne({ name: 'ada' }, {}, { trusted: trusted({ update: { $set: { 'rev.x': 5 } } }) }),
    ],
    [
      'by an upsert that matches it',
      () => accounts.updateOne({ name: 'new', rev: 5 }, { $set: { balance: 1 } }, { upsert: true }),
    ],
    [
      'demanded by an upsert',
      () => accounts.updateOne({ name: 'new' }, { $set: { balance: 1 } }, { upsert: true, version: 1 }),
    ],
    ['demanded of many', () => accounts.updateMany({ name: 'ada' }, { $set: { balance: 1 } }, { version: 1 })],
    ['alone', () => accounts.updateOne({ name: 'ada' }, { $set: {} })],
    ['with nothing', () => accounts.updateOne({ name: 'ada' }, {})],
  ])('is not written %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});

/** Filters of which an upsert copies the version. */
const COPYING: Readonly<Record<string, object>> = {
  'an equality': { rev: 7 },
  null: { rev: null },
  '$in of the same twice': { rev: op({ $in: [7, 7] }) },
  'an equality in $and': { $and: [{ $or: [{ rev: op({ $eq: 7 }) }] }] },
  'an equality below it': { 'rev.x': 7 },
};

const UPSERTS: Readonly<Record<string, UpdateCall>> = {
  ...UPDATE_CALLS,
  replaceOne: (target, filter, { $set }: { $set?: object }, options) => target.replaceOne(filter, $set, options),
  findOneAndReplace: (target, filter, { $set }: { $set?: object }, options) =>
    target.findOneAndReplace(filter, $set, { projection: ['name'], ...options }),
  'bulkWrite of replaceOne': (target, filter, { $set }: { $set?: object }, options) =>
    target.bulkWrite([{ replaceOne: { filter, replacement: $set, ...options } }]),
};

describe.each(Object.entries(UPSERTS))('an upsert by %s', (name, call) => {
  const projection = name.startsWith('findOneAnd') ? { projection: ['name'] } : {};
  const upsert = (filter: object, options: object = {}) =>
    call(accounts, filter, { $set: { name: 'new', balance: 1 } }, { ...projection, ...options, upsert: true });

  it.each(Object.entries(COPYING))("copies no version from the program's filter: %s", async (_, filter) => {
    const refusal = { code: 'write_conflict', path: 'rev' };
    await expect((async () => await upsert(trusted(filter as { rev: number })))()).rejects.toMatchObject(refusal);
    const demand = { trusted: trusted({ filter }) };
    await expect((async () => await upsert({ balance: op({ $gt: 5 }) }, demand))()).rejects.toMatchObject(refusal);
    expect(server.sent).toEqual([]);
  });
});
