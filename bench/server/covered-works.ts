import type { Collection, Db } from 'mongodb';
import { type CollectionOf, op, SafeCollection } from 'safe-collection';

import type { BenchUser } from '../data/bench-user.ts';
import { benchView } from '../data/bench-view.ts';
import { usernameOf } from '../data/make-user.ts';
import { RAW_NARROW } from '../data/projections.ts';
import { LANES } from '../contenders/lanes.ts';
import type { Lane, Work } from '../measure/work.ts';
import type { Size } from '../size.ts';

export const COVERED = {
  raw: 'raw driver, index on username',
  rawCovered: 'raw driver, index on username, email, joined_at',
  plain: 'safe-collection, index on username',
  covered: 'safe-collection, index on username, email, joined_at',
} as const;

/** The same read with an index on the filtered path, and with an index on every projected path. */
export function coveredWorks(db: Db, { users, lists }: Size): readonly Work[] {
  const plain = new SafeCollection(db.collection<BenchUser>('users'), benchView);
  const covered = new SafeCollection(db.collection<BenchUser>('covered'), benchView);
  const from = usernameOf(Math.floor(users / 4));
  return lists.slice(-2).map((limit) => ({
    name: `find ${limit.toLocaleString('en')} by a range of usernames`,
    lanes: [
      rawLane(COVERED.raw, db.collection('users'), from, limit),
      rawLane(LANES.again, db.collection('users'), from, limit),
      rawLane(COVERED.rawCovered, db.collection('covered'), from, limit),
      laneOf(COVERED.plain, plain, from, limit),
      laneOf(COVERED.covered, covered, from, limit),
    ],
  }));
}

function laneOf(name: string, users: CollectionOf<typeof benchView>, from: string, limit: number): Lane {
  return {
    name,
    run: () =>
      users
        .find(
          { username: op({ $gte: from }) },
          { projection: { username: 1, email: 1, joined_at: 1 }, sort: { username: 1 }, limit },
        )
        .toArray(),
  };
}

function rawLane(name: string, users: Collection<BenchUser>, from: string, limit: number): Lane {
  return {
    name,
    run: () =>
      users.find({ username: { $gte: from } }, { projection: RAW_NARROW, sort: { username: 1 }, limit }).toArray(),
  };
}
