import { describe, it } from 'vitest';

import { METHOD_OPTIONS } from '../../src/grammar/method-options.ts';
import { openEditor } from './editor.ts';

const MODULE = `import type { Collection, ObjectId } from 'mongodb';
import { createSafeDb, defineView, SafeCollection, op } from 'safe-collection';
import type { Db } from 'mongodb';
interface User {
  _id: ObjectId; username: string; email: string; age: number; password_hash: string; api_key: string; deleted_at?: Date;
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; access_code: string }[];
}
const userView = defineView<User>()({
  public: { username: 1, email: 1, age: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  writable: { username: 1, 'profile.bio': 1 },
  filterable: { deleted_at: 1, 'addresses.city': 0 },
  sortable: { age: 1, 'addresses.city': 0 },
  arrays: { addresses: 1 },
});
const users = new SafeCollection({} as Collection<User>, userView);
interface Order { _id: ObjectId; user_id: ObjectId; product: string; quantity: number; cost_center: string; lines: { sku: string; cost: number }[] }
const orderView = defineView<Order>()({ public: { product: 1, quantity: 1, 'lines.sku': 1 }, joinable: { user_id: 1 }, arrays: { lines: 1 } });
const { orders } = createSafeDb({} as Db, { users: userView, orders: orderView });
interface Deep { name: string; one: { two: { three: { four: string; five: { secret: number }[] } } } }
`;

const LEAVES = ['addresses.city', 'age', 'email', 'profile.avatar', 'profile.bio', 'username'];
const PROJECTABLE = ['addresses', ...LEAVES, 'profile'].toSorted();
const SORTABLE = LEAVES.filter((path) => path !== 'addresses.city');
/** Join keys follow what may be filtered. */
const JOINABLE = [...LEAVES.filter((path) => path !== 'addresses.city'), 'deleted_at'];
const FILTERABLE = [...SORTABLE, 'deleted_at', 'profile', '_id', '$and', '$or', '$nor'].toSorted();

function optionsOf(method: keyof typeof METHOD_OPTIONS, ...named: readonly string[]): readonly string[] {
  return METHOD_OPTIONS[method].filter((name) => !named.includes(name)).toSorted();
}

const editor = openEditor(MODULE);
const at = (statement: string): Promise<readonly string[]> => editor.completions(statement);

describe.concurrent('completion offers what a view allows, and nothing else', () => {
  it.for<readonly [string, string, readonly string[]]>([
    ['the key of a projection', `await users.findOne({}, { projection: { | } });`, ['_id', ...PROJECTABLE].toSorted()],
    ['a quoted key', `await users.findOne({}, { projection: { '|' } });`, ['_id', ...PROJECTABLE].toSorted()],
    [
      'the keys that are not named yet',
      `users.find({}, { projection: { username: 1, | } });`,
      ['_id', ...PROJECTABLE].filter((path) => path !== 'username').toSorted(),
    ],
    ['a path in an array', `await users.findOne({}, { projection: ['|'] });`, PROJECTABLE],
    ['a further path in an array', `users.find({}, { projection: ['username', '|'] });`, PROJECTABLE],
    ['a reusable selection', `userView.select({ | });`, ['_id', ...PROJECTABLE].toSorted()],
    ['a quoted key of a selection', `userView.select({ '|' });`, ['_id', ...PROJECTABLE].toSorted()],
    ['a path in the array of a selection', `userView.select(['|']);`, PROJECTABLE],
    ['a further path in the array of a selection', `userView.select(['username', '|']);`, PROJECTABLE],
    ['a path in the array of what is picked', `userView.pick({}, ['|']);`, PROJECTABLE],
    ['a path in the array of a JSON Schema', `userView.toJSONSchema(['|']);`, PROJECTABLE],
    ['what is picked', `userView.pick({}, { | });`, ['_id', ...PROJECTABLE].toSorted()],
    [
      'the projection of a write',
      `users.findOneAndDelete({ username: 'a' }, { projection: { | } });`,
      ['_id', ...PROJECTABLE].toSorted(),
    ],
    ['the key of a distinct', `users.distinct('|', {});`, LEAVES],
    ['the key of a distinct that is not closed yet', `users.distinct('|');`, LEAVES],
    ['a filter', `users.find({ | }, { projection: ['username'] });`, FILTERABLE],
    [
      'a further path of a filter',
      `users.find({ username: 'a', | }, { projection: ['username'] });`,
      FILTERABLE.filter((path) => path !== 'username'),
    ],
    ['a filter before the options are written', `users.find({ | });`, FILTERABLE],
    ['the filter of a count', `users.countDocuments({ | });`, FILTERABLE],
    ['the filter of a write', `users.deleteOne({ | });`, FILTERABLE],
    ['a sort', `users.find({}, { projection: ['username'], sort: { | } });`, SORTABLE],
    [
      'a further path of a sort',
      `users.find({}, { projection: ['username'], sort: { age: 1, | } });`,
      SORTABLE.filter((path) => path !== 'age'),
    ],
    ["a cursor's sort", `users.find({}, { projection: ['username'] }).sort({ | });`, SORTABLE],
    ["the path of a cursor's sort", `users.find({}, { projection: ['username'] }).sort('|', 1);`, SORTABLE],
    [
      'the options of an update',
      `users.updateOne({ username: 'a' }, { $set: { username: 'b' } }, { upsert: true, | });`,
      optionsOf('updateOne', 'upsert'),
    ],
    [
      'the options of an update of many',
      `users.updateMany({ username: 'a' }, { $set: { username: 'b' } }, { | });`,
      optionsOf('updateMany'),
    ],
    ['the options of an insert', `users.insertOne({ username: 'a' }, { | });`, optionsOf('insertOne')],
    ['the options of an insert of many', `users.insertMany([{ username: 'a' }], { | });`, optionsOf('insertMany')],
    ['the options of a count', `users.countDocuments({}, { | });`, optionsOf('countDocuments')],
    [
      'the projection of an insert',
      `users.insertOne({ username: 'a' }, { projection: { | } });`,
      ['_id', ...PROJECTABLE].toSorted(),
    ],
    ['what an update sets', `users.updateOne({ username: 'a' }, { $set: { | } });`, ['profile.bio', 'username']],
    ['what an insert holds', `users.insertOne({ | });`, ['profile', 'username']],
    [
      'options that may be left out',
      'users.exists({}, { | });',
      ['collation', 'comment', 'maxTimeMS', 'readConcern', 'readPreference', 'session', 'signal', 'trusted'],
    ],
    [
      'what a result has',
      `(await users.findOne({}, { projection: ['username', 'profile.bio'] }))!.|`,
      ['profile', 'username'],
    ],
  ])('%s', async ([, call, expected], { expect }) => {
    expect(await at(call)).toEqual(expected);
  });

  it('a dotted path is completed by the level that is written: the paths below it, and no private one', async ({
    expect,
  }) => {
    const written = 'profile.';
    const offered = await Promise.all([
      at(`users.find({}, { projection: { '${written}|' } });`),
      at(`users.find({}, { projection: ['username', '${written}|'] });`),
    ]);
    // The editor itself keeps what begins with the text that is there.
    const kept = offered.map((paths) => paths.filter((path) => path.startsWith(written)));
    expect(kept).toEqual([
      ['profile.avatar', 'profile.bio'],
      ['profile.avatar', 'profile.bio'],
    ]);
  });

  it('no call offers a private path anywhere', async ({ expect }) => {
    const places = [
      "aggregate([{ $match: { '|' } }])",
      "aggregate([{ $project: { '|' } }])",
      "aggregate([{ $sort: { '|' } }])",
      "pipeline().unwind('|')",
      "pipeline().group({ _id: '|' })",
      'find({ | }, { projection: userView })',
      "find({}, { projection: { '|' } })",
      "find({}, { projection: ['|'] })",
      "distinct('|', {})",
    ];
    const offered = (await Promise.all(places.map((place) => at(`users.${place};`)))).flat().join(' ');
    expect(offered).not.toMatch(/password_hash|api_key|ssn|access_code/);
    expect(offered).toContain('username');
  });

  it('a collection offers its methods, and nothing that leads to the driver', async ({ expect }) => {
    const members = await at('users.|');
    expect(members).toContain('findOne');
    expect(members.filter((name) => /^(?:db|client|collection|raw|s$|aggregateRaw|drop)/.test(name))).toEqual([]);
  });
});

/** The completions next to existing text. */
const besides = async (call: string): Promise<readonly string[]> => (await at(call)).filter((name) => name !== '');

describe.concurrent('completion offers what a document has, where a view is declared', () => {
  const PATHS = [
    '_id',
    'addresses.access_code',
    'addresses.city',
    'age',
    'api_key',
    'deleted_at',
    'email',
    'password_hash',
    'profile.avatar',
    'profile.bio',
    'profile.ssn',
    'username',
  ];

  it.for<readonly [string, string, readonly string[]]>([
    ['the key of a public path', 'defineView<User>()({ public: { | } });', PATHS],
    ['a quoted key', "defineView<User>()({ public: { '|' } });", PATHS],
    [
      'the paths that are not listed yet',
      "defineView<User>()({ public: { username: 1, '|': 1 } });",
      PATHS.filter((path) => path !== 'username'),
    ],
    ['a view of a declared type', "defineView<User, { username: string }>()({ public: { '|' } });", PATHS],
    ['a filterable path', "defineView<User>()({ public: { username: 1 }, filterable: { '|' } });", PATHS],
    ['a sortable path', "defineView<User>()({ public: { username: 1 }, sortable: { '|' } });", PATHS],
    ['a writable path', "defineView<User>()({ public: { username: 1 }, writable: { '|' } });", PATHS],
    ['a joinable path', "defineView<User>()({ public: { username: 1 }, joinable: { '|' } });", PATHS],
    [
      'an array that a named path goes through',
      "defineView<User>()({ public: { username: 1, 'addresses.city': 1 }, arrays: { | } });",
      ['addresses'],
    ],
    ['three levels of a deep document', "defineView<Deep>()({ public: { '|' } });", ['name', 'one.two.three']],
  ])('%s', async ([, call, expected], { expect }) => {
    expect(await at(call)).toEqual(expected);
  });

  it('below three levels a path is completed by the level that is written', async ({ expect }) => {
    const [three, four] = await Promise.all([
      at("defineView<Deep>()({ public: { 'one.two.three.|' } });"),
      at("defineView<Deep>()({ public: { name: 1 }, filterable: { 'one.two.three.five.|': 1 } });"),
    ]);
    expect(three).toEqual(expect.arrayContaining(['one.two.three.five', 'one.two.three.four']));
    expect(four).toContain('one.two.three.five.secret');
  });
});

describe.concurrent('completion offers what there is at each stage of a pipeline', () => {
  const GROUPED = "{ $group: { _id: '$username', n: { $sum: 1 } } }";
  /** Dotted references would cost a pipeline of ten stages a third more. */
  const TOP = ['$addresses', '$age', '$email', '$profile', '$username'];
  const REFERENCES = PROJECTABLE.map((path) => `$${path}`);

  it.for<readonly [string, string, readonly string[]]>([
    ['the first filter', "users.aggregate([{ $match: { '|' } }]);", FILTERABLE],
    [
      'a further path of it',
      "users.aggregate([{ $match: { username: 'a', | } }]);",
      FILTERABLE.filter((path) => path !== 'username'),
    ],
    ['a sort above the view', "users.aggregate([{ $sort: { '|' } }]);", SORTABLE],
    ['a projection of the view', "users.aggregate([{ $project: { '|' } }]);", ['_id', ...PROJECTABLE].toSorted()],
    [
      'a sort of what a group made',
      `users.aggregate([${GROUPED}, { $sort: { | } }, { $project: { n: 1 } }]);`,
      ['_id', 'n'],
    ],
    [
      'a filter of what a group made',
      `users.aggregate([${GROUPED}, { $match: { | } }, { $project: { n: 1 } }]);`,
      ['_id', 'n'],
    ],
    ['a projection of what a group made', `users.aggregate([${GROUPED}, { $project: { | } }]);`, ['_id', 'n']],
    [
      'the operands of a join',
      'orders.aggregate([{ $lookup: { | } }, { $project: { product: 1 } }]);',
      ['as', 'foreignField', 'from', 'let', 'localField', 'pipeline'],
    ],
    ['the key of a group', 'users.aggregate([{ $group: { | } }]);', ['_id']],
    ['a field path', "users.aggregate([{ $unwind: '|' }, { $project: { age: 1 } }]);", TOP],
    ['what a group groups by', "users.aggregate([{ $group: { _id: '$|' } }, { $project: { _id: 1 } }]);", TOP],
    [
      'a field path after a group',
      `users.aggregate([${GROUPED}, { $unwind: '|' }, { $project: { n: 1 } }]);`,
      ['$_id', '$n'],
    ],
    ['the filter of a step', "users.pipeline().match({ '|' })", FILTERABLE],
    ['the sort of a step', 'users.pipeline().sort({ | })', SORTABLE],
    ['the projection of a step', "users.pipeline().project({ '|' })", ['_id', ...PROJECTABLE].toSorted()],
    [
      'the sort after a step that groups',
      "users.pipeline().group({ _id: '$username', n: { $sum: 1 } }).sort({ | })",
      ['_id', 'n'],
    ],
    ['a field path of a step', "users.pipeline().unwind('|')", REFERENCES],
    ['what a step groups by', "users.pipeline().group({ _id: '$|' })", REFERENCES],
    ['what a step sums up', "users.pipeline().group({ _id: null, n: { $sum: '|' } })", REFERENCES],
    [
      'what a step after a group refers to',
      "users.pipeline().group({ _id: '$username', n: { $sum: 1 } }).unwind('|')",
      ['$_id', '$n'],
    ],
  ])('%s', async ([, call, expected], { expect }) => {
    expect((await besides(call)).filter((name) => name !== '$')).toEqual(expected);
  });

  it('a stage is completed by its name', async ({ expect }) => {
    expect(await at('users.aggregate([{ | }]);')).toEqual(
      expect.arrayContaining(['$group', '$lookup', '$match', '$project', '$unwind']),
    );
  });
});

describe.concurrent('completion offers who may be joined, and by which keys', () => {
  const joined = (rest: string): string =>
    `orders.findPopulated({}, { projection: ['product'], populate: { buyer: { ${rest} } } });`;
  const FOREIGN = [...PROJECTABLE, 'lines', 'lines.sku', 'product', 'quantity'].toSorted();

  it.for<readonly [string, string, readonly string[]]>([
    [
      'the parts of a join',
      joined('|'),
      ['filter', 'foreignField', 'from', 'justOne', 'limit', 'localField', 'populate', 'projection', 'skip', 'sort'],
    ],
    ['the view', joined("from: '|'"), ['orders', 'users']],
    ['the key here', joined("from: 'users', localField: '|'"), ['_id', 'lines.sku', 'product', 'quantity', 'user_id']],
    [
      'the key there',
      joined("from: 'users', localField: 'user_id', foreignField: '|'"),
      ['_id', 'lines.sku', 'product', 'quantity', 'user_id', ...JOINABLE].toSorted(),
    ],
    [
      'what comes out',
      joined("from: 'users', localField: 'user_id', foreignField: '_id', projection: { | }"),
      ['_id', ...FOREIGN].toSorted(),
    ],
    [
      'what comes out, in an array',
      joined("from: 'users', localField: 'user_id', foreignField: '_id', projection: ['|']"),
      FOREIGN,
    ],
  ])('%s', async ([, call, expected], { expect }) => {
    expect(await besides(call)).toEqual(expected);
  });
});

describe.concurrent('hovering over a refused key says why', () => {
  it.for<readonly [string, string]>([
    [`users.find({}, { projection: { password_hash|: 1 } });`, "'password_hash' is not public in this view"],
    [`users.find({}, { projection: { 'profile.ssn|': 1 } });`, "'profile.ssn' is not public in this view"],
    [`users.find({ api_key|: 'x' }, { projection: ['username'] });`, "'api_key' is not filterable in this view"],
    [
      `users.find({}, { projection: ['username'], sort: { password_hash|: 1 } });`,
      "'password_hash' is not sortable in this view",
    ],
    [`users.find({}, { projection: { username|: 0 } });`, "'username' takes the literal 1 or true"],
  ])('%s', async ([call, sentence], { expect }) => {
    expect(await editor.hover(call)).toContain(sentence);
  });
});
