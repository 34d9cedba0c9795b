import { describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted, VersionConflictError } from 'safe-collection';
import { loose } from './support/loose.ts';
import { testMembers, type Member } from './support/members.ts';

const { server, raw, stored, members, refused } = testMembers();
const P = { projection: ['username'] };
const ofA = trusted({ tenant: 'A' });

describe('a trusted update in the place of the update writes any path', () => {
  it('in each method that updates', async () => {
    await members().updateOne({ username: 'ada' }, trusted({ $set: { role: 'root' }, $inc: { credits: 1 } }));
    await members().updateMany(
      { username: /^[be]/ },
      trusted({ $set: { addresses: [{ city: 'Paris', access_code: '1' }] } }),
    );
    await members().findOneAndUpdate({ username: 'eve' }, trusted({ $unset: { tenant: 1 } }), P);
    await members().bulkWrite([
      { updateOne: { filter: { username: 'bob' }, update: trusted({ $push: { tags: 'x' } }) } },
    ]);
    await members()
      .initializeUnorderedBulkOp()
      .find({ username: 'bob' })
      .update(trusted({ $set: { tenant: 'Z' } }))
      .execute();
    expect(await stored()).toEqual([
      { username: 'ada', role: 'root', tenant: 'A', credits: 1 },
      { username: 'bob', role: 'user', tenant: 'Z', addresses: [{ city: 'Paris', access_code: '1' }], tags: ['x'] },
      { username: 'eve', role: 'user', addresses: [{ city: 'Paris', access_code: '1' }] },
    ]);
  });

  it('with array filters of the caller by filterable paths, and of the program by any', async () => {
    await raw().updateOne(
      { username: 'ada' },
      {
        $set: {
          addresses: [
            { city: 'a', access_code: '1' },
            { city: 'b', access_code: '2' },
          ],
        },
      },
    );
    server.forget();
    const update = trusted({ $set: { 'addresses.$[a].street': 's' } });
    expect(
      await refused(() =>
        members().updateOne({ username: 'ada' }, update, { arrayFilters: [{ 'a.access_code': '1' }] }),
      ),
    ).toContain('not filterable');
    expect(await refused(() => members().updateOne({ username: 'ada' }, update))).toContain('$[a]');
    await members().updateOne({ username: 'ada' }, update, { arrayFilters: [{ 'a.city': 'b' }] });
    await members().updateOne({ username: 'ada' }, trusted({ $set: { 'addresses.$[c].street': 't' } }), {
      trusted: trusted({ arrayFilters: [{ 'c.access_code': '1' }] }),
    });
    expect((await raw().findOne({ username: 'ada' }))?.addresses).toEqual([
      { city: 'a', access_code: '1', street: 't' },
      { city: 'b', access_code: '2', street: 's' },
    ]);
  });

  it('and in an upsert, whose filter may still copy only what the caller may write or the update sets', async () => {
    const filter = { username: 'new', _id: 'x' };
    expect(
      await refused(() => members().updateOne(filter, trusted({ $set: { role: 'user' } }), { upsert: true })),
    ).toContain("'_id' is not writable");
    await members().updateOne({ username: 'new' }, trusted({ $set: { role: 'user' } }), { upsert: true });
    await members().updateOne(trusted({ username: 'own', tenant: 'C' }), { $set: { credits: 1 } }, { upsert: true });
    expect((await stored()).slice(3)).toEqual([
      { username: 'new', role: 'user' },
      { username: 'own', tenant: 'C', credits: 1 },
    ]);
  });

  it('but not together with trusted.update, nor outside of the grammar, nor empty', async () => {
    const both = { trusted: trusted({ update: { $set: { tenant: 'C' } } }) };
    expect(await refused(() => members().updateOne(ofA, trusted({ $set: { role: 'x' } }), both))).toContain(
      'trusted.update',
    );
    expect(await refused(() => members().updateOne(ofA, trusted({ $rename: { role: 'username' } })))).toContain(
      "'$rename'",
    );
    expect(await refused(() => members().updateOne(ofA, trusted({ role: 'x' })))).toContain('$set');
    expect(await refused(() => members().updateOne(ofA, trusted({ $set: {} })))).toContain('empty');
    expect(await refused(() => members().updateOne(ofA, trusted([{ $set: { role: 'x' } }])))).toContain(
      'object of operators',
    );
    expect(await refused(() => members().updateOne(ofA, trusted({ $set: { tags: 'x' } })))).toContain('takes an array');
  });

  it("and the position $ of a caller's update is placed by the caller's own filter alone", async () => {
    const placed = trusted({ 'addresses.city': 'a' });
    expect(await refused(() => members().updateOne(placed, { $set: { 'addresses.$.city': 'b' } }))).toContain('$[id]');
    await raw().updateOne({ username: 'ada' }, { $set: { addresses: [{ city: 'a' }] } });
    await members().updateOne(placed, trusted({ $set: { 'addresses.$.city': 'b' } }));
    expect((await raw().findOne({ username: 'ada' }))?.addresses).toEqual([{ city: 'b' }]);
  });
});

describe('a trusted document in the place of the document has any field', () => {
  const own = { username: 'new', role: 'user', tenant: 'C', addresses: [{ city: 'x', access_code: '1' }] };

  it('in each method that inserts', async () => {
    await raw().deleteMany({});
    const { document } = await members().insertOne(trusted(own), P);
    expect(document).toEqual({ username: 'new' });
    await members().insertMany([trusted({ ...own, username: 'b' }), { username: 'c' }]);
    await members().insertMany(
      trusted([
        { ...own, username: 'd' },
        { username: 'e', role: 'user' },
      ]),
    );
    await members().bulkWrite([{ insertOne: { document: trusted({ ...own, username: 'f' }) } }]);
    await members()
      .initializeOrderedBulkOp()
      .insert(trusted({ ...own, username: 'g' }))
      .execute();
    expect(await stored()).toEqual([
      ...['b'].map((username) => ({ ...own, username })),
      { username: 'c' },
      { ...own, username: 'd' },
      { username: 'e', role: 'user' },
      ...['f', 'g', 'new'].map((username) => ({ ...own, username })),
    ]);
  });

  it('but not together with trusted.set, nor of another kind than the view says, nor with keys that would be stored literally', async () => {
    const set = { trusted: trusted({ set: { role: 'x' } }) };
    expect(await refused(() => members().insertOne(trusted(own), set))).toContain('trusted.set');
    expect(await refused(() => members().insertMany([trusted(own)], set))).toContain('trusted.set');
    expect(await refused(() => members().insertMany(trusted([own]), set))).toContain('trusted.set');
    expect(await refused(() => members().insertOne(trusted({ username: ['x'] })))).toContain('single value');
    expect(await refused(() => members().insertOne(trusted({ 'a.b': 1 })))).toContain('has a dot');
    expect(await refused(() => members().insertOne(trusted({ role: op({ $eq: 'x' }) })))).toContain('leaf');
    expect(await refused(() => members().insertOne(trusted([own])))).toContain('object of fields');
    expect(await refused(() => members().insertMany(trusted(own)))).toContain('plain array');
  });
});

describe('what the view adds by itself holds for them too', () => {
  const calls: unknown[] = [];
  const watch = {
    '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => (calls.push(value), { value }) },
  } as const;
  const versioned = defineView<Member>()({
    name: 'members',
    public: { username: 1, rev: 1 },
    writable: { username: 1 },
    version: 'rev',
    defaults: { username: 'nobody' },
    validate: { insert: watch, update: watch },
  });
  const safe = () => loose(new SafeCollection(raw(), versioned));

  it('versions and defaults are given, and may not be set', async () => {
    await raw().deleteMany({});
    await safe().insertOne(trusted({ role: 'user' }));
    expect(await stored()).toEqual([{ username: 'nobody', role: 'user', rev: 1 }]);
    await safe().updateOne(trusted({ role: 'user' }), trusted({ $set: { tenant: 'A' } }), { version: 1 });
    expect(await stored()).toEqual([{ username: 'nobody', role: 'user', tenant: 'A', rev: 2 }]);
    await expect(
      safe().updateOne(trusted({ role: 'user' }), trusted({ $set: { tenant: 'B' } }), { version: 1 }),
    ).rejects.toThrow(VersionConflictError);
    server.forget();
    expect(await refused(() => safe().updateOne(ofA, trusted({ $set: { rev: 7 } })))).toContain(
      "sets 'rev' automatically",
    );
    expect(await refused(() => safe().insertOne(trusted({ rev: 7 })))).toContain("sets 'rev' automatically");
  });

  it('validators are not asked about them, as they are not about trusted values elsewhere', async () => {
    calls.length = 0;
    await safe().insertOne(trusted({ username: 'x' }));
    await safe().updateOne({ username: 'x' }, trusted({ $set: { tenant: 'A' } }));
    expect(calls).toEqual([]);
    await safe().updateOne(trusted({ username: 'x' }), { $set: { username: 'y' } });
    expect(calls).toEqual([{ $set: { username: 'y' } }]);
  });
});
