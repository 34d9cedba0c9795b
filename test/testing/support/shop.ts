import { createHash, randomUUID } from 'node:crypto';

import type { Db, Document } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';
import type { World } from 'safe-collection/testing';

export interface Account {
  username: string;
  email: string;
  password_hash: string;
  credit: number;
  note?: string;
  profile: { bio: string; ssn: string };
  keys: { label: string; secret: string }[];
}

export const accountView = defineView<Account>()({
  public: { username: 1, email: 1, 'profile.bio': 1, 'keys.label': 1 },
  arrays: { keys: 1 },
});

export const views = { accounts: accountView };

/** Accounts in no order of their private fields. */
export const seed = {
  accounts: Array.from({ length: 12 }, (_, index): Account => ({
    username: `user-${index}`,
    email: `user-${index}@example.com`,
    password_hash: `hash-${(index * 7) % 12}`,
    credit: (index * 5) % 12,
    ...(index % 3 === 0 ? { note: `note ${index}` } : {}),
    profile: { bio: `bio ${index}`, ssn: `ssn-${index}` },
    keys: [{ label: 'first', secret: `secret-${index}` }],
  })),
};

/** A request in the form that every framework's adapter of the tests makes. */
export interface Ask {
  readonly path: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Service = (ask: Ask) => Promise<Reply>;

function json(body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function raw(db: Db) {
  return db.collection<Account>('accounts');
}

function safe(db: Db) {
  return new SafeCollection(raw(db), accountView);
}

const CARD = { username: 1, email: 1 } as const;

/** Services that show something private, each in its own way. */
export const LEAKS: Readonly<Record<string, (world: World) => Service>> = {
  'the whole document in the body':
    ({ db }) =>
    async () =>
      json(
        await raw(db)
          .find({}, { projection: { _id: 0 } })
          .sort({ username: 1 })
          .toArray(),
      ),
  'a nested private field in the body':
    ({ db }) =>
    async () =>
      json(
        await raw(db)
          .find({}, { projection: { _id: 0, profile: 1 } })
          .toArray(),
      ),
  'a header with a private number':
    ({ db }) =>
    async () => {
      const first = await raw(db).findOne({ username: 'user-1' });
      return json({ ok: true }, { 'x-credit': String(first?.credit) });
    },
  'an ETag over the stored document':
    ({ db }) =>
    async () => {
      const first = await raw(db).findOne({ username: 'user-1' }, { projection: { _id: 0 } });
      return json(
        { username: first?.username },
        { etag: createHash('sha1').update(JSON.stringify(first)).digest('hex') },
      );
    },
  'the order of a private field':
    ({ db }) =>
    async () =>
      json(
        await raw(db)
          .find({}, { projection: { _id: 0, username: 1 } })
          .sort({ credit: 1 })
          .toArray(),
      ),
  'a count over a private field':
    ({ db }) =>
    async () =>
      json({ poor: await raw(db).countDocuments({ credit: { $lt: 6 } }) }),
  'whether a private field is there':
    ({ db }) =>
    async () =>
      json({ noted: await raw(db).countDocuments({ note: { $exists: true } }) }),
  'the text of an error':
    ({ db }) =>
    async () => {
      try {
        await raw(db)
          .aggregate([{ $project: { n: { $toInt: '$password_hash' } } }])
          .toArray();
        return json({});
      } catch (error) {
        return json({ error: (error as Error).message.replaceAll(/two_worlds_\w+/g, '') }, {}, 500);
      }
    },
  'the status':
    ({ db }) =>
    async () =>
      json({}, {}, (await raw(db).countDocuments({ credit: 5 })) > 0 ? 200 : 404),
  'a log line': (world) => async () => {
    const first = await raw(world.db).findOne({ username: 'user-1' });
    world.log.write(`read ${first?.password_hash}\n`);
    return json({ username: first?.username });
  },
};

/** Services that show nothing private, and change from run to run in other ways. */
export const CLEAN: Readonly<Record<string, (world: World) => Service>> = {
  'a list of cards':
    ({ db }) =>
    async () =>
      json(
        await safe(db)
          .find({}, { projection: CARD, sort: { username: 1 } })
          .toArray(),
      ),
  'a list with a random request id and a time':
    ({ db }) =>
    async () =>
      json(
        { at: Date.now(), items: await safe(db).find({}, { projection: CARD }).toArray() },
        { 'x-request-id': randomUUID() },
      ),
  'an ETag over a public card':
    ({ db }) =>
    async () => {
      const card = await safe(db).findOne({ username: 'user-1' }, { projection: CARD });
      return json(card, { etag: createHash('sha1').update(JSON.stringify(card)).digest('hex') });
    },
  'a stored document with a new id':
    ({ db }) =>
    async () => {
      const { insertedId } = await db.collection('visits').insertOne({ at: new Date() } as Document);
      return json({ insertedId, visits: await db.collection('visits').countDocuments({}) });
    },
  'a page of HTML with a nonce':
    ({ db }) =>
    async () => {
      const card = await safe(db).findOne({ username: 'user-2' }, { projection: CARD });
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: `<script nonce="${randomUUID()}"></script> <p> ${card?.email} </p>`,
      };
    },
  'a refused call':
    ({ db }) =>
    async ({ path }) => {
      try {
        await safe(db).findOne({}, { projection: { [path.slice(1)]: 1 } } as never);
        return json({});
      } catch (error) {
        return json({ error: (error as Error).message }, {}, 400);
      }
    },
};
