import { MongoClient, type Document } from 'mongodb';
import { createSafeDb, defineView } from 'safe-collection';

import { measure } from './measure.ts';

/** Prints the time to plan a pipeline, by its size. Nothing is sent, because the cursor is not read. */
const SIZES = [1, 10, 100, 900] as const;

/** Calls of the smallest pipeline before the clock starts. */
const WARM_UP = 9_000;

interface Order {
  user_id: string;
  product: string;
  quantity: number;
}

const view = defineView<Order>()({ public: { user_id: 1, product: 1, quantity: 1 } });
const { orders } = createSafeDb(new MongoClient('mongodb://127.0.0.1:9').db('bench'), { orders: view });
const END = { $project: { product: 1 } };

function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const KINDS: Readonly<Record<string, (size: number) => readonly Document[]>> = {
  'stages: $match below the view': (size) => [
    { $unset: 'user_id' },
    ...repeat(size, () => ({ $match: { product: 'lamp' } })),
    END,
  ],
  'fields of one $group': (size) => [
    {
      $group: { _id: '$product', ...Object.fromEntries(repeat(size, (index) => [`f${index}`, { $sum: '$quantity' }])) },
    },
    { $project: { f0: 1 } },
  ],
  'fields of one $project': (size) => [
    { $project: Object.fromEntries(repeat(size, (index) => [`f${index}`, '$quantity'])) },
  ],
  'operands of one $add': (size) => [{ $project: { sum: { $add: repeat(size, () => '$quantity') } } }],
  'stages: $addFields, one field each': (size) => [
    ...repeat(size, (index) => ({ $addFields: { [`f${index}`]: '$quantity' } })),
    END,
  ],
};

console.log(`µs per call of aggregate(), by size: ${SIZES.join(', ')}`);
for (const [name, pipelineOf] of Object.entries(KINDS)) {
  const medians: string[] = [];
  for (const size of SIZES) {
    const pipeline = pipelineOf(size);
    const { median } = await measure(() => orders.aggregate(pipeline as never), Math.ceil(WARM_UP / size));
    medians.push(median.toFixed(0));
  }
  console.log(`${name.padEnd(40)}${medians.map((median) => median.padStart(9)).join('')}`);
}
