import type { ClientSession, ObjectId } from 'mongodb';
import { op, type SafeCursor, type SafeSort } from 'safe-collection';

import { ADA, type userView, type Programs, type User } from '../world.ts';

const names = (found: readonly { username: string }[]): string[] => found.map(({ username }) => username);

/** Lists: their order, their pages and their options. */
export const lists: Programs = {
  async 'the order comes from a table of orders'({ users }) {
    const orders = { name: { username: 1 }, newest: { joined_at: -1 } } as const;
    const list = async (order: keyof typeof orders) =>
      users.find({}, { projection: ['username'], sort: orders[order] }).toArray();
    return [
      [names(await list('name')), names(await list('newest'))],
      [
        ['ada', 'bob'],
        ['bob', 'ada'],
      ],
    ];
  },
  async 'the order is a field and a direction'({ users }) {
    const list = async (field: 'username' | 'joined_at', direction: 1 | -1) =>
      users.find({}, { projection: ['username'], sort: [[field, direction]] }).toArray();
    const sort: SafeSort<typeof userView> = { age: 1 };
    const built = await users.find({}, { projection: ['username'], sort }).toArray();
    return [
      [names(await list('username', -1)), names(built)],
      [
        ['bob', 'ada'],
        ['bob', 'ada'],
      ],
    ];
  },
  async 'a cursor sorts'({ users }) {
    const found = await users
      .find({}, { projection: ['username'] })
      .sort('username', -1)
      .limit(1)
      .toArray();
    return [names(found), ['bob']];
  },
  async 'pages by number'({ users }) {
    const seen: string[] = [];
    for (let skip = 0; ; skip += 1) {
      const page = await users.find({}, { projection: ['username'], sort: { username: 1 }, skip, limit: 1 }).toArray();
      if (page.length === 0) break;
      seen.push(...names(page));
    }
    return [seen, ['ada', 'bob']];
  },
  async 'pages by the last key'({ users }) {
    const page = async (after?: string) =>
      users
        .find(after === undefined ? {} : { username: op({ $gt: after }) }, {
          projection: ['username'],
          sort: { username: 1 },
          limit: 1,
        })
        .toArray();
    return [
      [names(await page()), names(await page('ada'))],
      [['ada'], ['bob']],
    ];
  },
  async 'options may be missing or undefined'({ users }) {
    const list = async (limit?: number, session?: ClientSession) =>
      users.find({}, { projection: ['username'], sort: { username: 1 }, limit, session }).toArray();
    const spread = async (limit?: number) =>
      users.find({}, { projection: ['username'], ...(limit !== undefined && { limit }) }).toArray();
    const options = { projection: { username: 1 }, limit: 1 } as const;
    const lengths = [
      await list(),
      await list(1),
      await spread(),
      await spread(1),
      await users.find({}, options).toArray(),
    ];
    return [lengths.map(({ length }) => length), [2, 1, 2, 1, 1]];
  },
  async 'a helper takes any cursor, another any document with an id'({ users }) {
    const first = async <T>(cursor: SafeCursor<T>): Promise<T[]> => cursor.limit(1).toArray();
    const exists = async (documents: { exists(filter: { _id: ObjectId }): Promise<boolean> }, _id: ObjectId) =>
      documents.exists({ _id });
    const found = await first(users.find({}, { projection: ['username'], sort: { username: 1 } }));
    return [
      [names(found), await exists({ exists: (filter) => users.exists(filter) }, ADA)],
      [['ada'], true],
    ];
  },
  async 'distinct values, with and without a filter'({ users }) {
    const roles: User['role'][] = await users.distinct('role');
    const tags: string[] = await users.distinct('tags', { role: 'admin' });
    return [
      [roles.sort(), tags.sort(), await users.countDocuments()],
      [['admin', 'member'], ['a', 'b'], 2],
    ];
  },
};
