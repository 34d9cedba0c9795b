import { describe, expect, it } from 'vitest';
import type { SafeCollection } from 'safe-collection';

import { testWorld } from './support/test-world.ts';

const world = await testWorld();
const orders = world.safe.orders as unknown as SafeCollection<never, never>;

function reducing(input: unknown, initialValue: unknown, body: unknown): readonly object[] {
  return [{ $sort: { order_date: 1 } }, { $project: { x: { $reduce: { input, initialValue, in: body } } } }];
}

describe('$reduce, whose value is the initial one first and then what it made', () => {
  it.for<readonly [name: string, pipeline: readonly object[]]>([
    ['a sum', reducing('$items.n', 0, { $add: ['$$value', '$$this'] })],
    ['a text', reducing('$tags', '', { $concat: ['$$value', '$$this'] })],
    ['an array that begins empty', reducing('$tags', [], { $concatArrays: ['$$value', ['$$this']] })],
    [
      'an array of documents that begins empty',
      reducing('$items', [], { $concatArrays: ['$$value', [{ s: '$$this.sku' }]] }),
    ],
    ['the last one', reducing('$items', null, '$$this.sku')],
    [
      'a document that is counted on',
      reducing(
        '$items',
        { n: 0, all: 0 },
        { n: { $add: ['$$value.n', 1] }, all: { $add: ['$$value.all', '$$this.n'] } },
      ),
    ],
    [
      'a document that gets a field',
      reducing('$items', { n: 0 }, { $mergeObjects: ['$$value', { last: '$$this.sku' }] }),
    ],
    [
      'one inside another',
      reducing([[1, 2], [3]], 0, {
        $add: ['$$value', { $reduce: { input: '$$this', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }],
      }),
    ],
  ])('gives what the server gives for %s', async ([, pipeline]) => {
    const raw = await world.db
      .collection('orders')
      .aggregate([...pipeline, { $project: { _id: 0 } }])
      .toArray();
    expect(await orders.aggregate(pipeline as never).toArray()).toEqual(raw);
  });

  const wrap = { p: '$$value' };
  it.for<readonly [name: string, pipeline: readonly object[]]>([
    ['each element wraps it', reducing([1, 2], null, wrap)],
    [
      'an object comes after the first element',
      reducing([1, 2], null, { $cond: [{ $eq: ['$$this', 1] }, { $literal: { ssn: 'x' } }, wrap] }),
    ],
    ['it grows in an array', reducing([1, 2], [], { $concatArrays: [[wrap], '$$value'] })],
    [
      'it is nested too deep',
      reducing([1], 0, {
        $reduce: {
          input: [1],
          initialValue: 0,
          in: { $reduce: { input: [1], initialValue: 0, in: { $reduce: { input: [1], initialValue: 0, in: 1 } } } },
        },
      }),
    ],
  ])('is refused if %s', ([, pipeline]) => {
    expect(() => orders.aggregate(pipeline as never)).toThrow(
      expect.objectContaining({ code: 'pipeline_value', path: '$reduce' }),
    );
    expect(world.started).toEqual([]);
  });

  it('gives no object as the key of a join', () => {
    const key = {
      $reduce: {
        input: [1, 2],
        initialValue: { p: null },
        in: { $cond: [{ $eq: ['$$this', 1] }, { p: { $literal: { ssn: 'x' } } }, '$$value'] },
      },
    };
    const join = { $lookup: { from: 'users', localField: 'k.p', foreignField: 'username', as: 'u' } };
    expect(() =>
      orders.aggregate([{ $addFields: { k: key } }, join, { $project: { n: { $size: '$u' } } }] as never),
    ).toThrow(expect.objectContaining({ code: 'join_invalid' }));
  });
});
