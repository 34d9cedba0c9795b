import { randomUUID } from 'node:crypto';

import { everything, op, trusted, type Page } from 'safe-collection';

import { PipelineMaker } from '../../aggregate/support/generate-pipeline.ts';
import { WRITE_METHODS } from '../../write/support/loose.ts';
import type { Dice } from '../../write/support/random-update.ts';
import { Draw, type Ids, type Name } from './draw.ts';
import { consumed, ofTheLibrary, watched, type Burst, type World } from './events.ts';

type Method = (...args: readonly unknown[]) => unknown;

/** A scoped collection as JavaScript sees it. */
export type LooseCollection = Readonly<Record<string, Method>>;

/** A call with random arguments, to be made in several databases. */
export interface RandomCall {
  readonly collection: Name;
  readonly method: string;
  readonly writes: boolean;
  /** Whether it takes an opaque id as an argument. */
  readonly hasId?: boolean;
  readonly run: (collection: LooseCollection, world: World) => Promise<unknown>;
}

const FIELDS = {
  users: { username: ['user1', 'user3', 'x'], email: ['u1@example.org', 'u2@example.org'], age: [21, 23, 25] },
  orders: { product: ['tea', 'cup', 'pot'], quantity: [1, 3, 5], note: ['note 0', 'note 1'], tags: ['hot', 'new'] },
} as const satisfies Readonly<Record<Name, object>>;

const PROJECTIONS = {
  users: [['username', 'age'], ['id', 'email', 'profile.bio'], { profile: 1, addresses: 1 }],
  orders: [['product', 'quantity'], ['id', 'tags', 'items.sku'], { ship: 1, note: 1, price: 1 }],
} as const;

/** Sorts that leave no two rows of a scope equal. */
const SORTS = {
  users: [{ username: 1 }, { age: -1, username: 1 }],
  orders: [
    { order_date: 1, product: 1 },
    { quantity: -1, order_date: 1 },
  ],
} as const;

/** Sorts that leave rows equal: a page goes on by their ids. */
const TIED = { users: { email: 1 }, orders: { quantity: -1 } } as const;

const NEW = {
  users: { username: 'new', email: 'new@example.org', age: 40 },
  orders: { product: 'new', quantity: 2, note: 'n', tags: ['new'] },
} as const;

/** What the program sets beside the caller's fields. */
const REST = {
  users: { joined_at: new Date(0), password_hash: 'h', internal_role: 'r', addresses: [] },
  orders: { price: 1, order_date: new Date(0), ship: null, items: [] },
} as const;

/** The collections that a `findPopulated()` joins, with keys that rows of other scopes have too. */
const POPULATE = {
  users: {
    bought: {
      from: 'orders',
      localField: '_id',
      foreignField: 'user_id',
      projection: ['product'],
      sort: SORTS.orders[0],
    },
  },
  orders: {
    buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: ['username'], justOne: true },
  },
} as const;

const READS = [
  'find',
  'findOne',
  'findJson',
  'findOneJson',
  'exists',
  'countDocuments',
  'estimatedDocumentCount',
  'distinct',
  'findPopulated',
  'paginate',
  'json',
  'jsonStream',
  'one by one',
] as const;

const WRITES = [...WRITE_METHODS, 'bulk'] as const;

/** A random call: every third is a pipeline, every fourth a write, and some are streams with a burst of writes. */
export function randomCall(dice: Dice, ids: Ids): RandomCall {
  const collection = dice.pick(['users', 'orders'] as const);
  const drawn = new Draw(dice, ids[collection]);
  const call = callOf(collection, drawn);
  return { ...call, hasId: drawn.hasId };
}

function callOf(collection: Name, draw: Draw): RandomCall {
  const { dice } = draw;
  if (dice.roll(25) === 0) return streamOf(collection, draw);
  if (dice.roll(3) === 0) return pipelineOf(collection, draw);
  if (dice.roll(3) === 0) return writeOf(collection, dice.pick(WRITES), draw);
  return readOf(collection, dice.pick(READS), draw);
}

function pipelineOf(collection: Name, draw: Draw): RandomCall {
  const made = new PipelineMaker(draw.dice).pipeline(collection);
  const pipeline = draw.dice.roll(4) === 0 ? [{ $match: { id: draw.idCondition() } }, ...made] : made;
  return {
    collection,
    method: 'aggregate',
    writes: false,
    run: async (held) => await all(held['aggregate']?.(pipeline)),
  };
}

/** The changes that one, two or three writes make, while others change their rows. */
function streamOf(collection: Name, draw: Draw): RandomCall {
  const [shown] = PROJECTIONS[collection];
  const first = shown[0];
  const filter = { $or: [filterOf(collection, draw, 1), { [first]: 'mark' }] };
  const writes = Array.from({ length: 1 + draw.dice.roll(3) }, () => writeOf(collection, draw.dice.pick(WRITES), draw));
  const burstIn = (held: LooseCollection, world: World): Burst => ({
    make: async () => {
      await world.disturb();
      for (const write of writes) await write.run(held, world).catch(ofTheLibrary);
      await world.disturb();
      await world.mark(collection, first, 'mark');
    },
    isMark: (document) => document[first] === 'mark',
  });
  const projection = ['id', ...shown];
  if (draw.dice.roll(3) > 0)
    return {
      collection,
      method: 'watch',
      writes: true,
      run: async (held, world) => await watched(held['watch']?.(filter, { projection }), burstIn(held, world)),
    };
  return {
    collection,
    method: 'consume',
    writes: true,
    run: async (held, world) => {
      const group = randomUUID();
      return await consumed(
        async (signal, handler) => await held['consume']?.(filter, { projection, group, signal }, handler),
        async (signal) => await world.begun(group, signal),
        burstIn(held, world),
      );
    },
  };
}

function readOf(collection: Name, method: (typeof READS)[number], draw: Draw): RandomCall {
  const { dice } = draw;
  const filter = filterOf(collection, draw);
  const projection = dice.pick(PROJECTIONS[collection] as readonly unknown[]);
  const shown = { projection, sort: dice.pick(SORTS[collection] as readonly unknown[]), ...pageOf(dice) };
  const size = 1 + dice.roll(4);
  const pageSort = dice.pick<unknown>([shown.sort, shown.sort, undefined, TIED[collection], { id: 1 }]);
  const calls: Readonly<Record<(typeof READS)[number], (held: LooseCollection) => Promise<unknown>>> = {
    find: async (held) => await all(held['find']?.(filter, shown)),
    findOne: async (held) => await held['findOne']?.(filter, { projection, sort: shown.sort }),
    findJson: async (held) => textOf(await held['findJson']?.(filter, shown)),
    findOneJson: async (held) => textOf(await held['findOneJson']?.(filter, { projection, sort: shown.sort })),
    exists: async (held) => await held['exists']?.(filter),
    paginate: async (held) => await pagesOf(held, filter, { projection, sort: pageSort, limit: size }),
    json: async (held) => textOf(await cursorOf(held, filter, shown).json()),
    jsonStream: async (held) => await streamed(cursorOf(held, filter, shown).jsonStream()),
    'one by one': async (held) => await oneByOne(cursorOf(held, filter, shown)),
    countDocuments: async (held) => await held['countDocuments']?.(filter),
    estimatedDocumentCount: async (held) => await held['estimatedDocumentCount']?.(),
    distinct: async (held) => sorted(await held['distinct']?.(Object.keys(FIELDS[collection])[0], filter)),
    findPopulated: async (held) =>
      await all(
        held['findPopulated']?.(filter, {
          ...shown,
          projection: PROJECTIONS[collection][0],
          populate: POPULATE[collection],
        }),
      ),
  };
  return { collection, method, writes: false, run: calls[method] };
}

interface LooseCursor extends AsyncIterable<unknown> {
  json(): Promise<unknown>;
  jsonStream(): AsyncIterable<Uint8Array>;
}

function cursorOf(held: LooseCollection, filter: unknown, options: object): LooseCursor {
  const cursor: unknown = held['find']?.(filter, options);
  return cursor as LooseCursor;
}

async function streamed(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

async function oneByOne(cursor: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const document of cursor) found.push(document);
  return found;
}

/** Two pages and the way back, without their cursors, which are different each time. */
async function pagesOf(held: LooseCollection, filter: unknown, options: object): Promise<unknown> {
  const read = async (from: object): Promise<Page<unknown>> =>
    (await held['paginate']?.(filter, { ...options, ...from })) as Page<unknown>;
  const first = await read({});
  const second = await read({ after: first.next });
  const back = await read({ before: second.previous });
  return [first, second, back].map(({ items, hasNext, previous }) => [items, hasNext, previous === null]);
}

function writeOf(collection: Name, method: (typeof WRITES)[number], draw: Draw): RandomCall {
  const { dice } = draw;
  const filter = filterOf(collection, draw);
  const many = dice.roll(4) === 0 ? everything : filter;
  const first = Object.keys(FIELDS[collection])[0] as string;
  const update = dice.pick<unknown>([
    { $set: { [first]: 'changed' } },
    trusted({ $set: { [first]: 'changed', ...(dice.roll(4) === 0 ? { tenant: 'acme' } : {}) } }),
    { $unset: { [first]: '' } },
  ]);
  const start = dice.pick(['initializeOrderedBulkOp', 'initializeUnorderedBulkOp']);
  const set = { trusted: trusted({ set: REST[collection] }) };
  const upsert = dice.roll(3) === 0 ? { upsert: true } : {};
  const returned = { projection: PROJECTIONS[collection][0], sort: SORTS[collection][0] };
  const calls: Readonly<Record<(typeof WRITES)[number], (held: LooseCollection) => Promise<unknown>>> = {
    insertOne: async (held) => await held['insertOne']?.(NEW[collection], set),
    insertMany: async (held) => await held['insertMany']?.([NEW[collection], NEW[collection]], set),
    updateOne: async (held) => await held['updateOne']?.(filter, update, upsert),
    updateMany: async (held) => await held['updateMany']?.(many, update, upsert),
    replaceOne: async (held) => await held['replaceOne']?.(filter, NEW[collection], upsert),
    deleteOne: async (held) => await held['deleteOne']?.(filter),
    deleteMany: async (held) => await held['deleteMany']?.(many),
    findOneAndUpdate: async (held) => await held['findOneAndUpdate']?.(filter, update, { ...returned, ...upsert }),
    findOneAndReplace: async (held) =>
      await held['findOneAndReplace']?.(filter, NEW[collection], { ...returned, ...upsert }),
    findOneAndDelete: async (held) => await held['findOneAndDelete']?.(filter, returned),
    bulkWrite: async (held) =>
      await held['bulkWrite']?.([
        { updateMany: { filter: many, update } },
        { updateOne: { filter, update, ...upsert } },
        { insertOne: { document: NEW[collection], ...set } },
        { replaceOne: { filter, replacement: NEW[collection] } },
        { deleteOne: { filter } },
      ]),
    bulk: async (held) => {
      const bulk = held[start]?.() as LooseBulk;
      bulk.find(many).update(update);
      bulk.find(filter).replaceOne(NEW[collection]);
      bulk.find(filter).deleteOne();
      return await bulk.execute();
    },
  };
  return { collection, method, writes: true, run: calls[method] };
}

interface LooseBulk {
  find(filter: unknown): Readonly<Record<'update' | 'replaceOne' | 'deleteOne', (change?: unknown) => unknown>>;
  execute(): Promise<unknown>;
}

function pageOf(dice: Dice): object {
  return dice.pick<object>([{}, {}, { limit: 2 }, { skip: 1, limit: 3 }]);
}

function filterOf(collection: Name, draw: Draw, depth = 2): unknown {
  const { dice } = draw;
  if (depth > 0 && dice.roll(3) === 0)
    return {
      [dice.pick(['$and', '$or', '$nor'])]: Array.from({ length: 1 + dice.roll(2) }, () =>
        filterOf(collection, draw, depth - 1),
      ),
    };
  if (depth === 2 && dice.roll(6) === 0) return trusted({ tenant: dice.pick(['acme', 'globex']) });
  if (dice.roll(4) === 0) return { id: draw.idCondition() };
  const [field, values] = dice.pick(Object.entries(FIELDS[collection]) as [string, readonly unknown[]][]);
  const value = dice.pick(values);
  const condition = dice.pick<unknown>([
    value,
    op({ $ne: value }),
    op({ $in: [value, values[0]] }),
    op({ $gte: value }),
    op({ $exists: dice.roll(2) === 0 }),
  ]);
  return { [field]: condition };
}

async function all(cursor: unknown): Promise<unknown> {
  return await (cursor as { toArray(): Promise<unknown[]> }).toArray();
}

function sorted(values: unknown): unknown {
  return (values as string[]).toSorted();
}

function textOf(json: unknown): unknown {
  return (json as { text(): string } | null)?.text() ?? null;
}
