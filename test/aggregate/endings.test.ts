import { describe, expect, it } from 'vitest';
import { sendable } from 'safe-collection';

import { arr, lit, maybe, nul, num, obj, or, str } from './support/descriptor.ts';
import { expectShape } from './support/expect-shape.ts';
import { testWorld } from './support/test-world.ts';

const world = await testWorld();
const { orders } = world;

const groups = [{ $group: { _id: '$product', sold: { $sum: '$quantity' } } }, { $sort: { sold: -1, _id: 1 } }] as const;

describe('a pipeline ends with a stage that says what comes out', () => {
  it.for<readonly [name: string, check: () => Promise<void>]>([
    ['$group', () => expectShape(orders.aggregate([groups[0]]), obj({ _id: str, sold: num }))],
    [
      '$group by a document',
      () =>
        expectShape(
          orders.aggregate([{ $group: { _id: { p: '$product', note: '$note' }, all: { $push: '$tags' } } }]),
          obj({ _id: obj({ p: str, note: maybe(str) }), all: arr(arr(str)) }),
        ),
    ],
    ['$count', () => expectShape(orders.aggregate([{ $count: 'n' }]), obj({ n: num }))],
    [
      '$sortByCount',
      () => expectShape(orders.aggregate([{ $sortByCount: '$note' }]), obj({ _id: or(str, nul), count: num })),
    ],
    [
      '$bucket',
      () =>
        expectShape(
          orders.aggregate([{ $bucket: { groupBy: '$quantity', boundaries: [0, 3], default: 'more' } }]),
          obj({ _id: lit(0, 3, 'more'), count: num }),
        ),
    ],
    [
      '$bucketAuto',
      () =>
        expectShape(
          orders.aggregate([{ $bucketAuto: { groupBy: '$quantity', buckets: 2, output: { n: { $count: {} } } } }]),
          obj({ _id: obj({ min: num, max: num }), n: num }),
        ),
    ],
    [
      '$facet of such pipelines',
      () =>
        expectShape(
          orders.aggregate([
            { $facet: { n: [{ $count: 'n' }], top: [{ $project: { product: 1 } }, { $limit: 2 }], groups } },
          ]),
          obj({ n: arr(obj({ n: num })), top: arr(obj({ product: str })), groups: arr(obj({ _id: str, sold: num })) }),
        ),
    ],
    [
      'one of them, then sorted, cut and sampled',
      () =>
        expectShape(
          orders.aggregate([...groups, { $skip: 1 }, { $limit: 3 }, { $sample: { size: 2 } }]),
          obj({ _id: str, sold: num }),
        ),
    ],
    [
      '$project, then sorted and cut',
      () =>
        expectShape(
          orders.aggregate([{ $project: { product: 1 } }, { $sort: { product: 1 } }, { $limit: 3 }]),
          obj({ product: str }),
        ),
    ],
  ])('%s', ([, check]) => check());

  it('gives what the same pipeline with a last $project gives', async () => {
    const bare = await orders.aggregate(groups).toArray();
    expect(bare).toEqual(await orders.aggregate([...groups, { $project: { _id: 1, sold: 1 } }]).toArray());
    expect(bare[0]?.sold).toBeGreaterThan(bare.at(-1)?.sold ?? Infinity);
  });

  it('marks its results as exposed', async () => {
    const [first] = await orders.aggregate(groups).toArray();
    expect(sendable(first ?? null)).toEqual(first);
    expect(() => sendable({ ...first } as never)).toThrow(expect.objectContaining({ code: 'not_sendable' }));
    const built = await orders.pipeline().group(groups[0].$group).sort(groups[1].$sort).next();
    expect(sendable(built)).toEqual(first);
  });
});

describe('an object over a branch', () => {
  it.for<readonly [name: string, check: () => Promise<void>]>([
    [
      'brings in its fields, in $project',
      () =>
        expectShape(
          orders.aggregate([{ $project: { ship: { city: 1 }, items: { sku: true } } }]),
          obj({ ship: maybe(obj({ city: str })), items: arr(obj({ sku: str })) }),
        ),
    ],
    [
      'makes fields beside them, and a document where none is',
      () =>
        expectShape(
          orders.aggregate([{ $project: { ship: { city: 1, of: '$product' } } }]),
          obj({ ship: or(obj({ city: str, of: str }), obj({ of: str })) }),
        ),
    ],
    [
      'sets fields in it, in each element of an array',
      () =>
        expectShape(
          orders.aggregate([
            { $set: { ship: { of: '$product', by: { n: '$quantity' } }, items: { of: '$product' } } },
            { $project: { ship: { city: 1, of: 1, by: 1 }, items: 1 } },
          ]),
          obj({
            ship: or(obj({ city: str, of: str, by: obj({ n: num }) }), obj({ of: str, by: obj({ n: num }) })),
            items: arr(obj({ sku: str, n: num, of: str })),
          }),
        ),
    ],
  ])('%s', ([, check]) => check());

  it('keeps what is private out', async () => {
    const shipped = await orders.aggregate([{ $set: { ship: { of: 'x' } } }, { $project: { ship: 1 } }]).toArray();
    expect(JSON.stringify(shipped)).not.toContain('driver');
    expect(JSON.stringify(world.pipelines)).not.toContain('driver');
  });
});
