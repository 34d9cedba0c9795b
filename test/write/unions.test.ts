import type { ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, SafeCollection, subtree, trusted } from 'safe-collection';
import { loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

interface Person {
  _id: ObjectId;
  name: string;
  address: { city: string; floor?: { number: number } | null } | null;
  homes?: { city: string; floor?: { number: number } | null }[];
  perYear?: Record<string, number>;
  secret?: string;
}
const writable = {
  name: 1,
  'address.city': 1,
  'address.floor.number': 1,
  'homes.city': 1,
  'homes.floor.number': 1,
  perYear: subtree,
} as const;
const view = defineView<Person>()({ public: writable, writable, arrays: { homes: 1 } });
const server = testServer();
const raw = () => server.db.collection<Person>('people');
const people = () => new SafeCollection(raw(), view);

beforeEach(async () => {
  await raw().deleteMany({});
  server.forget();
});

describe('null at a branch', () => {
  it('is stored in a new document, at any depth, and left out of what is read', async () => {
    await people().insertOne({ name: 'ada', address: null, homes: [{ city: 'Ulm', floor: null }] });
    await people().insertOne({ name: 'bob', address: { city: 'Bonn', floor: null } });
    expect(
      await raw()
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([
      { name: 'ada', address: null, homes: [{ city: 'Ulm', floor: null }] },
      { name: 'bob', address: { city: 'Bonn', floor: null } },
    ]);
    expect(await people().findOne({ name: 'ada' }, { projection: view })).toEqual({
      name: 'ada',
      homes: [{ city: 'Ulm' }],
    });
  });

  it('may be set by the program, and by one of the two alone', async () => {
    await people().insertOne({ name: 'ada' }, { trusted: trusted({ set: { address: null } }) });
    expect(await raw().findOne({ name: 'ada' })).toMatchObject({ address: null });
    server.forget();
    const both = loose(people()).insertOne(
      { name: 'bob', address: null },
      { trusted: trusted({ set: { address: { city: 'x' } } }) },
    );
    await expect(both).rejects.toMatchObject({ code: 'write_conflict' });
    expect(server.sent).toEqual([]);
  });

  it('changes nothing that is stored: an update is refused', async () => {
    await expect(
      loose(people()).updateOne({ name: 'ada' }, { $set: { address: null, name: 'x', 'address.city': 'y' } }),
    ).rejects.toMatchObject({ name: 'RefusedCallError' });
    await expect(loose(people()).insertOne({ name: 'x', secret: null })).rejects.toMatchObject({ code: 'write_path' });
    expect(server.sent).toEqual([]);
  });
});

describe('keys of maps', () => {
  it('may be made of digits, in input and in trusted', async () => {
    await people().insertOne({ name: 'ada', address: null, perYear: { '2024': 5, '7': 1 } });
    await people().updateOne({ name: 'ada' }, { $set: { perYear: { '2025': 6 } } });
    await people().updateOne(
      { name: 'ada' },
      {},
      { trusted: trusted({ update: { $set: { perYear: { '2026': 7 } } } }) },
    );
    expect(await people().findOne({ name: 'ada' }, { projection: ['perYear'] })).toEqual({ perYear: { '2026': 7 } });
  });

  it.each(['$yes', 'a.b', '', '__proto__', '_bsontype', '0.secret'])('may not be %j', async (key) => {
    const perYear = Object.defineProperty({}, key, { value: 1, enumerable: true });
    await expect(loose(people()).insertOne({ name: 'ada', perYear })).rejects.toMatchObject({
      name: 'RefusedCallError',
    });
    await expect(loose(people()).updateOne({ name: 'ada' }, { $set: { perYear } })).rejects.toMatchObject({
      name: 'RefusedCallError',
    });
    expect(server.sent).toEqual([]);
  });

  it('entries can be unset', async () => {
    await people().insertOne({ name: 'ada', address: null, perYear: { one: 1, two: 2 } });
    await people().updateOne({ name: 'ada' }, { $unset: { 'perYear.one': 1 } });
    expect(await raw().findOne({ name: 'ada' })).toMatchObject({ perYear: { two: 2 } });
  });

  it('an element of an array is still no path', async () => {
    await expect(loose(people()).updateOne({ name: 'ada' }, { $set: { 'homes.0.city': 'x' } })).rejects.toMatchObject({
      code: 'write_path',
    });
    await expect(loose(people()).insertOne({ name: 'ada', homes: { 0: { city: 'x' } } })).rejects.toMatchObject({
      code: 'write_path',
    });
    expect(server.sent).toEqual([]);
  });
});
