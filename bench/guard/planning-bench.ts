import { MongoClient, type Document } from 'mongodb';
import { createSafeDb, defineView } from 'safe-collection';

import { measure } from './measure.ts';

/** Prints the time to plan a pipeline, by its size. Nothing is sent, because the cursor is not read. */
const SIZES = [1, 10, 100, 900] as const;

/** The size of the pipelines that are sent again and again. */
const AGAIN = 10;

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

/** Each call has another limit at its end, so that it is parsed like the first of its kind. */
let last = 0;
const asNew = (pipeline: readonly Document[]): unknown =>
  orders.aggregate([...pipeline, { $limit: (last += 1) }] as never);

console.log(
  `µs per call of aggregate(), by size: ${SIZES.join(', ')}; and of size ${AGAIN} if the same was sent before`,
);
for (const [name, pipelineOf] of Object.entries(KINDS)) {
  const medians: number[] = [];
  for (const size of SIZES) {
    const pipeline = pipelineOf(size);
    medians.push((await measure(() => asNew(pipeline), Math.ceil(WARM_UP / size))).median);
  }
  const known = pipelineOf(AGAIN);
  medians.push((await measure(() => orders.aggregate(known as never), Math.ceil(WARM_UP / AGAIN))).median);
  console.log(`${name.padEnd(40)}${medians.map((median) => median.toFixed(0).padStart(9)).join('')}`);
}
