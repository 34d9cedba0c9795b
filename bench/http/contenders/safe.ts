import { MongoClient } from 'mongodb';
import { type CollectionOf, SafeCollection } from 'safe-collection';

import type { BenchUser } from '../../data/bench-user.ts';
import { benchView } from '../../data/bench-view.ts';
import { NARROW, WIDE } from '../../data/projections.ts';
import type { Reads, Source } from './reads.ts';

async function usersOf({ uri, database }: Source): Promise<CollectionOf<typeof benchView>> {
  const client = await new MongoClient(uri).connect();
  return new SafeCollection(client.db(database).collection<BenchUser>('users'), benchView);
}

/** The library's objects. */
export async function openSafe(source: Source): Promise<Reads> {
  const users = await usersOf(source);
  return {
    one: (username) => users.findOne({ username }, { projection: NARROW }),
    list: (limit) => users.find({}, { projection: WIDE, limit }).toArray(),
  };
}

/** The library's JSON. */
export async function openSafeJson(source: Source): Promise<Reads> {
  const users = await usersOf(source);
  return {
    one: (username) => users.findOneJson({ username }, { projection: NARROW }),
    list: (limit) => users.findJson({}, { projection: WIDE, limit }),
  };
}
