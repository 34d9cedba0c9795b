import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, SafeCollection, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

interface Person {
  name: string;
  tags?: string[];
  grid?: number[][];
  home?: { city?: string; zip?: string; geo?: { lat?: number; lon?: number }; gate_code?: string } | null;
  profile?: { bio?: string; avatar?: string };
  pets?: { name?: string; age?: number; chip?: string }[];
  box?: { lines?: { sku?: string; cost?: number }[]; note?: string };
}

/** `home.gate_code`, `pets.chip` and `box.lines.cost` are fields that the view does not name. */
const personView = defineView<Person>()({
  name: 'people',
  public: {
    name: 1,
    tags: 1,
    grid: 1,
    'home.city': 1,
    'home.zip': 1,
    'home.geo.lat': 1,
    'home.geo.lon': 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    'pets.name': 1,
    'pets.age': 1,
    'box.note': 1,
    'box.lines.sku': 1,
  },
  writable: {
    name: 1,
    tags: 1,
    grid: 1,
    'home.city': 1,
    'home.zip': 1,
    'home.geo.lat': 1,
    'home.geo.lon': 1,
    'profile.bio': 1,
    'pets.name': 1,
    'pets.age': 1,
    'box.note': 1,
    'box.lines.sku': 1,
  },
  arrays: { tags: 1, grid: 2, pets: 1, 'box.lines': 1 },
});

const server = testServer();
const raw = () => server.db.collection<Person>('people');
const stored = () => raw().findOne({}, { projection: { _id: 0 } });
let people: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({
    name: 'ada',
    tags: ['a', 'b', 'a', 'c'],
    grid: [[1], [2], [1]],
    home: { city: 'Paris', zip: '1', geo: { lat: 1, lon: 2 }, gate_code: 'g' },
    pets: [
      { name: 'x', age: 1, chip: 'c1' },
      { name: 'y', age: 2, chip: 'c2' },
    ],
  });
  people = loose(new SafeCollection(raw(), personView));
  server.forget();
});

const one = { name: 'ada' };
const set = (home: unknown): Promise<unknown> => people.updateOne(one, { $set: { home } });

async function refused(call: () => unknown): Promise<string> {
  const error: unknown = await (async () => await call())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(server.sent).toEqual([]);
  return error instanceof Error ? error.message : 'it was not refused';
}

describe('a whole branch is set as the caller wrote it', () => {
  it('and what the view does not name stays', async () => {
    await set({ city: 'Rome', geo: { lat: 7 } });
    expect((await stored())?.home).toEqual({ city: 'Rome', geo: { lat: 7 }, gate_code: 'g' });
    await set({ zip: '2' });
    expect((await stored())?.home).toEqual({ zip: '2', geo: {}, gate_code: 'g' });
    await raw().updateOne(one, { $unset: { home: 1 } });
    await set({ city: 'Oslo' });
    expect((await stored())?.home).toEqual({ city: 'Oslo' });
  });

  it('by each method, and beside other operators', async () => {
    await people.updateMany(one, { $set: { home: { city: '1' } }, $push: { tags: 'z' }, $unset: { 'home.zip': 1 } });
    expect((await stored())?.home).toEqual({ city: '1', geo: {}, gate_code: 'g' });
    await people.bulkWrite([{ updateOne: { filter: one, update: { $set: { home: { city: '2' } } } } }]);
    await people
      .initializeOrderedBulkOp()
      .find(one)
      .updateOne({ $set: { 'home.geo': { lat: 5 } } })
      .execute();
    expect((await stored())?.home).toEqual({ city: '2', geo: { lat: 5 }, gate_code: 'g' });
    const options = { projection: ['home'], returnDocument: 'after' };
    expect(await people.findOneAndUpdate(one, { $set: { home: { zip: '3' } } }, options)).toEqual({
      home: { zip: '3', geo: {} },
    });
  });

  it('of an element too', async () => {
    await people.updateOne({ 'pets.name': 'x' }, { $set: { 'pets.$': { name: 'z' } } });
    await people.updateOne(one, { $set: { 'pets.$[p]': { age: 9 } } }, { arrayFilters: [{ 'p.name': 'y' }] });
    expect((await stored())?.pets).toEqual([
      { name: 'z', chip: 'c1' },
      { age: 9, chip: 'c2' },
    ]);
  });

  it('in an upsert, where $setOnInsert has nothing to unset', async () => {
    await people.updateOne({ name: 'new' }, { $setOnInsert: { home: { city: 'Bonn' } } }, { upsert: true });
    expect(await raw().findOne({ name: 'new' }, { projection: { _id: 0 } })).toEqual({
      name: 'new',
      home: { city: 'Bonn' },
    });
    await people.updateOne({ name: 'new' }, { $setOnInsert: { home: { zip: '1' } } }, { upsert: true });
    expect((await raw().findOne({ name: 'new' }))?.home).toEqual({ city: 'Bonn' });
  });

  it('but not if the view names a field of it that is not writable, or it holds an array of subdocuments', async () => {
    expect(await refused(() => people.updateOne(one, { $set: { profile: { bio: 'b' } } }))).toContain('is a branch');
    expect(await refused(() => people.updateOne(one, { $set: { pets: [] } }))).toContain('is a branch');
    expect(await refused(() => people.updateOne(one, { $set: { pets: { name: 'x' } } }))).toContain('is a branch');
    expect(await refused(() => people.updateOne(one, { $set: { box: { note: 'n' } } }))).toContain(
      "'box.lines' is an array of subdocuments",
    );
    expect(await refused(() => people.updateOne(one, { $set: { box: { lines: [] } } }))).toContain(
      "'box.lines' is an array of subdocuments",
    );
    expect(await refused(() => set({ gate_code: 'x' }))).toContain("'home.gate_code' is not writable");
    expect(await refused(() => set({ city: { $ne: 1 } }))).toContain("'home.city' is a leaf");
    expect(await refused(() => set({ geo: 'x' }))).toContain("'home.geo' is a branch");
    expect(await refused(() => set({ 'geo.lat': 1 }))).toContain("'home.geo.lat' is not writable");
    expect(await refused(() => set(null))).toContain('is a branch');
    expect(await refused(() => people.updateOne(one, { $inc: { home: { city: 1 } } }))).toContain('is a branch');
    expect(await refused(() => people.updateOne(one, { $unset: { home: 1 } }))).toContain('is a branch');
  });

  it('nor if a leaf of it is written twice', async () => {
    for (const update of [
      { $set: { home: { city: '1' }, 'home.city': '2' } },
      { $set: { 'home.city': '2', home: { city: '1' } } },
      { $set: { 'home.zip': '2', home: { city: '1' } } },
      { $set: { home: { city: '1' } }, $max: { 'home.zip': '1' } },
      { $set: { home: { city: '1' }, 'home.geo': { lat: 1 } } },
    ])
      expect(await refused(() => people.updateOne(one, update))).toContain('written twice');
    const own = { trusted: trusted({ update: { $set: { 'home.zip': '1' } } }) };
    expect(await refused(() => people.updateOne(one, { $set: { home: { city: '1' } } }, own))).toContain(
      'in `trusted`',
    );
  });
});

describe('$pullAll', () => {
  it('takes all of some values out of an array', async () => {
    await people.updateOne(one, { $pullAll: { tags: ['a', 'c'], grid: [[1]] } });
    expect(await stored()).toMatchObject({ tags: ['b'], grid: [[2]] });
    await people.updateOne(one, trusted({ $pullAll: { pets: [{ name: 'x', age: 1, chip: 'c1' }] } }));
    expect((await stored())?.pets).toEqual([{ name: 'y', age: 2, chip: 'c2' }]);
  });

  it('takes an array of elements, where there are no private fields', async () => {
    expect(await refused(() => people.updateOne(one, { $pullAll: { tags: 'a' } }))).toContain('takes an array');
    expect(await refused(() => people.updateOne(one, { $pullAll: { tags: [{ $gt: '' }] } }))).toContain(
      'modifiers only',
    );
    expect(await refused(() => people.updateOne(one, { $pullAll: { tags: [{ a: 1 }] } }))).toContain('is a leaf');
    expect(await refused(() => people.updateOne(one, { $pullAll: { grid: [1] } }))).toContain('takes an array');
    expect(await refused(() => people.updateOne(one, { $pullAll: { name: ['a'] } }))).toContain('works on arrays');
    expect(await refused(() => people.updateOne(one, { $pullAll: { pets: [{ name: 'x', age: 1 }] } }))).toContain(
      'is a branch',
    );
  });
});
