import { beforeAll, describe, expect, it } from 'vitest';
import { createSafeDb, defineView } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { testServer } from '../write/support/server.ts';

interface Seat {
  _id: { hall: string; code: string };
  row: number;
  hall: string;
}

const seatView = defineView<Seat>()({ public: { '_id.hall': 1, row: 1, hall: 1 }, writable: { row: 1 } });
const server = testServer();
const seats = () => createSafeDb(server.db, { seats: seatView }).seats;
const part = [{ _id: { hall: 'A' } }];

beforeAll(async () => {
  await server.db.collection<Seat>('seats').insertOne({ _id: { hall: 'A', code: 'secret' }, row: 1, hall: 'A' });
});

describe('a public part of a compound _id', () => {
  it('comes out of reads and writes that give documents back', async () => {
    const projection = { '_id.hall': 1 } as const;
    expect(await seats().find({}, { projection }).toArray()).toEqual(part);
    expect(await seats().findOne({}, { projection: ['_id.hall', 'row'] })).toEqual({ ...part[0], row: 1 });
    expect(await seats().findOne({}, { projection: { _id: 1 } })).toEqual(part[0]);
    expect(await seats().distinct('_id.hall', {})).toEqual(['A']);
    expect(await seats().findOneAndUpdate({}, { $set: { row: 1 } }, { projection })).toEqual(part[0]);
    const held = new PrivilegedCollection(server.db.collection<Seat>('seats'), seatView, { reason: 'test' });
    expect(await held.findOne({}, { projection })).toEqual(part[0]);
  });

  it('comes out of pipelines, at any place of them', async () => {
    const project = { $project: { '_id.hall': 1 } } as const;
    expect(await seats().aggregate([project]).toArray()).toEqual(part);
    expect(await seats().pipeline().project({ '_id.hall': 1 }).toArray()).toEqual(part);
    expect(
      await seats()
        .aggregate([{ $addFields: { n: { $add: ['$row', 1] } } }, { $project: { n: 1, '_id.hall': 1 } }])
        .toArray(),
    ).toEqual([{ ...part[0], n: 2 }]);
    expect(await seats().aggregate([project, project]).toArray()).toEqual(part);
    expect(
      await seats()
        .aggregate([{ $facet: { all: [project] } }, { $project: { all: 1 } }])
        .toArray(),
    ).toEqual([{ all: part }]);
  });

  it('comes out of joins', async () => {
    const join = { from: 'seats', localField: '_id.hall', foreignField: 'hall' } as const;
    const stages = [
      { $lookup: { ...join, as: 'same', pipeline: [{ $project: { '_id.hall': 1 } }] } },
      { $project: { 'same._id.hall': 1, '_id.hall': 1 } },
    ] as const;
    expect(await seats().aggregate(stages).toArray()).toEqual([{ ...part[0], same: part }]);
    const populate = { same: { ...join, projection: ['_id.hall'] } } as const;
    expect(
      await seats()
        .findPopulated({}, { projection: ['_id.hall'], populate })
        .toArray(),
    ).toEqual([{ ...part[0], same: part }]);
  });

  it('brings no other part along', async () => {
    expect(JSON.stringify(await seats().find({}, { projection: seatView }).toArray())).not.toContain('secret');
    expect(() => seats().aggregate([{ $project: { '_id.code': 1 } }] as never)).toThrow(
      expect.objectContaining({ code: 'pipeline_path' }),
    );
  });
});

describe('a part of the compound _id that $group made', () => {
  const group = { $group: { _id: { hall: '$hall', row: '$row' } } } as const;

  it('can be returned by itself, and left out', async () => {
    expect(
      await seats()
        .aggregate([group, { $project: { '_id.hall': 1 } }])
        .toArray(),
    ).toEqual(part);
    expect(await seats().pipeline().group(group.$group).project({ '_id.hall': 1 }).toArray()).toEqual(part);
    expect(
      await seats()
        .aggregate([group, { $project: { '_id.row': 0 } }, { $project: { _id: 1 } }])
        .toArray(),
    ).toEqual(part);
    expect(
      await seats()
        .aggregate([{ $group: { ...group.$group, n: { $sum: 1 } } }, { $project: { n: 1 } }])
        .toArray(),
    ).toEqual([{ n: 1 }]);
  });
});
