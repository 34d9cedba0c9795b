import { BSON, type Document } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, SafeCollection, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Trip {
  name: string;
  scores: number[];
  phone: string | string[];
  legs: { city: string; gate: string; rank: number; stops?: { at: string; code: string }[]; geo?: { lat: number } }[];
  place: { city: string };
  notes: { text: string; code: string }[];
}

/** `rank` is private and declared as filterable. */
const tripView = defineView<Trip>()({
  public: {
    name: 1,
    scores: 1,
    phone: 1,
    'legs.city': 1,
    'legs.geo.lat': 1,
    'legs.stops.at': 1,
    'place.city': 1,
    'notes.text': 1,
  },
  writable: { name: 1, scores: 1 },
  filterable: { 'legs.rank': 1, 'notes.text': 0 },
  arrays: { scores: 1, phone: [0, 1], legs: 1, 'legs.stops': 1, notes: 1 },
});

const server = testServer({ monitorCommands: true });
const raw = () => server.db.collection('trips');
let trips: Loose;
let replies: Document[];

const leg = (n: number) => ({
  city: `city${n}`,
  gate: 'PRIVATE',
  rank: n,
  geo: { lat: n, lng: 'PRIVATE' },
  stops: [1, 2, 3].map((stop) => ({ at: `stop${n}.${stop}`, code: 'PRIVATE' })),
});
const shown = (n: number) => ({
  city: `city${n}`,
  geo: { lat: n },
  stops: [1, 2, 3].map((stop) => ({ at: `stop${n}.${stop}` })),
});

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({
    name: 'one',
    scores: [5, 6, 7],
    phone: ['1', '2'],
    legs: [1, 2, 3, 4].map(leg),
    place: { city: 'Ulm' },
    notes: [{ text: 'a', code: 'PRIVATE' }],
    api_key: 'PRIVATE',
  });
  trips = loose(new SafeCollection(raw() as never, tripView));
  replies = [];
  server.client.removeAllListeners('commandSucceeded');
  server.client.on('commandSucceeded', ({ reply }) => replies.push(reply as Document));
  server.forget();
});

const tagged = (operators: object) => op(operators as never);
const one = (projection: object, filter = {}): Promise<object | null> => trips.findOne(filter, { projection });

describe('$slice in a projection', () => {
  it.each<readonly [unknown, readonly number[]]>([
    [2, [1, 2]],
    [-1, [4]],
    [0, []],
    [99, [1, 2, 3, 4]],
    [
      [1, 2],
      [2, 3],
    ],
    [[-2, 1], [3]],
    [
      [-99, 2],
      [1, 2],
    ],
    [[9, 1], []],
  ])('%j returns the elements that it returns in MongoDB', async (slice, cities) => {
    expect(await one({ name: 1, legs: tagged({ $slice: slice }) })).toEqual({ name: 'one', legs: cities.map(shown) });
  });

  it('lets the server send public leaves only', async () => {
    await one({ legs: tagged({ $slice: 2 }), notes: tagged({ $slice: 1 }) });
    await one({ legs: tagged({ $elemMatch: { rank: 2 } }) });
    await trips.findOneAndUpdate({}, { $set: { name: 'x' } }, { projection: { legs: tagged({ $slice: 2 }) } });
    expect(server.sent.map(({ commandName }) => commandName)).toEqual(['find', 'find', 'findAndModify']);
    expect(replies).toHaveLength(3);
    for (const reply of replies) {
      const bytes = Buffer.from(BSON.serialize({ reply })).toString('latin1');
      expect(bytes).toContain('city2');
      expect(bytes).not.toMatch(/PRIVATE|gate|rank|lng|_id|api_key/);
    }
  });

  it('goes into arrays of subdocuments, beside other paths', async () => {
    expect(await one({ 'legs.stops': tagged({ $slice: -1 }), 'legs.city': 1, 'place.city': 1 })).toEqual({
      legs: [1, 2, 3, 4].map((n) => ({ city: `city${n}`, stops: [{ at: `stop${n}.3` }] })),
      place: { city: 'Ulm' },
    });
  });

  it('takes a path that may hold one value or several', async () => {
    await raw().insertOne({ name: 'two', phone: '9' });
    expect(await one({ phone: tagged({ $slice: 1 }) }, { name: 'one' })).toEqual({ phone: ['1'] });
    expect(await one({ phone: tagged({ $slice: 1 }) }, { name: 'two' })).toEqual({ phone: '9' });
  });

  it('counts the elements that a plain projection returns', async () => {
    await raw().updateOne({}, { $set: { legs: ['scalar', leg(1), null, { gate: 'PRIVATE' }, leg(2)] } });
    const whole = (await one({ legs: 1 })) as { legs: object[] };
    expect(whole).toEqual({ legs: [shown(1), {}, shown(2)] });
    for (const count of [1, 2, 3]) {
      expect(await one({ legs: tagged({ $slice: count }) })).toEqual({ legs: whole.legs.slice(0, count) });
    }
  });

  it('leaves out what is not stored', async () => {
    await raw().replaceOne({}, { name: 'bare', legs: [{ geo: 5, stops: 7 }], phone: null });
    expect(
      await one({ name: 1, legs: tagged({ $slice: 5 }), scores: tagged({ $slice: 1 }), phone: tagged({ $slice: 1 }) }),
    ).toEqual({
      name: 'bare',
      legs: [{}],
      phone: null,
    });
  });
});

describe('$elemMatch in a projection', () => {
  it('returns the first element that matches, with its public leaves', async () => {
    expect(await one({ name: 1, legs: tagged({ $elemMatch: { rank: tagged({ $gte: 2 }), city: /^city/ } }) })).toEqual({
      name: 'one',
      legs: [shown(2)],
    });
    expect(await one({ scores: tagged({ $elemMatch: { $gt: 5 } }) })).toEqual({ scores: [6] });
  });

  it('leaves the field out if no element matches', async () => {
    expect(await one({ name: 1, legs: tagged({ $elemMatch: { city: 'Rome' } }) })).toEqual({ name: 'one' });
    expect(await one({ scores: tagged({ $elemMatch: { $gt: 50 } }) })).toEqual({});
    await raw().updateOne({}, { $set: { legs: { city: 'Rome' }, scores: 5 } });
    expect(
      await one({ legs: tagged({ $elemMatch: { city: 'Rome' } }), scores: tagged({ $elemMatch: { $eq: 5 } }) }),
    ).toEqual({});
  });

  it('compares with text as text, also if it looks like a path or a variable', async () => {
    await raw().updateOne(
      {},
      {
        $set: {
          legs: [
            { city: '$gate', gate: 'x' },
            { city: 'x', gate: 'x' },
          ],
        },
      },
    );
    expect(await one({ legs: tagged({ $elemMatch: { city: '$gate' } }) })).toEqual({ legs: [{ city: '$gate' }] });
    expect(await one({ legs: tagged({ $elemMatch: { city: tagged({ $gte: '$$ROOT' }) } }) })).toEqual({
      legs: [{ city: '$gate' }],
    });
    expect(await one({ legs: tagged({ $elemMatch: { city: tagged({ $in: ['$$e.gate'] }) } }) })).toEqual({});
  });

  it('follows the collation of the call', async () => {
    const options = {
      projection: { legs: tagged({ $elemMatch: { city: 'CITY3' } }) },
      collation: { locale: 'en', strength: 1 },
    };
    expect(await trips.findOne({}, options)).toEqual({ legs: [shown(3)] });
  });
});

describe('a projection with an operator', () => {
  const projection = { name: 1, legs: tagged({ $elemMatch: { city: 'city2' } }), scores: tagged({ $slice: 1 }) };
  const expected = { name: 'one', legs: [shown(2)], scores: [5] };

  it('works in every method that finds documents', async () => {
    expect(await trips.find({}, { projection }).toArray()).toEqual([expected]);
    expect(await trips.findOne({}, { projection, trusted: trusted({ filter: { api_key: 'PRIVATE' } }) })).toEqual(
      expected,
    );
    const safe = new SafeCollection(raw() as never, tripView) as never as {
      findJson(...args: unknown[]): Promise<{ text(): string }>;
      findOneJson(...args: unknown[]): Promise<{ text(): string }>;
    };
    expect(JSON.parse((await safe.findJson({}, { projection })).text())).toEqual([expected]);
    expect(JSON.parse((await safe.findOneJson({}, { projection })).text())).toEqual(expected);
    expect(await trips.findOneAndUpdate({}, { $push: { scores: 1 } }, { projection })).toEqual(expected);
    expect(await trips.findOneAndReplace({}, { name: 'one', scores: [5] }, { projection })).toEqual(expected);
    expect(await trips.findOneAndDelete({}, { projection })).toEqual({ ...expected, scores: [5] });
  });

  it('can be kept as a selection', async () => {
    const card = tripView.select(projection as never);
    expect(await one(card)).toEqual(expected);
    expect(await one(card)).toEqual(expected);
    expect(await one(tripView.select(card))).toEqual(expected);
  });

  it('is not mixed up with a projection of the same keys', async () => {
    for (const count of [1, 2, 3]) {
      expect(await one({ scores: tagged({ $slice: count }) })).toEqual({ scores: [5, 6, 7].slice(0, count) });
      expect(await one({ scores: 1 })).toEqual({ scores: [5, 6, 7] });
    }
  });
});

describe('stored values of another kind than the view declares', () => {
  it.each<readonly [string, object, object]>([
    ['a subdocument where an array is declared', { legs: leg(1) }, { legs: { $slice: 1 } }],
    ['a scalar where an array of scalars is declared', { scores: 5 }, { scores: { $slice: 1 } }],
    ['a subdocument where an array of scalars is declared', { scores: { code: 'PRIVATE' } }, { scores: { $slice: 1 } }],
    ['an array in the array', { legs: [[leg(1)]] }, { legs: { $slice: 1 } }],
    ['an array in an array of scalars', { scores: [[5]] }, { scores: { $slice: 1 } }],
    ['an array of subdocuments at a scalar', { legs: [{ city: [{ code: 'PRIVATE' }] }] }, { legs: { $slice: 1 } }],
    ['a subdocument at a scalar', { legs: [{ city: { code: 'PRIVATE' } }] }, { legs: { $slice: 1 } }],
    ['an array at a branch', { legs: [{ geo: [{ lat: 1 }] }] }, { legs: { $slice: 1 } }],
    [
      'a subdocument at a scalar of the match',
      { legs: [{ city: { code: 'PRIVATE' }, rank: 1 }] },
      { legs: { $elemMatch: { rank: 1 } } },
    ],
    [
      'a subdocument in an array of scalars',
      { scores: [{ code: 'PRIVATE' }] },
      { scores: { $elemMatch: { $exists: true } } },
    ],
  ])('%s ends the read', async (_, stored, limits) => {
    await raw().updateOne({}, { $set: stored });
    const projection = Object.fromEntries(
      Object.entries(limits).map(([path, limit]) => [path, tagged(limit as object)]),
    );
    await expect(one(projection)).rejects.toMatchObject({ code: 'schema_drift' });
    await expect(one(projection)).rejects.not.toThrow('PRIVATE');
  });
});

describe('a projection with an operator is refused, and nothing is sent,', () => {
  it.each<readonly [string, object, string]>([
    ['without op()', { legs: { $slice: 1 } }, 'projection_value'],
    ['without op(), $elemMatch', { legs: { $elemMatch: { city: 'x' } } }, 'projection_value'],
    ['at a private path', { api_key: tagged({ $slice: 1 }) }, 'projection_path'],
    ['below a private path', { 'legs.gate': tagged({ $slice: 1 }) }, 'projection_path'],
    ['at an index', { 'legs.0': tagged({ $slice: 1 }) }, 'projection_path'],
    ['at a scalar', { name: tagged({ $slice: 1 }) }, 'projection_value'],
    ['at a branch that is no array', { place: tagged({ $elemMatch: { city: 'x' } }) }, 'projection_value'],
    ['at _id', { _id: tagged({ $slice: 1 }) }, 'projection_path'],
    ['with two operators', { legs: tagged({ $slice: 1, $elemMatch: { city: 'x' } }) }, 'projection_value'],
    ['with another operator', { legs: tagged({ $size: 1 }) }, 'projection_value'],
    ['with text as a count', { legs: tagged({ $slice: '1' }) }, 'projection_value'],
    ['with half an element', { legs: tagged({ $slice: 1.5 }) }, 'projection_value'],
    ['with a count that the server does not take', { legs: tagged({ $slice: 2 ** 31 }) }, 'projection_value'],
    ['with a path as a count', { legs: tagged({ $slice: ['$legs', 1] }) }, 'projection_value'],
    ['with a limit of 0', { legs: tagged({ $slice: [1, 0] }) }, 'projection_value'],
    ['with three numbers', { legs: tagged({ $slice: [1, 1, 1] }) }, 'projection_value'],
    ['beside a path below', { legs: tagged({ $slice: 1 }), 'legs.city': 1 }, 'projection_collision'],
    ['$elemMatch on a nested array', { 'legs.stops': tagged({ $elemMatch: { at: 'x' } }) }, 'projection_value'],
    ['$elemMatch by a private field', { legs: tagged({ $elemMatch: { gate: 'x' } }) }, 'filter_path'],
    ['$elemMatch by a private field in $or', { legs: tagged({ $elemMatch: { $or: [{ gate: 'x' }] } }) }, 'filter_path'],
    ['$elemMatch by a path that is not filterable', { notes: tagged({ $elemMatch: { text: 'x' } }) }, 'filter_path'],
    [
      '$elemMatch with a plain operator',
      { legs: tagged({ $elemMatch: { city: { $ne: 'x' } } }) },
      'filter_operator_untagged',
    ],
    ['$elemMatch with $where', { legs: tagged({ $elemMatch: { $where: 'true' } }) }, 'filter_operator'],
    ['$elemMatch with $expr', { legs: tagged({ $elemMatch: { $expr: true } }) }, 'filter_operator'],
    ['$elemMatch without a condition', { legs: tagged({ $elemMatch: {} }) }, 'filter_value'],
    ['$elemMatch with $mod', { scores: tagged({ $elemMatch: { $mod: [2, 0] } }) }, 'filter_operator'],
    ['$elemMatch with bits', { scores: tagged({ $elemMatch: { $not: { $bitsAllSet: 1 } } }) }, 'filter_operator'],
    ['$elemMatch by a path through an array', { legs: tagged({ $elemMatch: { 'stops.at': 'x' } }) }, 'filter_value'],
  ])('%s', async (_, projection, code) => {
    await expect(one(projection)).rejects.toMatchObject({ code });
    await expect(trips.findOneAndDelete({}, { projection })).rejects.toMatchObject({ code });
    expect(server.sent).toEqual([]);
  });

  const limited = { scores: tagged({ $slice: 1 }) };

  it('in methods that return arrays only as they are stored', async () => {
    const { trips: joined } = createSafeDb(server.db, { trips: tripView });
    const populate = { same: { from: 'trips', localField: 'name', foreignField: 'name', projection: limited } };
    const populated = (options: object) =>
      (joined as never as { findPopulated(...args: unknown[]): unknown }).findPopulated({}, options);
    const privileged = new PrivilegedCollection(raw() as never, tripView, { reason: 'test' }) as never as Loose;
    const card = tripView.select(limited as never);
    const calls: readonly (() => unknown)[] = [
      () => trips.insertOne({ name: 'x' }, { projection: limited }),
      () => trips.insertMany([{ name: 'x' }], { projection: card }),
      () => populated({ projection: limited, populate: {} }),
      () => populated({ projection: card, populate: {} }),
      () => populated({ projection: { name: 1 }, populate }),
      () => privileged.findOne({}, { projection: limited }),
      () => privileged.findOne({}, { projection: card }),
      () => tripView.pick({} as never, limited as never),
      () => tripView.pick({} as never, card),
      () => tripView.toJSONSchema(limited as never),
      () => tripView.toJSONSchema(card),
    ];
    for (const call of calls)
      await expect((async () => await call())()).rejects.toMatchObject({ code: 'projection_value' });
    expect(server.sent).toEqual([]);
  });
});
