import { describe, expect, it } from 'vitest';
import { defineView, SafeCollection } from 'safe-collection';

import { testWorld } from './support/test-world.ts';
import type { Order } from './support/views.ts';

const world = await testWorld();

const END = { $project: { x: 1 } };
const windowed = (window: unknown) => ({
  $setWindowFields: { sortBy: { price: 1 }, output: { x: { $sum: 1, window } } },
});

/** The stage, and what the error names. */
const WRONG: Readonly<Record<string, readonly [stage: object, path: string]>> = {
  '$group: an accumulator that is no object': [{ $group: { _id: null, x: 1 } }, 'x'],
  '$group: an accumulator that is a list': [{ $group: { _id: null, x: [{ $sum: 1 }] } }, 'x'],
  '$group: no accumulator': [{ $group: { _id: null, x: {} } }, 'x'],
  '$group: two accumulators': [{ $group: { _id: null, x: { $sum: 1, $max: '$price' } } }, 'x'],
  '$sortByCount: a number': [{ $sortByCount: 1 }, '$sortByCount'],
  '$sortByCount: a list': [{ $sortByCount: ['$product'] }, '$sortByCount'],
  '$count: a number': [{ $count: 1 }, '$count'],
  '$bucket: no object': [{ $bucket: '$price' }, '$bucket'],
  '$bucket: an operand that it has not': [{ $bucket: { groupBy: '$price', boundaries: [0, 9], x: 1 } }, '$bucket'],
  '$bucket: no boundaries': [{ $bucket: { groupBy: '$price' } }, '$bucket'],
  '$bucket: one boundary': [{ $bucket: { groupBy: '$price', boundaries: [0] } }, '$bucket'],
  '$bucket: a boundary that is read': [{ $bucket: { groupBy: '$price', boundaries: [0, '$price'] } }, '$bucket'],
  'a window: a bound that is read': [windowed({ documents: ['$price', 'current'] }), 'documents'],
  'a window: one bound': [windowed({ documents: ['current'] }), 'documents'],
  'a window: three bounds': [windowed({ range: [0, 1, 2] }), 'range'],
  'a window: another word': [windowed({ documents: ['unbounded', 'product'] }), 'documents'],
  'a window: a unit that is read': [windowed({ range: [-1, 1], unit: '$product' }), 'unit'],
  'a window: a unit that is no text': [windowed({ range: [-1, 1], unit: 1 }), 'unit'],
};

describe('a stage is refused before it is sent, and the error names the place', () => {
  it.for(Object.entries(WRONG))('%s', ([, [stage, path]]) => {
    world.forget();
    expect(() => world.orders.aggregate([stage, END] as never)).toThrow(
      expect.objectContaining({ code: 'pipeline_value', path }),
    );
    expect(world.started).toEqual([]);
  });
});

describe('the error of a $sort after the view tells a branch from a leaf that is not sortable', () => {
  const view = defineView<Order>()({ public: { product: 1, 'ship.city': 1 }, sortable: { product: 0 } });
  const orders = new SafeCollection(world.db.collection<Order>('orders'), view);

  it.for([
    ['product', "'product' is not sortable in this view."],
    ['ship', "'ship' is a branch: sort by a leaf below it."],
  ] as const)('%s', ([path, message]) => {
    const stages = [{ $unwind: '$product' }, { $sort: { [path]: 1 } }, { $project: { product: 1 } }];
    expect(() => orders.aggregate(stages as never)).toThrow(expect.objectContaining({ code: 'sort_path', message }));
  });
});
