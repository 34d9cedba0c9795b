import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, SafeCollection, trusted, ViewError } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Point {
  type: 'Point';
  coordinates: number[];
}

interface Shop {
  name: string;
  place: Point;
  pair?: [number, number];
  home?: Point;
  stops?: { at: Point }[];
  secret?: number;
}

/** `place` is not public: the view only allows to ask where it is. `home` is not declared at all. */
const shopView = defineView<Shop>()({
  public: { name: 1, 'stops.at.type': 1 },
  writable: { name: 1 },
  geo: { place: 1, pair: 1 },
  arrays: { stops: 1 },
});

const server = testServer();
const raw = () => server.db.collection<Shop>('shops');
let shops: Loose;

const point = (lng: number, lat: number): Point => ({ type: 'Point', coordinates: [lng, lat] });
const P = { projection: ['name'] };

beforeAll(async () => {
  await raw().createIndex({ place: '2dsphere' });
  await raw().createIndex({ home: '2dsphere' });
});

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany(
    [1, 2, 3].map((n) => ({ name: `s${n}`, place: point(n, n), pair: [n, n] as [number, number], home: point(n, n) })),
  );
  shops = loose(new SafeCollection(raw(), shopView));
  server.forget();
});

const ring = [[0, 0], [0, 2.5], [2.5, 2.5], [2.5, 0], [0, 0]]; // prettier-ignore
const within = { place: op({ $geoWithin: { $geometry: { type: 'Polygon', coordinates: [ring] } } } as never) };
const near = { place: op({ $near: { $geometry: point(3, 3), $maxDistance: 1e7 } } as never) };
const names = async (filter: object): Promise<unknown> =>
  ((await shops.find(filter, P).toArray()) as { name: string }[]).map(({ name }) => name);

describe('a filter by location', () => {
  it.each<readonly [string, object, readonly string[]]>([
    ['$geoWithin a polygon', within, ['s1', 's2']],
    [
      '$geoWithin many polygons',
      { place: op({ $geoWithin: { $geometry: { type: 'MultiPolygon', coordinates: [[ring]] } } } as never) },
      ['s1', 's2'],
    ],
    ['$geoWithin a sphere', { place: op({ $geoWithin: { $centerSphere: [[3, 3], 0.001] } }) }, ['s3']],
    ['$geoWithin a box', { pair: op({ $geoWithin: { $box: [[0, 0], [1.5, 1.5]] } }) }, ['s1']], // prettier-ignore
    ['$geoWithin a circle', { pair: op({ $geoWithin: { $center: [[2, 2], 0.5] } }) }, ['s2']],
    ['$geoWithin a flat polygon', { pair: op({ $geoWithin: { $polygon: [[0, 0], [0, 4], [4, 0]] } }) }, ['s1', 's2']], // prettier-ignore
    ['$geoIntersects', { place: op({ $geoIntersects: { $geometry: point(2, 2) } }) }, ['s2']],
    ['$near', near, ['s3', 's2', 's1']],
    [
      '$nearSphere with distances',
      { place: op({ $nearSphere: { $geometry: point(3, 3), $minDistance: 1000, $maxDistance: 200_000 } }) },
      ['s2'],
    ],
    ['$near in $and', { $and: [{ $and: [near] }, { name: op({ $ne: 's3' }) }] }, ['s2', 's1']],
    ['$geoWithin in $nor', { $nor: [within] }, ['s3']],
    ['$geoWithin in $or', { $or: [within, { name: 's3' }] }, ['s1', 's2', 's3']],
  ])('%s', async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it('works in the other methods', async () => {
    expect(await shops.countDocuments(within)).toBe(2);
    expect(await shops.exists(near)).toBe(true);
    expect(await shops.distinct('name', near)).toEqual(['s1', 's2', 's3']);
    expect(await shops.findOne(near, P)).toEqual({ name: 's3' });
    expect(await shops.aggregate([{ $match: within }, { $group: { _id: null, n: { $sum: 1 } } }]).toArray()).toEqual([
      { _id: null, n: 2 },
    ]);
    expect(await shops.updateMany(within, { $set: { name: 'x' } })).toMatchObject({ matchedCount: 2 });
    expect(await shops.findOneAndUpdate(near, { $set: { name: 'y' } }, P)).toEqual({ name: 's3' });
    expect(await shops.findOneAndReplace(near, { name: 'z' }, P)).toEqual({ name: 'y' });
    await shops.bulkWrite([{ updateOne: { filter: near, update: { $set: { name: 'w' } } } }]);
    await shops
      .initializeOrderedBulkOp()
      .find(within)
      .update({ $set: { name: 'v' } })
      .execute();
    expect(await shops.distinct('name')).toEqual(['v', 'w']);
    expect(await shops.deleteMany(within)).toMatchObject({ deletedCount: 2 });
  });

  it('works in the filter of the program, at any path', async () => {
    const home = { home: op({ $geoWithin: { $centerSphere: [[3, 3], 0.001] } }) };
    expect(await shops.find(trusted(home), P).toArray()).toEqual([{ name: 's3' }]);
    expect(await shops.find({}, { ...P, trusted: trusted({ filter: home }) }).toArray()).toEqual([{ name: 's3' }]);
    const first = [{ $project: { name: 1 } }];
    expect(await shops.aggregate(first, { trusted: trusted({ filter: home }) }).toArray()).toEqual([{ name: 's3' }]);
    const paths: unknown[] = [];
    const reads = new PrivilegedCollection(raw(), shopView, {
      reason: 'test',
      onPrivilegedRead: (read) => void paths.push(JSON.stringify(read.paths)),
    });
    expect(
      await reads.findOne({ home: op({ $near: { $geometry: point(3, 3) } }) }, { projection: { name: 1 } }),
    ).toEqual({
      name: 's3',
    });
    expect(paths.join()).toContain('home');
    expect(paths.join()).not.toContain('coordinates');
  });

  it('works in a join', async () => {
    const { shops: joined } = createSafeDb(server.db, { shops: shopView });
    const stages = [
      { $match: { name: 's1' } },
      {
        $lookup: {
          from: 'shops',
          localField: 'name',
          foreignField: 'name',
          as: 'same',
          pipeline: [{ $match: within }, { $project: { name: 1 } }],
        },
      },
      { $project: { 'same.name': 1 } },
    ];
    expect(await loose(joined).aggregate(stages).toArray()).toEqual([{ same: [{ name: 's1' }] }]);
  });
});

async function refused(call: () => unknown, error: object): Promise<void> {
  await expect((async () => await call())()).rejects.toMatchObject(error);
  expect(server.sent).toEqual([]);
}

const geo = (operators: object): object => ({ place: op(operators as never) });

describe('is refused, and nothing is sent', () => {
  it.each<readonly [string, object, string]>([
    ['a path that is not declared', { home: op({ $geoWithin: { $centerSphere: [[3, 3], 1] } }) }, 'filter_path'],
    [
      'a filterable path that is not declared',
      { name: op({ $geoIntersects: { $geometry: point(1, 1) } }) },
      'filter_operator',
    ],
    ['a path below a declared one', { 'place.coordinates': op({ $near: { $geometry: point(1, 1) } }) }, 'filter_path'],
    ['another operator at a declared path', geo({ $exists: true }), 'filter_path'],
    ['an equality at a declared path', { place: point(1, 1) }, 'filter_path'],
    ['null at a declared path', { place: null }, 'filter_path'],
    ['a plain operator', { place: { $geoWithin: { $centerSphere: [[3, 3], 1] } } }, 'filter_operator_untagged'],
    [
      'a second operator beside it',
      geo({ $geoIntersects: { $geometry: point(1, 1) }, $exists: true }),
      'filter_operator',
    ],
    ['$not', { pair: op({ $not: { $geoWithin: { $center: [[1, 1], 1] } } } as never) }, 'filter_path'],
    [
      '$elemMatch',
      { stops: op({ $elemMatch: { at: op({ $geoWithin: { $centerSphere: [[1, 1], 1] } }) } }) },
      'filter_operator',
    ],
    ['$near in $or', { $or: [near, { name: 'x' }] }, 'filter_operator'],
    ['$near in $or of one', { $or: [near] }, 'filter_operator'],
    ['$near in $nor', { $nor: [near] }, 'filter_operator'],
    ['$near twice', { $and: [near, near] }, 'filter_operator'],
    ['$near without $geometry', geo({ $near: [1, 1] }), 'filter_value'],
    ['$near of another type', geo({ $near: { $geometry: { type: 'LineString', coordinates: [[1, 1], [2, 2]] } } }), 'filter_value'], // prettier-ignore
    ['$near with an unknown key', geo({ $near: { $geometry: point(1, 1), $uniqueDocs: true } }), 'filter_value'],
    ['a distance that is no number', geo({ $near: { $geometry: point(1, 1), $maxDistance: '5' } }), 'filter_value'],
    ['an infinite distance', geo({ $near: { $geometry: point(1, 1), $maxDistance: Infinity } }), 'filter_value'],
    ['a negative distance', geo({ $near: { $geometry: point(1, 1), $minDistance: -1 } }), 'filter_value'],
    ['NaN', geo({ $geoIntersects: { $geometry: point(Number.NaN, 1) } }), 'filter_value'],
    ['text', geo({ $geoIntersects: { $geometry: { type: 'Point', coordinates: ['1', 1] } } }), 'filter_value'],
    [
      'three coordinates',
      geo({ $geoIntersects: { $geometry: { type: 'Point', coordinates: [1, 1, 1] } } }),
      'filter_value',
    ],
    ['too few arrays', geo({ $geoWithin: { $geometry: { type: 'Polygon', coordinates: ring } } }), 'filter_value'],
    ['no coordinates', geo({ $geoWithin: { $geometry: { type: 'Polygon', coordinates: [] } } }), 'filter_value'],
    ['a point as an area', geo({ $geoWithin: { $geometry: point(1, 1) } }), 'filter_value'],
    [
      'an unknown type',
      geo({ $geoIntersects: { $geometry: { type: 'Circle', coordinates: [1, 1] } } }),
      'filter_value',
    ],
    [
      'a type that every object has',
      geo({ $geoIntersects: { $geometry: { type: 'constructor', coordinates: [1, 1] } } }),
      'filter_value',
    ],
    ['crs', geo({ $geoWithin: { $geometry: { type: 'Polygon', coordinates: [ring], crs: {} } } }), 'filter_value'],
    [
      'a collection',
      geo({ $geoIntersects: { $geometry: { type: 'GeometryCollection', geometries: [] } } }),
      'filter_value',
    ],
    ['an unknown area', geo({ $geoWithin: { $circle: [[1, 1], 1] } }), 'filter_value'],
    ['two areas', geo({ $geoWithin: { $center: [[1, 1], 1], $box: [[0, 0], [1, 1]] } }), 'filter_value'], // prettier-ignore
    ['a box of one corner', geo({ $geoWithin: { $box: [[1, 1]] } }), 'filter_value'],
    ['a polygon of two', geo({ $geoWithin: { $polygon: [[1, 1], [2, 2]] } }), 'filter_value'], // prettier-ignore
    ['a circle without a radius', geo({ $geoWithin: { $center: [[1, 1]] } }), 'filter_value'],
    ['an object where an array is', geo({ $geoWithin: { $center: { 0: [1, 1], 1: 1, length: 2 } } }), 'filter_value'],
    ['$within, the old name', geo({ $within: { $box: [[0, 0], [1, 1]] } }), 'filter_path'], // prettier-ignore
    ['$geoNear', geo({ $geoNear: point(1, 1) }), 'filter_path'],
  ])('%s', async (_, filter, code) => {
    await refused(() => shops.find(filter, P), { code });
    await refused(() => shops.countDocuments(filter), { code });
    await refused(() => shops.updateOne(filter, { $set: { name: 'x' } }), { code });
    await refused(() => shops.aggregate([{ $match: filter }, { $project: { name: 1 } }]), { code });
  });

  it('$near where the server takes no order by distance', async () => {
    const code = 'filter_operator';
    const last = { $project: { name: 1 } };
    await refused(() => shops.countDocuments(near), { code });
    await refused(() => shops.countDocuments({}, { trusted: trusted({ filter: near }) }), { code });
    await refused(() => shops.countDocuments(trusted(near)), { code });
    await refused(() => shops.aggregate([{ $match: near }, last]), { code });
    await refused(() => shops.aggregate([last], { trusted: trusted({ filter: near }) }), { code });
    const reads = new PrivilegedCollection(raw(), shopView, { reason: 'test' });
    await refused(() => reads.countDocuments(near as never), { code });
  });

  it('a location after the view, where it is gone', async () => {
    const stages = [{ $group: { _id: '$name' } }, { $match: within }, { $project: { _id: 1 } }];
    await refused(() => shops.aggregate(stages), { code: 'filter_path' });
  });

  it('a view whose geo is not a list of paths', () => {
    const make = (part: unknown) => () => defineView<Shop>()({ public: { name: 1 }, geo: part } as never);
    for (const part of [{ place: 0 }, { place: true }, { $where: 1 }, { 'place.0': 1 }, ['place'], 'place', null])
      expect(make(part)).toThrow(ViewError);
  });
});
