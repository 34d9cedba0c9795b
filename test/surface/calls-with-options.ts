import type { MethodName } from '../../src/grammar/method-options.ts';

/** A collection of items with a public `name`, without its types: the guard has to refuse by itself. */
export type LooseCollection = Readonly<Record<string, (...input: unknown[]) => unknown>>;

const FILTER = { name: 'ada' };
const UPDATE = { $set: { name: 'bob' } };
const PROJECTION = { projection: { name: 1 } };

/** A right call of each method, apart from the options that it is given. */
export const CALLS: Readonly<Record<MethodName, (items: LooseCollection, options: object) => unknown>> = {
  find: (items, options) => toArray(items['find']?.(FILTER, { ...PROJECTION, ...options })),
  findOne: (items, options) => items['findOne']?.(FILTER, { ...PROJECTION, ...options }),
  findJson: (items, options) => items['findJson']?.(FILTER, { ...PROJECTION, ...options }),
  findOneJson: (items, options) => items['findOneJson']?.(FILTER, { ...PROJECTION, ...options }),
  paginate: (items, options) => items['paginate']?.(FILTER, { ...PROJECTION, limit: 1, ...options }),
  exists: (items, options) => items['exists']?.(FILTER, options),
  countDocuments: (items, options) => items['countDocuments']?.(FILTER, options),
  estimatedDocumentCount: (items, options) => items['estimatedDocumentCount']?.(options),
  distinct: (items, options) => items['distinct']?.('name', FILTER, options),
  aggregate: (items, options) => toArray(items['aggregate']?.([{ $project: { name: 1 } }], options)),
  watch: async (items, options) => {
    const stream = await items['watch']?.(FILTER, { ...PROJECTION, ...options });
    await (stream as { close(): Promise<void> }).close();
  },
  consume: (items, options) => items['consume']?.(FILTER, { ...PROJECTION, group: 'g', ...options }, () => undefined),
  findPopulated: (items, options) =>
    toArray(items['findPopulated']?.(FILTER, { ...PROJECTION, populate: {}, ...options })),
  insertOne: (items, options) => items['insertOne']?.(FILTER, options),
  insertMany: (items, options) => items['insertMany']?.([FILTER], options),
  updateOne: (items, options) => items['updateOne']?.(FILTER, UPDATE, options),
  updateMany: (items, options) => items['updateMany']?.(FILTER, UPDATE, options),
  replaceOne: (items, options) => items['replaceOne']?.(FILTER, FILTER, options),
  deleteOne: (items, options) => items['deleteOne']?.(FILTER, options),
  deleteMany: (items, options) => items['deleteMany']?.(FILTER, options),
  findOneAndUpdate: (items, options) => items['findOneAndUpdate']?.(FILTER, UPDATE, { ...PROJECTION, ...options }),
  findOneAndReplace: (items, options) => items['findOneAndReplace']?.(FILTER, FILTER, { ...PROJECTION, ...options }),
  findOneAndDelete: (items, options) => items['findOneAndDelete']?.(FILTER, { ...PROJECTION, ...options }),
  bulkWrite: (items, options) => items['bulkWrite']?.([{ insertOne: { document: FILTER } }], options),
  initializeOrderedBulkOp: (items, options) => execute(items['initializeOrderedBulkOp']?.(options), {}),
  initializeUnorderedBulkOp: (items, options) => execute(items['initializeUnorderedBulkOp']?.(options), {}),
  execute: (items, options) => execute(items['initializeOrderedBulkOp']?.(), options),
};

function toArray(cursor: unknown): unknown {
  return (cursor as { toArray(): unknown }).toArray();
}

function execute(bulk: unknown, options: object): unknown {
  const built = bulk as { insert(document: object): unknown; execute(options: object): unknown };
  built.insert(FILTER);
  return built.execute(options);
}
