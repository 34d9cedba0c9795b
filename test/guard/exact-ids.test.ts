import { beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Invite {
  _id: string;
  email: string;
  uses: number;
}

interface Visit {
  invite: string;
  n: number;
}

const inviteView = defineView<Invite>()({ public: { email: 1, uses: 1 }, writable: { email: 1, uses: 1 } });
const openView = defineView<Invite>()({ public: { _id: 1, email: 1 } });
const visitView = defineView<Visit>()({ public: { invite: 1, n: 1 } });

const server = testServer();
const LOOSE = { locale: 'en', strength: 1 } as const;
const SPELLED = 'tok-9f-ea';
const P = { projection: ['email'] } as const;
const SET = { $set: { uses: 5 } } as const;

const db = () => createSafeDb(server.db, { invites: inviteView, visits: visitView });
const invites = () =>
  loose(db().invites) as ReturnType<typeof loose> &
    Record<'exists' | 'countDocuments' | 'distinct', (...args: readonly unknown[]) => Promise<unknown>> &
    Record<'findPopulated', (...args: readonly unknown[]) => { toArray(): Promise<unknown> }>;

beforeEach(async () => {
  await server.db.collection<Invite>('invites').deleteMany({});
  await server.db.collection<Visit>('visits').deleteMany({});
  await server.db.collection<Invite>('invites').insertOne({ _id: 'Tok-9f-Éa', email: 'eve@example.com', uses: 1 });
  await server.db.collection<Visit>('visits').insertOne({ invite: SPELLED, n: 1 });
  server.forget();
});

type Call = (filter: object, collation: object) => unknown;

const CALLS: Readonly<Record<string, Call>> = {
  find: (filter, collation) =>
    invites()
      .find(filter, { ...P, collation })
      .toArray(),
  findOne: (filter, collation) => invites().findOne(filter, { ...P, collation }),
  exists: (filter, collation) => invites().exists(filter, { collation }),
  countDocuments: (filter, collation) => invites().countDocuments(filter, { collation }),
  distinct: (filter, collation) => invites().distinct('email', filter, { collation }),
  aggregate: (filter, collation) =>
    invites()
      .aggregate([{ $match: filter }, { $project: { email: 1 } }], { collation })
      .toArray(),
  'a later $match of the head': (filter, collation) =>
    invites()
      .aggregate([{ $sort: { email: 1 } }, { $match: filter }, { $project: { email: 1 } }], { collation })
      .toArray(),
  pipeline: (filter, collation) =>
    db()
      .invites.pipeline({ collation } as never)
      .match(filter as never)
      .project({ email: 1 })
      .toArray(),
  findPopulated: (filter, collation) =>
    invites()
      .findPopulated(filter, { ...P, populate: {}, collation })
      .toArray(),
  'the filter of populate': (filter, collation) =>
    db()
      .visits.findPopulated({}, {
        projection: ['n'],
        populate: { who: { from: 'invites', localField: 'invite', foreignField: 'email', filter, ...P } },
        collation,
      } as never)
      .toArray(),
  'a $match of a joined pipeline': (filter, collation) =>
    db()
      .visits.aggregate(
        [
          {
            $facet: {
              all: [
                {
                  $lookup: {
                    from: 'invites',
                    localField: 'invite',
                    foreignField: 'email',
                    as: 'who',
                    pipeline: [{ $match: filter }],
                  },
                },
              ],
            },
          },
          { $project: { all: 1 } },
        ] as never,
        { collation } as never,
      )
      .toArray(),
  updateOne: (filter, collation) => invites().updateOne(filter, SET, { collation }),
  updateMany: (filter, collation) => invites().updateMany(filter, SET, { collation }),
  findOneAndUpdate: (filter, collation) => invites().findOneAndUpdate(filter, SET, { ...P, collation }),
  findOneAndDelete: (filter, collation) => invites().findOneAndDelete(filter, { ...P, collation }),
  replaceOne: (filter, collation) => invites().replaceOne(filter, { uses: 5 }, { collation }),
  findOneAndReplace: (filter, collation) => invites().findOneAndReplace(filter, { uses: 5 }, { ...P, collation }),
  deleteOne: (filter, collation) => invites().deleteOne(filter, { collation }),
  deleteMany: (filter, collation) => invites().deleteMany(filter, { collation }),
  'bulkWrite: updateOne': (filter, collation) =>
    invites().bulkWrite([{ updateOne: { filter, update: SET, collation } }]),
  'bulkWrite: updateMany': (filter, collation) =>
    invites().bulkWrite([{ updateMany: { filter, update: SET, collation } }]),
  'bulkWrite: deleteOne': (filter, collation) => invites().bulkWrite([{ deleteOne: { filter, collation } }]),
  'bulkWrite: deleteMany': (filter, collation) => invites().bulkWrite([{ deleteMany: { filter, collation } }]),
  'a bulk': (filter, collation) =>
    invites().initializeOrderedBulkOp().find(filter).collation(collation).updateOne(SET).execute(),
};

const FILTERS: Readonly<Record<string, object>> = {
  'a text': { _id: SPELLED },
  $eq: { _id: op({ $eq: SPELLED }) },
  $in: { _id: op({ $in: [1, SPELLED] }) },
  $and: { $and: [{ uses: 1 }, { _id: SPELLED }] },
  'nested in $or and $nor': { $or: [{ $nor: [{ email: 'x' }, { _id: op({ $in: [SPELLED] }) }] }, { uses: 7 }] },
};

describe.each(Object.entries(CALLS))('an _id that is not public, and a collation: %s', (_, call) => {
  it.each(Object.entries(FILTERS))('%s is refused', async (__, filter) => {
    const error: unknown = await Promise.resolve()
      .then(() => call(filter, LOOSE))
      .catch((raised: unknown) => raised);
    expect(error).toMatchObject({
      name: 'RefusedCallError',
      code: 'option_value',
      path: 'collation',
      message: expect.stringContaining('must match exactly'),
    });
    expect(server.sent).toEqual([]);
  });

  it('ids of other types, other fields and the simple collation are not', async () => {
    for (const [filter, collation] of [
      [{ _id: 7 }, LOOSE],
      [{ email: 'x' }, LOOSE],
      [{ _id: SPELLED }, { locale: 'simple' }],
    ] as const)
      await call(filter, collation);
    expect(await server.db.collection('invites').findOne()).toMatchObject({ uses: 1 });
  });
});

describe('a join by an _id that is not public, and a collation', () => {
  const toInvite = { from: 'invites', localField: 'invite', foreignField: '_id' };
  const toVisit = { from: 'visits', localField: '_id', foreignField: 'invite' };
  const options = { collation: LOOSE } as never;
  const JOINS: Readonly<Record<string, () => unknown>> = {
    'the foreign one': () =>
      db().visits.aggregate([{ $lookup: { ...toInvite, as: 'who' } }, { $project: { who: 1 } }] as never, options),
    'the foreign one, of a computed key': () =>
      db().visits.aggregate(
        [
          { $addFields: { k: { $literal: SPELLED } } },
          { $lookup: { ...toInvite, localField: 'k', as: 'who' } },
          { $project: { who: 1 } },
        ] as never,
        options,
      ),
    'the local one': () =>
      db().invites.aggregate(
        [{ $lookup: { ...toVisit, as: 'visits' } }, { $project: { visits: 1 } }] as never,
        options,
      ),
    'in a step': () =>
      db()
        .visits.pipeline(options)
        .lookup({ ...toInvite, as: 'who' } as never),
    'in $facet': () =>
      db().visits.aggregate(
        [{ $facet: { all: [{ $lookup: { ...toInvite, as: 'who' } }] } }, { $project: { all: 1 } }] as never,
        options,
      ),
    'in a join': () =>
      db().visits.aggregate(
        [
          {
            $lookup: {
              from: 'visits',
              localField: 'n',
              foreignField: 'n',
              as: 'same',
              pipeline: [{ $lookup: { ...toInvite, as: 'who' } }],
            },
          },
          { $project: { same: 1 } },
        ] as never,
        options,
      ),
    'the local one of a join': () =>
      db().visits.aggregate(
        [
          {
            $lookup: {
              from: 'invites',
              localField: 'invite',
              foreignField: 'email',
              as: 'who',
              pipeline: [{ $lookup: { ...toVisit, as: 'visits' } }],
            },
          },
          { $project: { who: 1 } },
        ] as never,
        options,
      ),
    populate: () =>
      db().visits.findPopulated({}, {
        projection: ['n'],
        populate: { who: { ...toInvite, ...P } },
        collation: LOOSE,
      } as never),
    'populate from the local one': () =>
      db().invites.findPopulated({}, {
        ...P,
        populate: { visits: { ...toVisit, projection: ['n'] } },
        collation: LOOSE,
      } as never),
  };

  it.each(Object.entries(JOINS))('%s is refused', (_, call) => {
    expect(call).toThrow(
      expect.objectContaining({
        code: 'option_value',
        path: 'collation',
        message: expect.stringContaining('a join must compare it exactly'),
      }),
    );
    expect(server.sent).toEqual([]);
  });

  it('is allowed without one, with the simple one, by other keys, and if the _id is public', async () => {
    const stages = [{ $lookup: { ...toInvite, as: 'who' } }, { $project: { who: 1 } }] as never;
    expect(await db().visits.aggregate(stages).toArray()).toEqual([{ who: [] }]);
    expect(
      await db()
        .visits.aggregate(stages, { collation: { locale: 'simple' } })
        .toArray(),
    ).toEqual([{ who: [] }]);
    const open = createSafeDb(server.db, { invites: openView, visits: visitView });
    expect(await open.visits.aggregate(stages, options).toArray()).toEqual([
      { who: [{ _id: 'Tok-9f-Éa', email: 'eve@example.com' }] },
    ]);
    const byGroup = [
      { $group: { _id: '$invite' } },
      { $lookup: { from: 'visits', localField: '_id', foreignField: 'invite', as: 'all' } },
      { $project: { n: { $size: '$all' } } },
    ] as never;
    expect(await db().visits.aggregate(byGroup, options).toArray()).toEqual([{ n: 1 }]);
  });
});

it("a collation is allowed if the _id is public, and for the program's own filter", async () => {
  const open = createSafeDb(server.db, { invites: openView }).invites;
  expect(await open.countDocuments({ _id: SPELLED }, { collation: LOOSE })).toBe(1);
  expect(
    await db().invites.countDocuments({}, { collation: LOOSE, trusted: trusted({ filter: { _id: SPELLED } }) }),
  ).toBe(1);
  const held = new PrivilegedCollection(server.db.collection<Invite>('invites'), inviteView, { reason: 'test' });
  expect(await held.countDocuments({ _id: SPELLED }, { collation: LOOSE })).toBe(1);
});
