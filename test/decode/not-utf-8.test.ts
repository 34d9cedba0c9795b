import { inspect } from 'node:util';

import { SafeCollectionError } from 'safe-collection';
import { beforeAll, describe, expect, inject, it } from 'vitest';

import { encode, encodeDocument } from './support/encode.ts';
import { notes, type Settings } from './support/notes.ts';
import { storeRaw } from './support/send-raw.ts';

const projection = { title: 1 } as const;
const BAD = encode.stringOf(Buffer.from([0x73, 0x33, 0x63, 0x72, 0x33, 0x74, 0xff]));

function stored(settings: Settings = {}) {
  const world = notes(settings);
  beforeAll(async () => {
    await world.fill(3);
    for (const id of [3, 4]) {
      const document = encodeDocument([
        ['_id', encode.int(id)],
        ['title', BAD],
        ['parts', encode.array([])],
      ]);
      await storeRaw(inject('mongodbUri'), world.db.databaseName, 'notes', document);
    }
  });
  return world;
}

describe('a stored text that is not UTF-8', () => {
  const { names, safe, sent } = stored();

  it.each([
    ['findOne', () => safe.findOne({ _id: 3 }, { projection })],
    ['find', () => safe.find({}, { projection }).toArray()],
    ['find', () => safe.find({ _id: 3 }, { projection }).next()],
    ['aggregate', () => safe.aggregate([{ $project: { title: 1 } }]).toArray()],
    ['distinct', () => safe.distinct('title', { _id: 3 })],
    ['findOneAndUpdate', () => safe.findOneAndUpdate({ _id: 4 }, { $set: { title: 'x' } }, { projection })],
  ])('is an error of the family that names no value: %s', async (operation, read) => {
    const error: unknown = await read().then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(SafeCollectionError);
    expect(error).toMatchObject({ code: 'bson_invalid', operation, view: 'notes' });
    expect(inspect(error) + JSON.stringify(error)).not.toContain('s3cr3t');
  });

  it('closes the cursor', async () => {
    sent.length = 0;
    await expect(safe.find({}, { projection, batchSize: 2 }).sort({ title: 1 }).toArray()).rejects.toMatchObject({
      code: 'bson_invalid',
    });
    expect(names()).toEqual(['find', 'killCursors']);
  });

  it('is not decoded if it is not projected', async () => {
    expect(await safe.find({}, { projection: { _id: 1 } }).toArray()).toEqual([0, 1, 2, 3, 4].map((_id) => ({ _id })));
  });
});

describe('a stored text that is not UTF-8, in a collection that does not mind', () => {
  const { safe } = stored({ collection: { enableUtf8Validation: false } });

  it('is read with replacement characters, as by the driver', async () => {
    expect(await safe.findOne({ _id: 3 }, { projection })).toEqual({ title: 's3cr3t\ufffd' });
  });
});
