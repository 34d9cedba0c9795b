import { beforeEach, describe, expect, it } from 'vitest';
import { ObjectId } from 'mongodb';
import { createSafeDb, defineAudiences, defineView, SafeCollection, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { testServer } from '../write/support/server.ts';

interface Member {
  _id: ObjectId;
  tenant_id: string;
  name: string;
  email: string;
  age: number;
  role: string;
  hash: string;
}

const memberView = defineView<Member>()({ public: { name: 1, age: 1 } });
const members = defineAudiences(memberView, {
  public: { public: { age: 0 } },
  self: { public: { email: 1 }, writable: { email: 1 } },
  admin: memberView.extend({ name: 'staff', public: { role: 1, email: 1 }, writable: { role: 1 } }),
});
const noteView = defineView<{ _id: ObjectId; author: string; text: string }>()({ public: { author: 1, text: 1 } });

const server = testServer();
const raw = () => server.db.collection<Member>('members');
const all = () => new SafeCollection(raw(), members);
const ADA = { tenant_id: 'acme', name: 'ada', email: 'ada@example.com', age: 36, role: 'owner', hash: 'x' };

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ _id: new ObjectId(), ...ADA });
  await server.db.collection('notes').deleteMany({});
  await server.db.collection('notes').insertOne({ author: 'ada', text: 'hello' });
  server.forget();
});

describe('a collection with audiences', () => {
  it('sees what the smallest audience sees, if none is named', async () => {
    expect(await all().findOne({}, { projection: members })).toEqual({ name: 'ada' });
    expect(await all().findOne({}, { projection: members.views.public })).toEqual({ name: 'ada' });
    expect(await all().findOne({}, { projection: members.select(['name']) })).toEqual({ name: 'ada' });
    server.forget();
    await expect(all().findOne({}, { projection: ['age'] as never })).rejects.toMatchObject({
      code: 'projection_path',
    });
    await expect(all().exists({ email: 'ada@example.com' } as never)).rejects.toMatchObject({ code: 'filter_path' });
    expect(server.sent).toEqual([]);
  });

  it('sees what the named audience sees, and nothing of the others', async () => {
    const { tenant_id: _, role, hash: _hash, ...own } = ADA;
    const self = all().forAudience('self');
    const admin = all().forAudience('admin');
    expect(await self.findOne({ email: ADA.email }, { projection: members.views.self })).toEqual(own);
    expect(await admin.findOne({ role }, { projection: members.views.admin })).toEqual({ ...own, role });
    await self.updateOne({ name: 'ada' }, { $set: { email: 'new@example.com' } });
    await admin.updateOne({ name: 'ada' }, { $set: { role: 'member' } });
    server.forget();
    // Neither has what the other has, and neither what no audience has.
    await expect(self.findOne({}, { projection: ['role'] as never })).rejects.toMatchObject({ view: 'self' });
    await expect(admin.updateOne({ name: 'a' }, { $set: { email: 'e' } as never })).rejects.toMatchObject({
      code: 'write_path',
      view: 'staff',
    });
    await expect(admin.findOne({}, { projection: ['hash'] as never })).rejects.toMatchObject({
      code: 'projection_path',
    });
    await expect(self.findOne({}, { projection: members.views.admin as never })).rejects.toMatchObject({
      code: 'projection_path',
    });
    expect(server.sent).toEqual([]);
  });

  it('can be asked for one of several', async () => {
    const found = async (role: 'self' | 'admin') =>
      await all().forAudience(role).findOne({ name: 'ada' }, { projection: members.views[role] });
    expect(Object.keys((await found('self')) ?? {})).toEqual(['name', 'age', 'email']);
    expect(Object.keys((await found('admin')) ?? {})).toEqual(['name', 'age', 'role', 'email']);
  });

  it.each([['staff'], ['__proto__'], ['toString'], [''], [undefined], [null], [['self']], [{ name: 'self' }]])(
    'refuses an audience that it does not know: %j',
    (audience) => {
      expect(() => all().forAudience(audience as never)).toThrowError(
        expect.objectContaining({ code: 'audience_unknown', operation: 'forAudience' }),
      );
    },
  );

  it('gives no second audience to a collection that has one, and none to a plain view', () => {
    for (const plain of [all().forAudience('self'), new SafeCollection(raw(), memberView)])
      expect(() => plain.forAudience('admin' as never)).toThrowError(
        expect.objectContaining({ code: 'audience_unknown' }),
      );
  });

  it('keeps its audience in a transaction', async () => {
    const shop = createSafeDb(server.db, { members, notes: noteView });
    await withTransaction(shop, async (tx) => {
      await tx.bind(shop.members.forAudience('self')).updateOne({ name: 'ada' }, { $set: { email: 'tx' } });
      await tx.collections.members.forAudience('admin').updateOne({ email: 'tx' }, { $set: { role: 'tx' } });
    });
    expect(await raw().findOne({}, { projection: { _id: 0, email: 1, role: 1 } })).toEqual({ email: 'tx', role: 'tx' });
  });

  it('is joined as the smallest audience', async () => {
    const shop = createSafeDb(server.db, { members, notes: noteView });
    const join = (path: string) =>
      shop.notes
        .aggregate([
          { $lookup: { from: 'members', localField: 'author', foreignField: 'name', as: 'by' } },
          { $project: { [path]: 1 } as never },
        ])
        .toArray();
    expect(await join('by.name')).toEqual([{ by: [{ name: 'ada' }] }]);
    expect(() => join('by.email')).toThrowError(expect.objectContaining({ code: 'pipeline_path' }));
  });

  it('needs its scope first', async () => {
    const scoped = defineAudiences(memberView.extend({ name: 'scoped', scope: { tenant_id: 1 } }), {
      public: {},
      admin: { public: { role: 1 } },
    });
    const unbound = new SafeCollection(raw(), scoped);
    expect(() => (unbound as never as { forAudience(name: string): void }).forAudience('admin')).toThrowError(
      expect.objectContaining({ code: 'scope_missing' }),
    );
    const admin = (tenant_id: string) => unbound.scoped({ tenant_id }).forAudience('admin');
    expect(
      await admin('acme')
        .find({}, { projection: ['role'] })
        .toArray(),
    ).toEqual([{ role: 'owner' }]);
    expect(
      await admin('globex')
        .find({}, { projection: ['role'] })
        .toArray(),
    ).toEqual([]);
    expect(() => admin('globex').scoped({ tenant_id: 'acme' })).toThrowError(
      expect.objectContaining({ code: 'argument_invalid' }),
    );
    const shop = createSafeDb(server.db, { members: scoped });
    expect(await shop.scoped({ tenant_id: 'globex' }).members.forAudience('admin').countDocuments()).toBe(0);
  });

  it('is the smallest audience for a privileged collection: the rest is sensitive', async () => {
    const reports = new PrivilegedCollection(raw(), members, { reason: 'test' });
    const found = await reports.findOne({}, { projection: ['name', 'email'] });
    expect(JSON.stringify(found)).toBe('{"name":"ada","email":"[redacted]"}');
  });
});

describe('defineAudiences()', () => {
  const define = (audiences: unknown, base: unknown = memberView) =>
    defineAudiences(base as typeof memberView, audiences as never);

  it.each<readonly [string, unknown, string]>([
    ['no audience', {}, 'view_contradiction'],
    [
      'audiences of which none is the smallest',
      { one: { public: { role: 1 } }, two: { public: { email: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest that may write more',
      { one: { writable: { name: 1 } }, two: { public: { role: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest that may filter more',
      { one: { filterable: { role: 1 } }, two: { public: { hash: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest that may sort more',
      { one: { sortable: { role: 1 } }, two: { public: { hash: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest that may join more',
      { one: { joinable: { role: 1 } }, two: { public: { hash: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest with plain operators',
      { one: { operators: 'plain' }, two: { public: { role: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest with more geo paths',
      { one: { geo: { role: 1 } }, two: { public: { hash: 1 } } },
      'view_contradiction',
    ],
    [
      'a smallest with more text search',
      { one: { search: ['name'] }, two: { public: { hash: 1 } } },
      'view_contradiction',
    ],
    ['two equal audiences', { one: {}, two: {} }, 'view_contradiction'],
    ['another scope', { one: {}, two: { public: { role: 1 }, scope: { tenant_id: 1 } } }, 'view_contradiction'],
    [
      'a view with another scope',
      { one: {}, two: memberView.extend({ name: 'x', public: { role: 1 }, scope: 'shared' }) },
      'view_contradiction',
    ],
    ['a copy of a view', { one: {}, two: { ...memberView } }, 'input_invalid'],
    ['text', { one: 'x' }, 'view_value'],
    ['null', { one: null }, 'view_value'],
    ['an unknown part', { one: { publik: {} } }, 'view_value'],
    ['a list', [{}], 'input_invalid'],
    ['nothing', undefined, 'input_invalid'],
  ])('refuses %s', (_, audiences, code) => {
    expect(() => define(audiences)).toThrowError(expect.objectContaining({ code, name: 'ViewError' }));
  });

  it('refuses what is not a view', () => {
    expect(() => define({ one: {} }, { ...memberView })).toThrowError(
      expect.objectContaining({ code: 'view_invalid' }),
    );
  });

  it('counts a subtree as all below it', () => {
    const treeView = defineView<{ _id: ObjectId; name: string; free: { a: string; b: string } }>()({
      public: { name: 1 },
    });
    const made = defineAudiences(treeView, {
      one: { public: { 'free.a': 1 } },
      two: { public: { 'free.a': 1, 'free.b': 1 } },
    });
    expect(Object.keys(made.views)).toEqual(['one', 'two']);
  });

  it('returns frozen audiences', () => {
    expect(Object.isFrozen(members)).toBe(true);
    expect(Object.isFrozen(members.views)).toBe(true);
  });
});
