import type { Db } from 'mongodb';

import { makeUser } from '../data/make-user.ts';

const COPIES = 1_000;

/** Stores users as `many`, which the server copies from a thousand. Sessions are left out to save disk space. */
export async function seedMany(db: Db, total: number): Promise<void> {
  const originals = Math.ceil(total / COPIES);
  await db.collection('few').insertMany(Array.from({ length: originals }, (_, index) => makeUser(index)));
  await db
    .collection('few')
    .aggregate([
      { $set: { copy: { $range: [0, COPIES] } } },
      { $unwind: '$copy' },
      { $limit: total },
      { $project: { _id: 0, copy: 0, sessions: 0 } },
      { $out: 'many' },
    ])
    .toArray();
}
