import type { ObjectId } from 'mongodb';
import { defineView, everything, op, SafeCollection, trusted, type SafeFilter } from 'safe-collection';

import { ADA, BOB, type userView, type Programs, type User } from '../world.ts';

/** Whether the caller gave something: not known to the compiler. */
const given = Date.now() > 0;
const text: string = 'ada';

/** Filters as they are built up. */
export const filters: Programs = {
  async 'assigned one by one'({ users }) {
    const filter: SafeFilter<typeof userView> = {};
    if (text) filter.username = text;
    if (given) filter.age = op({ $gte: 18 });
    return [await users.countDocuments(filter), 1];
  },
  async 'of an object with optional keys'({ users }) {
    const filter: { username?: string; role?: User['role'] } = {};
    if (text) filter.username = text;
    return [await users.countDocuments(filter), 1];
  },
  async 'by conditional spreads'({ users }) {
    const counts = [
      await users.countDocuments({ ...(text ? { username: text } : {}), role: 'admin' }),
      await users.countDocuments({ ...(given && { username: 'bob' }) }),
    ];
    return [counts, [1, 1]];
  },
  async 'from a helper'({ users }) {
    const byName = (username: string) => ({ username });
    return [await users.findOne(byName('bob'), { projection: ['username'] }), { username: 'bob' }];
  },
  async 'grown by a spread, and in a list of conditions'({ users }) {
    let filter: SafeFilter<typeof userView> = { role: 'admin' };
    if (given) filter = { ...filter, username: text };
    const parts: SafeFilter<typeof userView>[] = [filter];
    if (given) parts.push({ age: op({ $gt: 30 }) });
    return [await users.countDocuments(parts.length > 0 ? { $and: parts } : {}), 1];
  },
  async 'with bounds that may be missing'({ users }) {
    const from: Date | undefined = given ? new Date('2024-01-15') : undefined;
    return [await users.countDocuments({ joined_at: op({ ...(from && { $gte: from }), $lt: new Date() }) }), 1];
  },
  async 'by a union, a RegExp, null and ids of another query'({ users, orders }) {
    const byRole = async (role: User['role']) => users.countDocuments({ role, deleted_at: null });
    const buyers = await orders.find({ product: 'lamp' }, { projection: ['user_id'] }).toArray();
    const ids: readonly ObjectId[] = buyers.map(({ user_id }) => user_id);
    const names = await users
      .find({ _id: op({ $in: ids }) }, { projection: ['username'], sort: { username: 1 } })
      .toArray();
    const counts = [await byRole('admin'), await users.countDocuments({ username: new RegExp(`^${text}`, 'i') })];
    return [
      [counts, names.map(({ username }) => username)],
      [
        [1, 1],
        ['ada', 'bob'],
      ],
    ];
  },
  async 'of the program, alone and combined'({ users, orders }) {
    const owner = (id: ObjectId) => trusted({ filter: { user_id: id } });
    const alive = trusted({ deleted_at: null });
    const admins = trusted({ internal_role: 'root' });
    const found = [
      await orders.countDocuments({ product: 'lamp' }, { trusted: owner(ADA) }),
      await users.countDocuments(trusted.and(alive, admins)),
      await users.countDocuments({}, { trusted: trusted({ filter: { password_hash: 'y' } }) }),
    ];
    return [found, [1, 1, 1]];
  },
  async 'on branches: presence, null and elements'({ users, orders }) {
    const found = [
      await users.countDocuments({ profile: op({ $exists: true }) }),
      await users.countDocuments({ profile: null }),
      await orders.countDocuments({ lines: op({ $size: 0 }) }),
      await orders.countDocuments({ lines: op({ $elemMatch: { sku: 'l', count: op({ $gte: 2 }) } }) }),
      await users.countDocuments({ tags: ['a', 'b'] }),
    ];
    return [found, [1, 1, 2, 1, 1]];
  },
  async 'by ids of every kind'({ db }) {
    interface Named {
      _id: string;
      name: string;
    }
    const named = new SafeCollection(
      db.collection<Named>('named'),
      defineView<Named>()({ public: { _id: 1, name: 1 }, writable: { _id: 1, name: 1 } }),
    );
    await named.insertOne({ _id: 'x', name: 'y' });
    interface Seat {
      _id: { hall: string; seat: number };
      price: number;
    }
    const seats = new SafeCollection(
      db.collection<Seat>('seats'),
      defineView<Seat>()({ public: { price: 1 }, writable: { price: 1 } }),
    );
    await seats.insertOne({ price: 3 }, { trusted: trusted({ set: { _id: { hall: 'a', seat: 1 } } }) });
    type Key = string & { readonly brand: 'key' };
    const keyed = new SafeCollection(
      db.collection<{ _id: Key; n: number }>('named'),
      defineView<{ _id: Key; n: number }>()({ public: { n: 1 } }),
    );
    const unnamed = new SafeCollection(
      db.collection<{ text: string }>('notes'),
      defineView<{ text: string }>()({ public: { text: 1 }, writable: { text: 1 } }),
    );
    const { insertedId } = await unnamed.insertOne({ text: 't' });
    const found = [
      await named.findOne({ _id: op({ $in: ['x'] }) }, { projection: ['_id'] }),
      await seats.findOne({ _id: { hall: 'a', seat: 1 } }, { projection: ['price'] }),
      await keyed.countDocuments({ _id: 'x' as Key }),
      await unnamed.exists({ _id: insertedId }),
    ];
    return [found, [{ _id: 'x' }, { price: 3 }, 1, true]];
  },
  async 'of deletions'({ users }) {
    const one = await users.deleteOne({ _id: BOB });
    const all = await users.deleteMany(everything);
    return [
      [one.deletedCount, all.deletedCount],
      [1, 1],
    ];
  },
};
