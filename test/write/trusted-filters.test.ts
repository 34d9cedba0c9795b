import { describe, expect, it } from 'vitest';
import { createSafeDb, op, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { memberView, testMembers } from './support/members.ts';

const { server, raw, stored, members, refused } = testMembers();
const P = { projection: ['username'] };
const ofA = trusted({ tenant: 'A' });

describe('a trusted filter in the place of the filter compares any path', () => {
  it('in reads', async () => {
    expect(
      await members()
        .find(ofA, { ...P, sort: { username: 1 } })
        .toArray(),
    ).toEqual([{ username: 'ada' }, { username: 'bob' }]);
    expect(await members().findOne(trusted({ role: 'admin' }), P)).toEqual({ username: 'ada' });
    expect(await members().exists(trusted({ tenant: 'C' }))).toBe(false);
    expect(await members().countDocuments(trusted({ $or: [{ role: 'admin' }, { tenant: op({ $gt: 'A' }) }] }))).toBe(2);
    expect(await members().distinct('username', ofA)).toEqual(['ada', 'bob']);
  });

  it('in writes', async () => {
    expect(await members().updateOne(trusted({ role: 'admin' }), { $set: { credits: 1 } })).toMatchObject({
      matchedCount: 1,
    });
    expect(await members().updateMany(ofA, { $set: { credits: 2 } })).toMatchObject({ matchedCount: 2 });
    expect(
      await members().findOneAndUpdate(
        trusted({ tenant: 'B' }),
        { $set: { credits: 3 } },
        { projection: ['credits'], returnDocument: 'after' },
      ),
    ).toEqual({ credits: 3 });
    expect(await members().findOneAndDelete(trusted({ tenant: 'B' }), P)).toEqual({ username: 'eve' });
    expect(await members().deleteOne(trusted({ role: 'admin' }))).toMatchObject({ deletedCount: 1 });
    expect(await members().deleteMany(ofA)).toMatchObject({ deletedCount: 1 });
  });

  it('and so does one that stands in `filter` of options.trusted, or is made of several', async () => {
    const users = trusted.and(ofA, trusted({ role: 'user' }));
    expect(await members().find(users, P).toArray()).toEqual([{ username: 'bob' }]);
    expect(
      await members()
        .find({}, { ...P, trusted: trusted({ filter: users }) })
        .toArray(),
    ).toEqual([{ username: 'bob' }]);
    expect(
      await members()
        .find(ofA, { ...P, trusted: trusted({ filter: { role: 'admin' } }) })
        .toArray(),
    ).toEqual([{ username: 'ada' }]);
  });

  it('in a bulk and in a transaction', async () => {
    await members().bulkWrite([
      { updateMany: { filter: ofA, update: { $set: { credits: 1 } } } },
      { deleteOne: { filter: trusted({ role: 'admin' }) } },
    ]);
    await members()
      .initializeOrderedBulkOp()
      .find(trusted({ tenant: 'B' }))
      .updateOne({ $set: { credits: 9 } })
      .execute();
    await withTransaction(server.client, async (tx) => {
      await tx
        .bind(new SafeCollection(raw(), memberView))
        .updateOne(trusted({ tenant: 'B' }), trusted({ $set: { role: 'root' } }));
    });
    expect(await stored()).toEqual([
      { username: 'bob', role: 'user', tenant: 'A', credits: 1 },
      { username: 'eve', role: 'root', tenant: 'B', credits: 9 },
    ]);
  });

  it('with its operators tagged, and none but those of the grammar', async () => {
    expect(
      await refused(() =>
        members()
          .find(trusted({ tenant: { $ne: 'A' } }), P)
          .toArray(),
      ),
    ).toContain('op({ … })');
    expect(await refused(() => members().exists(trusted({ $where: 'true' })))).toContain("'$where' is not allowed");
    expect(await refused(() => members().exists(trusted({ tenant: op({ $where: 'true' } as never) })))).toContain(
      '$where',
    );
  });

  it('but is not empty where many are written, and is no member of a filter, a pipeline or a joined field', async () => {
    const db = createSafeDb(server.db, { members: memberView });
    for (const empty of [trusted({} as never), trusted.and(trusted({} as never))])
      for (const call of [
        () => members().deleteMany(empty),
        () => members().updateMany(empty, { $set: { credits: 1 } }),
      ])
        expect(await refused(call)).toContain('everything');
    expect(
      await refused(() =>
        members()
          .initializeOrderedBulkOp()
          .find(trusted({} as never))
          .delete(),
      ),
    ).toContain('everything');
    expect(await refused(() => members().exists({ $and: [ofA] }))).toContain(
      '$and must be a non-empty array of filters',
    );
    expect(
      await refused(() =>
        members()
          .aggregate([{ $match: ofA }, { $project: { username: 1 } }])
          .toArray(),
      ),
    ).toContain('options.trusted');
    const joined = {
      from: 'members',
      localField: 'username',
      foreignField: 'username',
      projection: ['username'],
      filter: ofA,
    };
    expect(
      await refused(() =>
        db.members.findPopulated({}, { projection: ['username'], populate: { joined } } as never).toArray(),
      ),
    ).toContain('options.trusted');
    expect(await refused(() => members().exists({ username: ofA }))).toContain('scalar');
  });

  it('and says nothing of joined documents, so `joins` has to', async () => {
    const { members: safe } = createSafeDb(server.db, { members: memberView });
    const same = {
      from: 'members',
      localField: 'username',
      foreignField: 'username',
      projection: ['username'],
      justOne: true,
    } as const;
    const options = { projection: ['username'], populate: { same } } as const;
    expect(await refused(() => safe.findPopulated(ofA as never, options as never).toArray())).toContain('joins');
    const demands = trusted({ joins: { members: trusted({ role: 'admin' }) } });
    expect(await safe.findPopulated(ofA, { ...options, sort: { username: 1 }, trusted: demands }).toArray()).toEqual([
      { username: 'ada', same: { username: 'ada' } },
      { username: 'bob' },
    ]);
  });

  it('but not in a privileged read, whose filter may use any path', async () => {
    const privileged = new PrivilegedCollection(raw() as never, memberView as never, { reason: 'test' });
    for (const call of [
      () => privileged.find(ofA as never, P as never).toArray(),
      () => privileged.findOne(ofA as never, P as never),
      () => privileged.exists(ofA as never),
      () => privileged.countDocuments(ofA as never),
      () => privileged.distinct('username' as never, ofA as never),
    ])
      expect(await refused(call)).toContain('without trusted()');
  });
});

it("nothing but trusted() makes one: its look-alikes are a caller's", async () => {
  const parsed = JSON.parse(JSON.stringify(trusted({ tenant: 'A' }))) as object;
  expect(await refused(() => members().deleteMany(parsed))).toContain('everything');
  expect(await refused(() => members().exists({ ...trusted({ tenant: 'A' }), tenant: 'A' }))).toContain(
    "'tenant' is not filterable",
  );
  expect(await refused(() => members().exists(Object.create(trusted({ tenant: 'A' }) as object)))).toContain('filter');
  expect(await refused(() => members().exists(new Proxy(trusted({ tenant: 'A' }) as object, {})))).toContain('filter');
  expect(() => trusted.and({ tenant: 'A' } as never)).toThrow('made by trusted()');
  expect(() => trusted.and(...([] as unknown as [never]))).toThrow('at least one');
  expect(() => trusted('x' as never)).toThrow('takes an object');
  expect(() => trusted(['x'] as never)).toThrow('takes an object');
  expect(() => trusted({ tenant: undefined } as never)).toThrow('undefined');
});

it('it is copied when it is made', async () => {
  const filter = { tenant: 'A' };
  const mine = trusted(filter);
  filter.tenant = 'B';
  expect(await members().countDocuments(mine)).toBe(2);
  expect(Object.isFrozen(trusted)).toBe(true);
});
