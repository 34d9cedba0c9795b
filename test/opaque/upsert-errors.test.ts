import { ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, opaqueId, SafeCollection, trusted } from 'safe-collection';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';
import { UPDATE_CALLS } from '../write/support/update-calls.ts';
import { KEY } from './support/shop.ts';

interface Owner {
  _id: ObjectId;
  username: string;
}

interface Team {
  _id: ObjectId;
  username: string;
  owner_id: ObjectId;
  member_ids: ObjectId[];
}

const ownerView = defineView<Owner>()({
  name: 'owners',
  public: { id: opaqueId('_id'), username: 1 },
  writable: { username: 1 },
});
const teamView = defineView<Team>()({
  name: 'teams',
  public: { username: 1, owner: opaqueId('owner_id', ownerView), members: opaqueId('member_ids', ownerView) },
  writable: { username: 1, owner: 1, members: 1 },
  arrays: { members: 1 },
});
const scopedView = teamView.extend({ name: 'scoped', scope: { owner_id: 1 } });
const shardedView = teamView.extend({ name: 'sharded', shardKey: { owner_id: 1 } });

const server = testServer();
const KEYS = { sealKeys: [KEY] } as const;
const raw = () => server.db.collection<Team>('teams');
const targets: Record<'teams' | 'scoped' | 'sharded', () => Loose> = {
  teams: () => loose(new SafeCollection(raw(), teamView, KEYS)),
  scoped: () => loose(new SafeCollection(raw(), scopedView, KEYS).scoped({ owner_id: new ObjectId() })),
  sharded: () => loose(new SafeCollection(raw(), shardedView, KEYS)),
};
let id = '';

beforeEach(async () => {
  const owners = new SafeCollection(server.db.collection<Owner>('owners'), ownerView, KEYS);
  const { document } = await owners.insertOne({ username: 'ada' }, { projection: ['id'] });
  id = document.id;
  server.forget();
});

const SET = { $set: { username: 'u' } };

/** Upserts that are refused: of a collection, with the filter, the update and the refusal. */
const REFUSED: Readonly<
  Record<string, readonly [target: keyof typeof targets, filter: () => object, update: () => object, refusal: object]>
> = {
  'a single value at an array': ['teams', () => ({ members: id }), () => SET, { code: 'write_value', path: 'members' }],
  'an $in of the same twice at an array': [
    'teams',
    () => ({ members: op({ $in: [id, id] }) }),
    () => SET,
    { code: 'write_value', path: 'members' },
  ],
  "a single value of the program's": [
    'teams',
    () => trusted({ member_ids: new ObjectId() as never }),
    () => SET,
    { code: 'write_value', path: 'members' },
  ],
  'several values at one path': [
    'teams',
    () => ({ $and: [{ owner: id }, { owner: id }] }),
    () => SET,
    { code: 'write_conflict', path: 'owner' },
  ],
  'a value beside that of the scope': [
    'scoped',
    () => ({ owner: id }),
    () => SET,
    { code: 'scope_value', path: 'owner' },
  ],
  'another scope': [
    'scoped',
    () => ({ username: 'u' }),
    () => ({ $set: { owner: id } }),
    { code: 'scope_value', path: 'owner' },
  ],
  'no shard key': ['sharded', () => ({ username: 'u' }), () => SET, { code: 'shard_key', path: 'owner' }],
};

describe.each(Object.entries(UPDATE_CALLS))('an upsert by %s that is refused', (name, call) => {
  it.each(Object.entries(REFUSED))(
    'names an opaque id as the view does: %s',
    async (_, [target, filter, update, refusal]) => {
      const projection = name.startsWith('findOneAnd') ? { projection: ['username'] } : {};
      const answer = async () => await call(targets[target](), filter(), update(), { ...projection, upsert: true });
      const error = (await answer().catch((refused: unknown) => refused)) as Error;
      expect(error).toMatchObject(refusal);
      expect(error.message).not.toMatch(/_ids?\b/);
      expect(server.sent).toEqual([]);
    },
  );
});
