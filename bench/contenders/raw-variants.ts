import type { Collection } from 'mongodb';
import { z } from 'zod';

import type { BenchUser } from '../data/bench-user.ts';
import { RAW_NARROW, RAW_WIDE } from '../data/projections.ts';
import type { Calls } from './contender.ts';

/** The driver without a projection, which returns whole documents. */
export function wholeCalls(users: Collection<BenchUser>): Partial<Calls> {
  return {
    findOne: (username) => users.findOne({ username }),
    narrow: (limit) => users.find({}, { limit }).toArray(),
    wide: (limit) => users.find({}, { limit }).toArray(),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of users.find({}, { limit })) count += 1;
      return count;
    },
    findOneAndUpdate: (username, age) =>
      users.findOneAndUpdate({ username }, { $set: { age } }, { returnDocument: 'after' }),
    aggregate: (limit) => users.aggregate([{ $sort: { joined_at: -1 } }, { $limit: limit }]).toArray(),
  };
}

/** The driver with a batch size. */
export function batchCalls(users: Collection<BenchUser>, sizeFor: (limit: number) => number): Partial<Calls> {
  return {
    narrow: (limit) => users.find({}, { projection: RAW_NARROW, limit, batchSize: sizeFor(limit) }).toArray(),
    wide: (limit) => users.find({}, { projection: RAW_WIDE, limit, batchSize: sizeFor(limit) }).toArray(),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of users.find({}, { projection: RAW_NARROW, limit, batchSize: sizeFor(limit) }))
        count += 1;
      return count;
    },
  };
}

const narrowUser = z.strictObject({ username: z.string(), email: z.string(), joined_at: z.date() });
const wideUser = narrowUser.extend({
  age: z.number(),
  tags: z.array(z.string()),
  profile: z.strictObject({ bio: z.string().optional(), avatar: z.string() }).optional(),
  addresses: z.array(z.strictObject({ city: z.string() })),
});
const narrowUsers = z.array(narrowUser);
const wideUsers = z.array(wideUser);

/** The driver, with a schema that checks each result: the usual way to guarantee a shape. */
export function zodCalls(raw: Calls): Partial<Calls> {
  return {
    findOne: async (username) => narrowUser.nullable().parse(await raw.findOne(username)),
    narrow: async (limit) => narrowUsers.parse(await raw.narrow(limit)),
    wide: async (limit) => wideUsers.parse(await raw.wide(limit)),
    findOneAndUpdate: async (username, age) => narrowUser.nullable().parse(await raw.findOneAndUpdate(username, age)),
    aggregate: async (limit) => narrowUsers.parse(await raw.aggregate(limit)),
  };
}
