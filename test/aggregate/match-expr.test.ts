import { beforeAll, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op } from 'safe-collection';

import { testServer } from '../write/support/server.ts';

interface Buyer {
  _id: string;
  name: string;
  spent: number;
  budget: number;
  city: string;
  pin: number;
}

interface Sale {
  _id: string;
  buyer: string;
  amount: number;
  city: string;
  margin: number;
}

/** `pin` is private and filterable; `city` is public, but neither filterable nor joinable. */
const buyers = defineView<Buyer>()({
  public: { _id: 1, name: 1, spent: 1, budget: 1, city: 1 },
  filterable: { pin: 1, city: 0 },
});
const sales = defineView<Sale>()({ public: { buyer: 1, amount: 1, city: 1 } });

const server = testServer();
type Stages = readonly object[];
type Loose = {
  aggregate(stages: Stages, options?: object): { toArray(): Promise<object[]> };
  pipeline(): { match(operand: object): { project(operand: object): { toArray(): Promise<object[]> } } };
  [method: string]: (...args: never[]) => unknown;
};
const open = () => createSafeDb(server.db, { buyers, sales }) as unknown as { buyers: Loose; sales: Loose };

beforeAll(async () => {
  await server.db.collection<Buyer>('buyers').insertMany([
    { _id: 'a', name: 'ada', spent: 10, budget: 5, city: 'Ulm', pin: 1 },
    { _id: 'b', name: 'bob', spent: 1, budget: 5, city: 'Bonn', pin: 2 },
  ]);
  await server.db.collection<Sale>('sales').insertMany([
    { _id: '1', buyer: 'a', amount: 4, city: 'Ulm', margin: 1 },
    { _id: '2', buyer: 'a', amount: 6, city: 'Bonn', margin: 2 },
    { _id: '3', buyer: 'b', amount: 7, city: 'Ulm', margin: 3 },
  ]);
});

const NAME = { $project: { name: 1 } };
const found = async (stages: Stages): Promise<object[]> => await open().buyers.aggregate(stages).toArray();
const stageNames = (): string[] =>
  ((server.sent.at(-1)?.command['pipeline'] ?? []) as object[]).map((stage) => Object.keys(stage)[0] ?? '');

describe('$expr in a $match', () => {
  it('compares public fields with each other', async () => {
    expect(await found([{ $match: { $expr: { $gt: ['$spent', '$budget'] } } }, NAME])).toEqual([{ name: 'ada' }]);
    expect(
      await found([{ $match: { name: op({ $ne: 'ada' }), $expr: { $lt: ['$spent', '$budget'] } } }, NAME]),
    ).toEqual([{ name: 'bob' }]);
    expect(
      await open()
        .buyers.pipeline()
        .match({ $expr: { $gt: ['$spent', '$budget'] } })
        .project({ name: 1 })
        .toArray(),
    ).toEqual([{ name: 'ada' }]);
  });

  it('runs after the view, and a $match before it on the stored documents', async () => {
    await found([{ $match: { pin: 1 } }, { $match: { $expr: { $gt: ['$spent', '$budget'] } } }, NAME]);
    expect(stageNames()).toEqual(['$match', '$project', '$addFields', '$match', '$project']);
  });

  it.each<readonly [string, Stages, string]>([
    ['a private field', [{ $match: { $expr: { $gt: ['$pin', 1] } } }, NAME], 'pipeline_path'],
    ['a private field beside it', [{ $match: { pin: 1, $expr: true } }, NAME], 'filter_path'],
    ['a private field in a later $match', [{ $match: { $expr: true } }, { $match: { pin: 1 } }, NAME], 'filter_path'],
    ['a field that is not filterable', [{ $match: { $expr: { $eq: ['$city', 'Ulm'] } } }, NAME], 'filter_path'],
    ['it by $getField', [{ $match: { $expr: { $eq: [{ $getField: 'city' }, 'Ulm'] } } }, NAME], 'filter_path'],
    ['it by $$ROOT', [{ $match: { $expr: { $eq: ['$$ROOT.city', 'Ulm'] } } }, NAME], 'filter_path'],
    ['the document with it', [{ $match: { $expr: { $gt: ['$$ROOT', { city: 'Ulm' }] } } }, NAME], 'filter_path'],
    ['$expr in $or', [{ $match: { $or: [{ $expr: true }] } }, NAME], 'filter_operator'],
    [
      '$expr in $and, after the view',
      [{ $unset: 'city' }, { $match: { $and: [{ $expr: true }] } }, NAME],
      'filter_operator',
    ],
    [
      '$function',
      [{ $match: { $expr: { $function: { body: 'x', args: [], lang: 'js' } } } }, NAME],
      'pipeline_expression',
    ],
    ['an unknown variable', [{ $match: { $expr: '$$USER_ROLES' } }, NAME], 'pipeline_expression'],
  ])('refuses %s, and sends nothing', (_, stages, code) => {
    server.forget();
    expect(() => open().buyers.aggregate(stages)).toThrow(expect.objectContaining({ code }));
    expect(server.sent).toEqual([]);
  });

  it.each(['find', 'findOne', 'exists', 'countDocuments', 'deleteMany', 'findPopulated'])(
    'is refused in the filter of %s()',
    async (method) => {
      server.forget();
      const populate = { own: { from: 'sales', localField: '_id', foreignField: 'buyer', projection: ['amount'] } };
      const options = {
        ...(method.startsWith('find') ? { projection: ['name'] } : {}),
        ...(method === 'findPopulated' ? { populate } : {}),
      };
      const { buyers: collection } = open();
      const call = async () => await collection[method]?.({ $expr: { $gt: ['$pin', 1] } } as never, options as never);
      await expect(call()).rejects.toMatchObject({ code: 'filter_operator' });
      expect(server.sent).toEqual([]);
    },
  );
});

describe('the variables of a $lookup', () => {
  const keys = { from: 'sales', localField: '_id', foreignField: 'buyer', as: 'large' };
  const above = (variables: object): Stages => [
    {
      $lookup: {
        ...keys,
        let: variables,
        pipeline: [{ $match: { $expr: { $gt: ['$amount', '$$most'] } } }, { $project: { amount: 1 } }],
      },
    },
    { $sort: { name: 1 } },
    { $project: { name: 1, large: 1 } },
  ];

  it('bring public fields into the $expr of its pipeline', async () => {
    const expected = [
      { name: 'ada', large: [{ amount: 6 }] },
      { name: 'bob', large: [{ amount: 7 }] },
    ];
    expect(await found(above({ most: '$budget' }))).toEqual(expected);
    expect(await found(above({ most: { $add: ['$budget', 0] }, spare: 1 }))).toEqual(expected);
  });

  it('can be used in a $facet of its pipeline, and after a $group', async () => {
    const match = { $match: { $expr: { $gt: ['$n', '$$most'] } } };
    const pipeline = [
      { $facet: { all: [{ $group: { _id: '$city', n: { $sum: '$amount' } } }, match, { $count: 'n' }] } },
    ];
    expect(
      await found([
        { $lookup: { ...keys, let: { most: '$budget' }, pipeline } },
        { $sort: { name: 1 } },
        { $project: { 'large.all.n': 1 } },
      ]),
    ).toEqual([{ large: [{ all: [{ n: 1 }] }] }, { large: [{ all: [{ n: 1 }] }] }]);
  });

  it('are refused outside the $expr, and in a join inside, with a sentence that says where they may be used', () => {
    server.forget();
    const inner = { $lookup: { from: 'buyers', localField: 'buyer', foreignField: '_id', as: 'again' } };
    const match = { $match: { $expr: { $gt: ['$spent', '$$most'] } } };
    for (const stage of [
      { $addFields: { over: '$$most' } },
      { $project: { over: { $gt: ['$amount', '$$most'] } } },
      { $lookup: { ...inner.$lookup, pipeline: [match] } },
    ])
      expect(() =>
        open().buyers.aggregate([
          { $lookup: { ...keys, let: { most: '$budget' }, pipeline: [stage] } },
          { $project: { name: 1 } },
        ]),
      ).toThrow('The `let` of a $lookup is only for the $expr of a $match in its own pipeline.');
    expect(server.sent).toEqual([]);
  });

  it('are refused at a field that is not joinable', () => {
    server.forget();
    for (const value of ['$city', '$$ROOT', { $concat: ['$city', ''] }]) {
      expect(() => open().buyers.aggregate(above({ most: value }))).toThrow(
        expect.objectContaining({ code: 'join_invalid' }),
      );
    }
    expect(server.sent).toEqual([]);
  });
});
