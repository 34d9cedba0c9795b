import type { Loose, LooseBulk } from './loose.ts';

/** A way to send one update. */
export type UpdateCall = (users: Loose, filter: object, update: object, options?: object) => Promise<unknown>;

/** Each method that takes an update. What holds for one of them has to hold for the others. */
export const UPDATE_CALLS: Readonly<Record<string, UpdateCall>> = {
  updateOne: (users, filter, update, options) => users.updateOne(filter, update, options ?? {}),
  updateMany: (users, filter, update, options) => users.updateMany(filter, update, options ?? {}),
  findOneAndUpdate: (users, filter, update, options) =>
    users.findOneAndUpdate(filter, update, {
      projection: ['username', 'email', 'profile.bio', 'addresses.city', 'tags', 'credits'],
      ...options,
    }),
  'findOneAndUpdate, after': (users, filter, update, options) =>
    users.findOneAndUpdate(filter, update, {
      projection: ['username', 'email', 'profile.bio', 'addresses.city', 'tags', 'credits'],
      returnDocument: 'after',
      ...options,
    }),
  'bulkWrite of updateOne': (users, filter, update, options) =>
    users.bulkWrite([{ updateOne: { filter, update, ...options } }]),
  'bulkWrite of updateMany, unordered': (users, filter, update, options) =>
    users.bulkWrite([{ updateMany: { filter, update, ...options } }], { ordered: false }),
  'bulkWrite, built: updateOne': async (users, filter, update, options = {}) =>
    await built(users.initializeOrderedBulkOp(), filter, options, 'updateOne', update),
  'bulkWrite, built: update, unordered': async (users, filter, update, options = {}) =>
    await built(users.initializeUnorderedBulkOp(), filter, options, 'update', update),
};

function built(
  bulk: LooseBulk,
  filter: object,
  options: object,
  method: 'updateOne' | 'update',
  update: object,
): Promise<unknown> {
  const { trusted, ...before } = options as Readonly<Record<string, unknown>>;
  let found = bulk.find(filter);
  for (const [name, value] of Object.entries(before)) {
    if (name !== 'upsert') found = found[name as 'arrayFilters' | 'collation'](value);
    else if (value === true) found = found.upsert();
  }
  return found[method](update, trusted === undefined ? {} : { trusted }).execute();
}
