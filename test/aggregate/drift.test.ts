import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SchemaDriftError, type SafeCollection } from 'safe-collection';
import { DBRef, ObjectId } from 'mongodb';

import { openWorld, type World } from './support/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld(inject('mongodbUri'), 0);
  const orders = world.db.collection('orders');
  await orders.deleteMany({});
  await orders.insertOne({ product: { name: 'tea', secret: 'private' }, tags: ['a', { secret: 'private' }], note: new DBRef('users', new ObjectId()), ship: { city: { secret: 'private' } } });
});

afterAll(async () => {
  await world.close();
});

/** A subdocument that is stored where the view declares a leaf. */
describe('what drifted never comes out of a pipeline', () => {
  it.for<readonly [name: string, pipeline: readonly object[]]>([
    ['a leaf', [{ $project: { product: 1 } }]],
    ['a leaf of a branch', [{ $project: { ship: 1 } }]],
    ['an array', [{ $project: { tags: 1 } }]],
    ['a DBRef', [{ $project: { note: 1 } }]],
    ['a copy', [{ $project: { x: '$product' } }]],
    ['a path', [{ $project: { x: '$ship.city' } }]],
    ['a group', [{ $group: { _id: '$product' } }, { $project: { _id: 1 } }]],
    ['an accumulator', [{ $group: { _id: null, x: { $push: '$product' } } }, { $project: { x: 1 } }]],
    ['a document of a field', [{ $group: { _id: null, x: { $push: { p: '$product' } } } }, { $project: { x: 1 } }]],
    ['an element', [{ $project: { x: { $arrayElemAt: ['$tags', 1] } } }]],
    ['an unwound element', [{ $unwind: '$tags' }, { $project: { tags: 1 } }]],
    ['a choice', [{ $project: { x: { $ifNull: ['$product', '-'] } } }]],
    ['a failed conversion', [{ $project: { x: { $convert: { input: '$product', to: 'int', onError: '$product' } } } }]],
    ['a set', [{ $project: { x: { $setUnion: ['$tags', []] } } }]],
    ['the values of a document', [{ $project: { x: { $objectToArray: { p: '$product' } } } }]],
    ['the whole document', [{ $project: { x: '$$ROOT' } }]],
    ['a facet', [{ $facet: { a: [{ $project: { product: 1 } }] } }, { $project: { a: 1 } }]],
    ['a window', [{ $setWindowFields: { output: { x: { $first: '$product' } } } }, { $project: { x: 1 } }]],
  ])('%s', async ([, pipeline]) => {
    const orders = world.orders as unknown as SafeCollection<never, never>;
    const read = orders.aggregate(pipeline as never).toArray();
    await expect(read).rejects.toThrow(SchemaDriftError);
    await expect(read).rejects.not.toThrow(/private/);
  });

  it.for<readonly [name: string, expression: unknown]>([
    ['$mergeObjects', { $mergeObjects: ['$product', {}] }],
    ['$objectToArray', { $objectToArray: '$product' }],
    ['$getField', { $getField: { field: 'secret', input: '$product' } }],
    ['$map', { $map: { input: '$tags', in: '$$this.secret' } }],
  ])('%s does not open it', ([, expression]) => {
    expect(() => world.orders.aggregate([{ $project: { x: expression } }] as never)).toThrow(expect.objectContaining({ name: 'RefusedCallError' }));
  });

  it('$replaceRoot does not make it the document', () => {
    expect(() => world.orders.aggregate([{ $replaceRoot: { newRoot: '$product' } }, { $project: { secret: 1 } }] as never)).toThrow(
      expect.objectContaining({ code: 'pipeline_value' }),
    );
  });
});
