import { MongoClient, type Collection } from 'mongodb';

import { RAW_NARROW, RAW_WIDE } from '../../data/projections.ts';
import type { Reads, Source } from './reads.ts';

async function usersOf({ uri, database }: Source): Promise<Collection> {
  const client = await new MongoClient(uri).connect();
  return client.db(database).collection('users');
}

/** The driver with projections. */
export async function openRaw(source: Source): Promise<Reads> {
  const users = await usersOf(source);
  return {
    one: (username) => users.findOne({ username }, { projection: RAW_NARROW }),
    list: (limit) => users.find({}, { projection: RAW_WIDE, limit }).toArray(),
  };
}

/** The driver without projections, as in many programs. */
export async function openWhole(source: Source): Promise<Reads> {
  const users = await usersOf(source);
  return {
    one: (username) => users.findOne({ username }),
    list: (limit) => users.find({}, { limit }).toArray(),
  };
}
