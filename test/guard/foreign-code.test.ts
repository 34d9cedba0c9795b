import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  ObjectId,
  ReadConcern,
  ReadPreference,
  Timestamp,
} from 'mongodb';
import { defineView, op, RefusedCallError, trusted } from 'safe-collection';
import { Sensitive } from 'safe-collection/privileged';
import { describe, expect, it } from 'vitest';

import { twoWorlds, userView } from '../support/worlds.ts';
import { loose } from '../write/support/loose.ts';

/*
 * Values that run code when they are looked at: revoked proxies, accessors of an instance, proxies among the prototypes. None of it runs, and
 * each call is refused before anything is sent.
 */

const { refused, users } = twoWorlds();

const ran: string[] = [];
const trap = (name: string) => (): never => {
  ran.push(name);
  throw new Error(name);
};
const TRAPS: ProxyHandler<object> = { get: trap('get'), getPrototypeOf: trap('getPrototypeOf'), has: trap('has') };

function revoked(target: object = {}): never {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy as never;
}

const withAccessor = (value: object, name: string): object => Object.defineProperty(value, name, { get: trap(name) });

describe('a revoked proxy', () => {
  const CALLS: Readonly<Record<string, (collection: ReturnType<typeof loose>) => unknown>> = {
    'as a filter': (collection) => collection.findOne(revoked(), { projection: ['username'] }),
    'in a filter': (collection) => collection.findOne({ username: revoked() }, { projection: ['username'] }),
    'as $or': (collection) => collection.findOne({ $or: revoked([]) }, { projection: ['username'] }),
    'as a projection': (collection) => collection.findOne({}, { projection: revoked() }),
    'as a list of paths': (collection) => collection.findOne({}, { projection: revoked([]) }),
    'as a sort': (collection) => collection.findOne({}, { projection: ['username'], sort: revoked([]) }),
    'as a pipeline': (collection) => collection.aggregate(revoked([])).toArray(),
    'as a stage': (collection) => collection.aggregate([revoked()]).toArray(),
    'as options': (collection) => collection.countDocuments({}, revoked()),
    'as a read concern': (collection) => collection.countDocuments({}, { readConcern: revoked() }),
    'as a read preference': (collection) => collection.countDocuments({}, { readPreference: revoked() }),
    'as a session': (collection) => collection.countDocuments({}, { session: revoked() }),
    'as a signal': (collection) => collection.countDocuments({}, { signal: revoked() }),
    'as an update': (collection) => collection.updateOne({ username: 'ada' }, revoked()),
    'as a document': (collection) => collection.insertOne(revoked()),
    'as a list of documents': (collection) => collection.insertMany(revoked([])),
    'as a list of models': (collection) => collection.bulkWrite(revoked([])),
    'as an array filter': (collection) =>
      collection.updateOne({ username: 'ada' }, trusted({ $set: { age: 1 } }), { arrayFilters: revoked([]) }),
    'in op()': () => op({ $in: revoked([]) } as never),
    'in trusted()': () => trusted(revoked()),
  };

  it.each(Object.entries(CALLS))('%s is refused', async (_place, call) => {
    await expect((async () => await call(loose(users())))()).rejects.toThrow(RefusedCallError);
  });

  it('is refused in a view, and by a Sensitive', () => {
    expect(() => defineView<{ name: string }>()({ public: { name: 1 }, search: revoked([]) })).toThrow(/search/);
    expect(() =>
      defineView<{ name: string }>()({ public: { name: 1 }, arrays: { name: revoked([]) } } as never),
    ).toThrow(/arrays/);
    expect(() => userView.selectFields(revoked([]))).toThrow(RefusedCallError);
    expect(() => new Sensitive('x').equals(revoked())).toThrow(RefusedCallError);
  });
});

const VALUES: Readonly<Record<string, () => object>> = {
  'an ObjectId': () => withAccessor(new ObjectId(), 'id'),
  'a Long': () => withAccessor(Long.fromNumber(1), 'low'),
  'a Timestamp': () => withAccessor(new Timestamp({ t: 1, i: 1 }), 'high'),
  'an Int32': () => withAccessor(new Int32(1), 'value'),
  'a Double': () => withAccessor(new Double(1), 'value'),
  'a Decimal128': () => withAccessor(Decimal128.fromString('1'), 'bytes'),
  'a Binary': () => withAccessor(new Binary(new Uint8Array(1)), 'buffer'),
  'a BSONRegExp': () => withAccessor(new BSONRegExp('a'), 'pattern'),
  'a RegExp, its source': () => withAccessor(/a/, 'source'),
  'a RegExp, its flags': () => withAccessor(/a/, 'flags'),
  'a RegExp, one flag': () => withAccessor(/a/, 'ignoreCase'),
  bytes: () => withAccessor(new Uint8Array(4), 'length'),
};

describe('an accessor of the instance itself', () => {
  it.each(Object.entries(VALUES))('is not called: %s', async (_name, make) => {
    ran.length = 0;
    await refused((collection) => collection.countDocuments({ username: make() as never }), 'input_invalid');
    expect(ran).toEqual([]);
  });

  it('is not called in a read concern or a read preference', async () => {
    ran.length = 0;
    const readConcern = withAccessor(new ReadConcern('local'), 'level');
    const readPreference = withAccessor(new ReadPreference('primary'), 'mode');
    await refused((collection) => collection.countDocuments({}, { readConcern } as never), 'option_value');
    await refused((collection) => collection.countDocuments({}, { readPreference } as never), 'option_value');
    expect(ran).toEqual([]);
  });
});

describe('a proxy among the prototypes', () => {
  const under = (value: object): never =>
    Object.setPrototypeOf(value, new Proxy(Object.getPrototypeOf(value) as object, TRAPS)) as never;

  it.each([
    ['a value', (): object => ({ username: under(new Int32(1)) }), 'input_invalid'],
    ['a RegExp', (): object => ({ username: under(/a/) }), 'input_invalid'],
  ])('is not asked: %s', async (_name, filter, code) => {
    ran.length = 0;
    await refused((collection) => collection.countDocuments(filter() as never), code);
    expect(ran).toEqual([]);
  });

  it.each(['readConcern', 'readPreference', 'session', 'signal'])('is not asked in the option %s', async (option) => {
    ran.length = 0;
    await expect(loose(users()).countDocuments({}, { [option]: under({}) })).rejects.toThrow(RefusedCallError);
    expect(ran).toEqual([]);
  });
});

describe('a key that the driver takes for the tag of a BSON class', () => {
  const tagged = { _bsontype: 'Code', code: 'x' };
  it.each([
    ['$literal', [{ $project: { x: { $literal: tagged } } }]],
    ['an object of an expression', [{ $project: { x: { $ifNull: ['$age', tagged] } } }]],
    ['a new field', [{ $addFields: { _bsontype: '$username' } }, { $project: { username: 1 } }]],
    ['a field of a $group', [{ $group: { _id: '$username', _bsontype: { $sum: 1 } } }]],
  ])('is refused in a pipeline: %s', async (_name, pipeline) => {
    await refused((collection) => collection.aggregate(pipeline as never).toArray(), 'pipeline_value');
  });
});
