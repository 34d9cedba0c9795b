import type { Db } from 'mongodb';
import { ClientSession, MaxKey, MinKey, ReadConcern, ReadPreference } from 'mongodb';
import { createSafeDb, defineView, SafeCollection, subtree } from 'safe-collection';
import { PrivilegedCollection, Sensitive } from 'safe-collection/privileged';

import type { AnswerWorld } from './answer-list.ts';
import { PEOPLE, personView, plainView, postView } from './people.ts';

const SEAL = { sealKeys: [Buffer.alloc(32, 7)] };

const closedView = defineView<object>()({ name: 'closed', public: { settings: subtree, username: 1 } } as never);

/** The people, with their views. */
export const PEOPLE_VIEWS: AnswerWorld = {
  async store(db) {
    await PEOPLE.store(db);
    await db.command({ collMod: 'people', changeStreamPreAndPostImages: { enabled: true } });
  },
  names: (db: Db) => ({
    ...PEOPLE.names(db),
    V: personView,
    W: plainView,
    POST: postView,
    OPEN: closedView,
    MaxKey,
    MinKey,
    ReadConcern,
    ReadPreference,
    ClientSession,
    SafeCollection,
    PrivilegedCollection,
    Sensitive,
    createSafeDb,
    defineView,
    subtree,
    SEAL,
    chunks,
    db,
  }),
};

async function chunks(stream: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const parts: string[] = [];
  for await (const part of stream) parts.push(Buffer.from(part).toString());
  return parts;
}
