import { beforeAll, describe, expect, it } from 'vitest';
import { everything, op, trusted } from 'safe-collection';
import type { Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';
import { IDS, Worlds } from './support/worlds.ts';

const server = testServer();
let worlds: Worlds;

beforeAll(async () => {
  worlds = new Worlds(server.db);
  await worlds.reset();
  await Promise.all([worlds.left, worlds.right].map(({ raw }) => raw.createIndex({ username: 1 }, { unique: true })));
});

interface UpdateCase {
  readonly filter: object;
  readonly update: object;
  readonly options?: object;
}

/** Updates that the view allows, at every kind of path and with every operator. */
const UPDATES: Readonly<Record<string, UpdateCase>> = {
  '$set of a scalar': { filter: { username: 'ada' }, update: { $set: { email: 'new@example.org' } } },
  '$set to what is there already': { filter: { username: 'ada' }, update: { $set: { email: 'ada@example.org' } } },
  '$set of an array': { filter: { username: 'bob' }, update: { $set: { tags: ['a', 'b'] } } },
  '$set in a branch with private children': {
    filter: { username: 'dov' },
    update: { $set: { 'profile.bio': 'thinks' } },
  },
  '$set of a path that is not public': {
    filter: { username: 'ada' },
    update: { $set: { recovery_phrase: 'correct horse' } },
  },
  '$set of a path that is not public, elsewhere': {
    filter: { username: op({ $ne: '' }) },
    update: { $set: { recovery_phrase: 'correct horse' } },
  },
  '$unset of a path that is not public': { filter: { username: 'ada' }, update: { $unset: { recovery_phrase: 1 } } },
  '$set below an array that is visible': {
    filter: { username: 'ada' },
    update: { $set: { 'addresses.$[].city': 'Rome' } },
  },
  '$set below an array that is not there': {
    filter: { username: 'dov' },
    update: { $set: { 'addresses.$[].city': 'Rome' } },
  },
  '$set below an array, without a position': {
    filter: { username: 'ada' },
    update: { $set: { 'addresses.city': 'Rome' } },
  },
  '$set of the element that matched': {
    filter: { 'addresses.city': 'Paris' },
    update: { $set: { 'addresses.$.city': 'Lyon' } },
  },
  '$set of the element that matched $elemMatch': {
    filter: { addresses: op({ $elemMatch: { city: op({ $in: ['Oslo', 'Paris'] }) } }) },
    update: { $set: { 'addresses.$.city': 'Lyon' } },
  },
  '$set of elements by an array filter': {
    filter: { username: 'ada' },
    update: { $set: { 'addresses.$[home].city': 'Lyon' } },
    options: { arrayFilters: [{ 'home.city': op({ $ne: 'Paris' }) }] },
  },
  '$unset of elements by an array filter': {
    filter: { username: op({ $in: ['ada', 'eve'] }) },
    update: { $unset: { 'addresses.$[home].city': '' } },
    options: { arrayFilters: [{ 'home.city': 'London' }] },
  },
  '$unset of a leaf': { filter: { username: 'ada' }, update: { $unset: { nickname: '' } } },
  '$unset of the last public leaf of a branch': {
    filter: { username: 'ada' },
    update: { $unset: { 'profile.bio': 1 } },
  },
  $inc: { filter: { age: op({ $gte: 30 }) }, update: { $inc: { credits: 3 } } },
  '$inc by nothing': { filter: { age: op({ $gte: 30 }) }, update: { $inc: { credits: 0 } } },
  '$inc of what is no number': { filter: { username: 'ada' }, update: { $inc: { email: 3 } } },
  $mul: { filter: { username: op({ $exists: true }) }, update: { $mul: { credits: 2 } } },
  '$min and $max': { filter: { username: 'cyd' }, update: { $min: { credits: -7 }, $max: { age: 51 } } },
  '$min across types': { filter: { username: 'cyd' }, update: { $min: { email: 5 } } },
  '$currentDate of an existing value': {
    filter: { username: 'nobody' },
    update: { $currentDate: { joined_at: true } },
  },
  '$push of a scalar': { filter: { username: 'ada' }, update: { $push: { tags: 'zen' } } },
  '$push to what is no array': { filter: { username: 'ada' }, update: { $push: { nickname: 'zen' } } },
  '$push of a subdocument': { filter: { username: 'ada' }, update: { $push: { addresses: { city: 'Bonn' } } } },
  '$push of a subdocument where there is no array': {
    filter: { username: 'dov' },
    update: { $push: { addresses: { city: 'Bonn' } } },
  },
  '$push into a branch that is not an array': {
    filter: { username: 'dov' },
    update: { $push: { profile: { bio: 'x' } } },
  },
  '$push with $sort by a public path': {
    filter: { username: 'ada' },
    update: { $push: { addresses: op({ $each: [{ city: 'Bonn' }], $sort: { city: 1 } }) } },
  },
  '$push of nothing, with $sort': {
    filter: { username: 'ada' },
    update: { $push: { addresses: op({ $each: [], $sort: { city: -1 } }) } },
  },
  '$push of nothing': { filter: { username: 'ada' }, update: { $push: { addresses: op({ $each: [] }) } } },
  '$push with $position': {
    filter: { username: 'eve' },
    update: { $push: { addresses: op({ $each: [{ city: 'A' }, { city: 'B' }], $position: 1 }) } },
  },
  '$push with all its modifiers': {
    filter: { username: 'cyd' },
    update: { $push: { tags: op({ $each: ['art', 'zoo'], $sort: -1, $slice: 3 }) } },
  },
  '$addToSet of what is there': { filter: { username: 'cyd' }, update: { $addToSet: { tags: 'dance' } } },
  '$addToSet of some': {
    filter: { username: 'cyd' },
    update: { $addToSet: { tags: op({ $each: ['dance', 'art'] }) } },
  },
  '$pull by value': { filter: { username: 'cyd' }, update: { $pull: { tags: 'dance' } } },
  '$pull by operators': {
    filter: { username: op({ $exists: true }) },
    update: { $pull: { tags: op({ $gte: 'dance', $lt: 'm' }) } },
  },
  '$pull by a pattern': { filter: { username: 'cyd' }, update: { $pull: { tags: /^d/ } } },
  $pop: { filter: { username: 'cyd' }, update: { $pop: { tags: -1 } } },
  '$pop of what is no array': { filter: { username: 'cyd' }, update: { $pop: { email: 1 } } },
  '$setOnInsert where nothing is inserted': {
    filter: { username: 'ada' },
    update: { $setOnInsert: { nickname: 'x' } },
  },
  'an upsert that finds one': { filter: { username: 'ada' }, update: { $set: { age: 37 } }, options: { upsert: true } },
  'an upsert that makes one': {
    filter: { username: 'new' },
    update: { $set: { age: 1 }, $setOnInsert: { nickname: 'n' } },
    options: { upsert: true },
  },
  'an upsert by an operator': {
    filter: { username: op({ $in: ['new'] }) },
    update: { $set: { age: 1 } },
    options: { upsert: true },
  },
  'a value that a public index has already': { filter: { username: 'ada' }, update: { $set: { username: 'bob' } } },
  'an upsert of a value that a public index has': {
    filter: { email: 'none@example.org' },
    update: { $set: { username: 'bob' } },
    options: { upsert: true },
  },
  'a collation': {
    filter: { username: 'ADA' },
    update: { $set: { age: 40 } },
    options: { collation: { locale: 'en', strength: 1 } },
  },
  'by _id': { filter: { _id: IDS[2] }, update: { $set: { age: 40 } } },
  'nothing found': { filter: { username: 'nobody' }, update: { $set: { age: 40 } } },
  'a demand of the program on a path that both agree on': {
    filter: { username: 'ada' },
    update: { $set: { age: 40 } },
    options: {
      trusted: trusted({ filter: { age: op({ $lt: 40 }) }, update: { $set: { nickname: 'set by the program' } } }),
    },
  },
};

describe.each(Object.entries(UPDATES))(
  'an update looks the same in both worlds: %s',
  (_, { filter, update, options }) => {
    it.each(Object.entries(UPDATE_CALLS))('%s', async (_method, call) => {
      const [left, right] = await worlds.compare((users) => call(users, filter, update, options));
      expect(left).toEqual(right);
    });
  },
);

const OTHERS: Readonly<Record<string, (users: Loose) => Promise<unknown>>> = {
  insertOne: (users) => users.insertOne({ username: 'new', profile: { bio: 'x' }, addresses: [{ city: 'Bonn' }] }),
  'insertOne, shown': (users) =>
    users.insertOne(
      { username: 'new', tags: ['a'] },
      {
        trusted: trusted({ set: { password_hash: 'h', addresses: [{ city: 'Bonn', access_code: 'x' }] } }),
        projection: userPaths,
      },
    ),
  'insertOne of a name that is taken': (users) => users.insertOne({ username: 'ada' }),
  insertMany: (users) => users.insertMany([{ username: 'n1' }, { username: 'n2' }]),
  'insertMany of a name that is taken': (users) =>
    users.insertMany([{ username: 'n1' }, { username: 'ada' }, { username: 'n2' }]),
  'insertMany of names that are taken, unordered': (users) =>
    users.insertMany([{ username: 'bob' }, { username: 'ada' }, { username: 'n2' }], { ordered: false }),
  deleteOne: (users) => users.deleteOne({ username: 'ada' }),
  'deleteOne by a branch of alternatives': (users) =>
    users.deleteOne({ $or: [{ username: 'nobody' }, { tags: 'chess' }] }),
  deleteMany: (users) => users.deleteMany({ credits: op({ $gte: 0 }) }),
  'deleteMany of everything': (users) => users.deleteMany(everything),
  'deleteMany of everything, with a demand': (users) =>
    users.deleteMany(everything, { trusted: trusted({ filter: { age: op({ $gt: 30 }) } }) }),
  'updateMany of everything': (users) => users.updateMany(everything, { $set: { nickname: 'x' } }),
  findOneAndDelete: (users) => users.findOneAndDelete({ username: 'ada' }, { projection: userPaths }),
  'findOneAndDelete, the first by a sort': (users) =>
    users.findOneAndDelete({}, { projection: ['username'], sort: { age: -1 } }),
  'findOneAndDelete of nothing': (users) => users.findOneAndDelete({ username: 'nobody' }, { projection: userPaths }),
  'findOneAndUpdate, the first by a sort': (users) =>
    users.findOneAndUpdate({}, { $inc: { age: 1 } }, { projection: ['username', 'age'], sort: { age: 1 } }),
  'findOneAndUpdate, an upsert shown after': (users) =>
    users.findOneAndUpdate(
      { username: 'new' },
      { $set: { age: 1 } },
      { projection: userPaths, upsert: true, returnDocument: 'after' },
    ),
  'bulkWrite of all': (users) =>
    users.bulkWrite([
      { insertOne: { document: { username: 'new' } } },
      { updateOne: { filter: { username: 'ada' }, update: { $set: { recovery_phrase: 'correct horse' } } } },
      { updateMany: { filter: everything, update: { $inc: { credits: 1 } } } },
      { deleteOne: { filter: { username: 'bob' } } },
      { deleteMany: { filter: { tags: 'chess' } } },
      { updateOne: { filter: { username: 'up' }, update: { $set: { age: 3 } }, upsert: true } },
    ]),
  'bulkWrite that stops at its second': (users) =>
    users.bulkWrite([
      { updateOne: { filter: { username: 'ada' }, update: { $set: { age: 1 } } } },
      { insertOne: { document: { username: 'ada' } } },
      { deleteOne: { filter: { username: 'bob' } } },
    ]),
  'bulkWrite that goes on': (users) =>
    users.bulkWrite(
      [
        { updateOne: { filter: { username: 'ada' }, update: { $inc: { email: 1 } } } },
        { insertOne: { document: { username: 'ada' } } },
        { deleteOne: { filter: { username: 'bob' } } },
      ],
      { ordered: false },
    ),
};

const userPaths = ['username', 'email', 'age', 'credits', 'tags', 'profile', 'addresses'];

describe('a write looks the same in both worlds', () => {
  it.each(Object.entries(OTHERS))('%s', async (_, call) => {
    const [left, right] = await worlds.compare(call);
    expect(left).toEqual(right);
  });
});

describe('the same with the raw driver distinguishes the worlds', () => {
  it.each<readonly [string, (raw: Worlds['left']['raw']) => Promise<unknown>]>([
    ['a private filter', (raw) => raw.updateOne({ api_key: { $regex: '^a' } }, { $set: { age: 1 } })],
    [
      'modifiedCount of a private path',
      (raw) => raw.updateOne({ username: 'ada' }, { $set: { recovery_phrase: 'correct horse' } }),
    ],
    [
      'upsertedCount',
      (raw) => raw.updateOne({ username: 'ada', tenant: 'north' }, { $set: { age: 1 } }, { upsert: true }),
    ],
    [
      'a private array filter',
      (raw) =>
        raw.updateOne(
          { username: 'ada' },
          { $set: { 'addresses.$[a].city': 'X' } },
          { arrayFilters: [{ 'a.access_code': 'L1' }] },
        ),
    ],
    [
      '$pull by a private predicate',
      (raw) => raw.updateOne({ username: 'ada' }, { $pull: { addresses: { access_code: 'L0' } } }),
    ],
    [
      '$push with a private $sort',
      (raw) =>
        raw.updateOne({ username: 'ada' }, { $push: { addresses: { $each: [], $sort: { street: 1 } } } } as never),
    ],
    ['$rename', (raw) => raw.updateOne({ username: 'ada' }, { $rename: { api_key: 'nickname' } })],
    ['a pipeline', (raw) => raw.updateOne({ username: 'ada' }, [{ $set: { nickname: '$api_key' } }])],
    [
      'the whole document of findOneAndUpdate',
      (raw) => raw.findOneAndUpdate({ username: 'ada' }, { $set: { age: 1 } }),
    ],
    [
      'a position in a private array',
      (raw) => raw.updateOne({ username: 'bob' }, { $set: { 'sessions.$[].device': 'x' } }),
    ],
    [
      'a path through a private array',
      (raw) => raw.updateOne({ username: 'bob' }, { $set: { 'sessions.device': 'x' } }),
    ],
    [
      'an element of a private array',
      (raw) => raw.updateOne({ username: 'cyd' }, { $push: { sessions: { device: 'x' } } }),
    ],
    ['a private sort', (raw) => raw.findOneAndDelete({}, { sort: { api_key: 1 }, projection: { username: 1 } })],
    ['a private demand of a deletion', (raw) => raw.deleteMany({ internal_role: 'admin' })],
  ])('%s', async (_, call) => {
    const [left, right] = await worlds.compare((_users, raw) => call(raw));
    expect(left).not.toEqual(right);
  });
});

describe('calls that would distinguish them are refused', () => {
  it.each<readonly [string, (users: Loose) => Promise<unknown>]>([
    [
      'a position in a private array',
      (users) => users.updateOne({ username: 'bob' }, { $set: { 'sessions.$[].device': 'x' } }),
    ],
    [
      'a position in a private array, unset',
      (users) => users.updateOne({ username: 'bob' }, { $unset: { 'sessions.$[].device': 1 } }),
    ],
    [
      'the position of a match in another array',
      (users) => users.updateOne({ tags: 'math' }, { $set: { 'sessions.$.device': 'x' } }),
    ],
    [
      'a path through a private array',
      (users) => users.updateOne({ username: 'bob' }, { $set: { 'sessions.device': 'x' } }),
    ],
    [
      'an array filter on a private array',
      (users) =>
        users.updateOne(
          { username: 'bob' },
          { $set: { 'sessions.$[s].device': 'x' } },
          { arrayFilters: [{ 's.device': 'phone' }] },
        ),
    ],
    [
      'an element of a private array',
      (users) => users.updateOne({ username: 'cyd' }, { $push: { sessions: { device: 'x' } } }),
    ],
    [
      'elements of a private array',
      (users) => users.updateOne({ username: 'cyd' }, { $push: { sessions: op({ $each: [{ device: 'x' }] }) } }),
    ],
    [
      '$inc of a path that is not public',
      (users) => users.updateOne({ username: 'ada' }, { $inc: { recovery_phrase: 1 } }),
    ],
    [
      '$push with a private $sort',
      (users) =>
        users.updateOne({ username: 'ada' }, { $push: { addresses: op({ $each: [], $sort: { street: 1 } }) } }),
    ],
    [
      '$push with a $sort of whole subdocuments',
      (users) => users.updateOne({ username: 'ada' }, { $push: { addresses: op({ $each: [], $sort: 1 }) } }),
    ],
    [
      '$addToSet of whole subdocuments',
      (users) => users.updateOne({ username: 'ada' }, { $addToSet: { addresses: { city: 'London' } } }),
    ],
    [
      'one identifier at two depths',
      (users) =>
        users.updateOne(
          { username: 'ada' },
          { $set: { 'addresses.$[a].city.$[a]': 'x' } },
          { arrayFilters: [{ 'a.access_code': 'L1' }] },
        ),
    ],
  ])('%s', async (_, call) => {
    await worlds.reset();
    server.forget();
    await expect(call(worlds.left.users)).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});
