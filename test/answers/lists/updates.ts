import type { AnswerList } from '../support/answer-list.ts';
import { PEOPLE } from '../support/people.ts';
import { distinct, listed, words } from '../support/tables.ts';

/** Paths as an update writes them. */
const PATHS = `
  username age score balance visits active avatar tags tags.$ tags.$[] tags.$[t] tags.0 nick nick.$[] grid grid.$[] grid.$[].$[] grid.$[g] grid.$[].$[].$[] profile
  profile.bio profile.links profile.links.$[] profile.ssn profile.$[].bio addresses addresses.city addresses.$.city addresses.$[].city addresses.$[a].city
  addresses.$[a] addresses.$[a].code addresses.$[a].tags.$[t] addresses.0.city settings settings.theme settings.deep.list settings.$[] scores scores.2024 scores.2025
  api_key email rank password_hash joined_at id _id boss boss_id place nothing $ $[].city username.x addresses.$[A].city addresses.$.tags.$ $set age. .age __proto__
`;

/** What an operator takes, right or wrong. */
const OPERANDS: Readonly<Record<string, string>> = {
  $set: `1 | 'x' | null | ['a'] | [[1, 2]] | [[[1]]] | {} | { a: 1 } | { city: 'Rome' } | { $inc: 1 } | new Date(0) | Decimal128.fromString('2') | new Binary(Buffer.from([1]))
    undefined | NaN | /x/ | [{ city: 'Rome' }] | { bio: 'b', links: ['x'] } | { bio: 'b', ssn: '1' } | op({ $each: [1] }) | trusted('x') | { 'a.b': 1 } | { theme: { deep: [1, null] } }
    [null] | { 'x': undefined } | Symbol('s') | ID | 'aaaaaaaaaaaaaaaaaaaaaa' | 1n | new Map() | { 7: 1 } | { $a: 1 }`,
  $setOnInsert: `1 | { a: 1 } | [] | { bio: 'b' }`,
  $unset: `'' | 1 | true | 0 | 'x' | null`,
  $inc: `1 | -1.5 | 2n | new Long(3) | new Int32(3) | new Double(1.5) | new Double(NaN) | Decimal128.fromString('1.5') | Decimal128.fromString('NaN') | Decimal128.fromString('Infinity') | Infinity | 'x' | null | [1]`,
  $mul: `2 | 'x'`,
  $min: `1 | 'x' | null | /x/ | [1] | {} | new Date(0)`,
  $max: `99 | new Double(2) | /x/`,
  $push: `'x' | 1 | null | ['x'] | { city: 'Rome' } | { city: 'Rome', code: 'c' } | { city: 'Rome', tags: ['t'] } | op({ $each: ['x', 'y'] }) | op({ $each: 'x' }) | op({ $each: [{ city: 'A' }, { city: 'B' }], $position: 0 })
    op({ $each: ['x'], $slice: 2 }) | op({ $each: ['x'], $slice: 'a' }) | op({ $each: ['x'], $position: 1 }) | op({ $each: ['x'], $position: 1.5 }) | op({ $each: ['x'], $sort: 1 })
    op({ $each: ['x'], $sort: -1 }) | op({ $each: ['x'], $sort: 2 }) | op({ $each: [{ city: 'A' }], $sort: { city: 1 } }) | op({ $each: [{ city: 'A' }], $sort: { code: 1 } })
    op({ $each: [{ city: 'A' }], $sort: { city: 2 } }) | op({ $each: [{ city: 'A' }], $sort: {} }) | op({ $each: [{ city: 'A' }], $slice: 1 }) | op({ $each: [{ city: 'A' }], $sort: 1 })
    op({ $slice: 1 }) | op({ $each: ['x'], $wrong: 1 }) | { $each: ['x'] } | op({ $each: [[5, 6]] }) | [5, 6] | op({ $each: [] }) | { $or: 1, city: 'x' } | {}`,
  $addToSet: `'x' | op({ $each: ['x', 'all'] }) | op({ $each: ['x'], $slice: 1 }) | { $each: ['x'] } | { city: 'Rome' } | [5, 6] | op({})`,
  $pull: `'all' | op({ $in: ['all', 't1'] }) | op({ $gt: 't0' }) | { city: 'Oslo' } | { code: 'c1' } | { $in: ['x'] } | null | [1, 2] | /a/ | op({ $elemMatch: { $gt: 1 } }) | { city: op({ $ne: 'x' }) } | {}`,
  $pullAll: `['all'] | [] | 'all' | [{ city: 'Oslo' }] | [[1, 3]] | [null]`,
  $pop: `1 | -1 | 0 | 'x' | true`,
  $currentDate: `true | { $type: 'date' } | false | 1`,
  $rename: `'age'`,
  $bit: `{ and: 1 }`,
};

const FILTER_OF = (path: string): string =>
  path.includes('$.') || path.endsWith('.$')
    ? `{ ${path.split('.')[0]}: op({ $exists: true }) }`
    : `{ username: 'dan' }`;

function optionsOf(path: string): string {
  const filters: string[] = [];
  if (path.includes('$[t]')) filters.push(`{ t: op({ $ne: 'x' }) }`);
  if (path.includes('$[g]')) filters.push(`{ g: op({ $exists: true }) }`);
  if (path.includes('$[a]')) filters.push(`{ 'a.city': 'Oslo' }`);
  return filters.length === 0 ? '' : `, { arrayFilters: [${filters.join(', ')}] }`;
}

const update = (path: string, operator: string, operand: string): string =>
  `return await C.updateOne(${FILTER_OF(path)}, { ${operator}: { '${path}': ${operand} } }${optionsOf(path)});`;

const paths = words(PATHS);

/** Each operand at some of the paths, and the first of each operator at all of them. */
const atPaths = Object.entries(OPERANDS).flatMap(([operator, text], row) =>
  listed(text).flatMap((operand, index) =>
    paths
      .filter((_, number) => index === 0 || (number + index + row) % 8 === 0)
      .map((path) => update(path, operator, operand)),
  ),
);

const FITTING: Readonly<Record<string, string>> = {
  $set: 'username tags grid profile settings addresses boss nick',
  $push: 'tags addresses grid api_key nick profile.links',
  $addToSet: 'tags addresses grid',
  $pull: 'tags addresses grid addresses.$[].tags',
  $pullAll: 'tags addresses grid',
  $inc: 'age balance visits',
  $min: 'age username',
};

const fitting = Object.entries(FITTING).flatMap(([operator, at]) =>
  listed(OPERANDS[operator] as string).flatMap((operand) => words(at).map((path) => update(path, operator, operand))),
);

/** Whole updates, with their options. */
const WHOLE = `
  {} | { $set: {} } | { $set: 1 } | { $set: null } | { username: 'x' } | { $set: { age: 1 }, username: 'x' } | [{ $set: { age: 1 } }] | null | undefined | 1 | 'x' | op({ $set: { age: 1 } })
  { $set: { age: 1 }, $inc: { age: 1 } } | { $set: { settings: {} , 'settings.theme': 'x' } } | { $set: { 'profile.bio': 'x', profile: { bio: 'y' } } } | { $set: { 'addresses.$[].city': 'a' }, $push: { addresses: { city: 'b' } } }
  { $set: { age: 1 }, $unset: { score: '' }, $inc: { visits: 1 }, $push: { tags: 'x' } } | { $wrong: { age: 1 } } | trusted({ $set: { password_hash: 'new' } }) | trusted({ $set: { age: 1 }, $inc: { rank: 1 } })
  trusted({ $set: { 'addresses.0.code': 'x' } }) | trusted({ $rename: { age: 'rank' } }) | trusted([{ $set: { age: 1 } }]) | trusted({ age: 1 }) | trusted({}) | trusted({ $set: { 'profile.ssn': 'n' } })
  trusted({ $set: { tags: 'no array' } }) | trusted({ $push: { age: 1 } }) | trusted({ $set: { 'profile': { bio: 'b', ssn: 's' } } }) | trusted({ $unset: { profile: '' } }) | trusted({ $set: { _id: 1 } })
  trusted({ $set: { $a: 1 } }) | trusted({ $set: { 'a..b': 1 } }) | trusted({ $set: { addresses: [{ city: 'x', code: 'y' }] } }) | trusted({ $set: { boss_id: ID } }) | trusted({ $set: { new_field: { deep: [1] } } })
`;

const TRUSTED = `
  { update: { $set: { password_hash: 'n' } } } | { update: { $set: { age: 5 } } } | { update: { $inc: { rank: 1 } }, filter: { rank: op({ $lt: 20 }) } } | { filter: { api_key: op({ $exists: true }) } }
  { update: { $set: { 'addresses.$[b].code': 'n' } }, arrayFilters: [{ 'b.code': 'c1' }] } | { update: { $set: { 'addresses.$[a].code': 'n' } }, arrayFilters: [{ 'a.code': 'c1' }] } | { set: { age: 1 } } | { wrong: 1 } | {}
  { update: { $setOnInsert: { password_hash: 'n' } } } | { update: {} } | { arrayFilters: [{ 'b.code': 1 }] } | { update: { $set: { profile: {} } } } | { update: [{ $set: {} }] } | { joins: {} } | 1
`;

const ARRAY_FILTERS = `
  [{ 'a.city': 'Oslo' }] | [{ 'a.city': op({ $in: ['Oslo', 'Paris'] }) }] | [{ 'a.code': 'c1' }] | [{ 'a.city': 'Oslo' }, { 'a.city': 'Paris' }] | [{ 'a.city': 'Oslo', 'b.city': 'x' }] | [{ 'b.city': 'Oslo' }]
  [{ $or: [{ 'a.city': 'Oslo' }, { 'a.city': 'Paris' }] }] | [{ $or: [{ 'a.city': 'Oslo' }, { 'b.city': 'Paris' }] }] | [{}] | [] | 'x' | null | [1] | [{ 'a.tags': 'home' }] | [{ a: op({ $exists: true }) }]
  [{ 'a.nothing': 1 }] | [{ a: { city: 'Oslo' } }] | [{ 'a.city': { $ne: 'x' } }] | [trusted({ 'a.code': 'c1' })] | [{ 'a.city': op({ $gt: 'O' }) }] | [{ 'a.city': 'Oslo' }, { 'c.city': 'x' }] | [{ 'a.tags': op({ $size: 2 }) }]
`;

const UPSERTS = `
  { username: 'new' } | { username: 'new', age: op({ $gt: 200 }) } | { username: op({ $eq: 'new' }) } | { username: op({ $in: ['new'] }) } | { username: op({ $in: ['new', 'newer'] }) } | { rank: 500 } | { $and: [{ rank: 500 }] }
  { $or: [{ username: 'new' }] } | { tags: 'new' } | { tags: op({ $all: ['new'] }) } | { 'profile.bio': 'new' } | { 'addresses.city': 'Nowhere' } | { settings: op({ $exists: false }), username: 'new' } | { boss: null, username: 'new' }
  { nick: 'new' } | { username: /^new/ } | { joined_at: new Date(0) } | { $nor: [{ username: op({ $exists: true }) }] } | { age: 700, username: 'new' } | trusted({ rank: 500 }) | trusted({ password_hash: 'x' }) | { 'scores.2024': 700 } | { _id: ID, username: 'zoe' }
  { username: op({ $eq: /^new/ }) } | { tags: ['new'] } | { id: 'aaaaaaaaaaaaaaaaaaaaaa' } | {}
`;

const many = (filter: string): readonly string[] => [
  `return await C.updateMany(${filter}, { $set: { active: true } });`,
  `return await C.deleteMany(${filter});`,
];

export const UPDATES: AnswerList = { name: 'updates', world: PEOPLE, calls: distinct(atPaths, fitting) };

export const WHOLE_UPDATES: AnswerList = {
  name: 'whole-updates',
  world: PEOPLE,
  calls: distinct(
    listed(WHOLE).map((whole) => `return await C.updateOne({ username: 'bob' }, ${whole});`),
    listed(WHOLE).map(
      (whole) =>
        `return await C.findOneAndUpdate({ age: 23 }, ${whole}, { projection: ['username', 'age'], returnDocument: 'after' });`,
    ),
    listed(TRUSTED).flatMap((parts) => [
      `return await C.updateOne({ age: 22 }, {}, { trusted: trusted(${parts}) });`,
      `return await C.updateMany({ age: op({ $gt: 21 }) }, { $set: { age: 50 } }, { trusted: trusted(${parts}) });`,
      `return await C.updateOne({ age: 22 }, { $set: { 'addresses.$[a].city': 'x' } }, { trusted: trusted(${parts}), arrayFilters: [{ 'a.city': 'Oslo' }] });`,
      `return await C.updateOne({ username: 'new' }, { $set: { age: 50 } }, { trusted: trusted(${parts}), upsert: true });`,
      `return await C.deleteOne({ age: 22 }, { trusted: trusted(${parts}) });`,
    ]),
    listed(ARRAY_FILTERS).map(
      (filters) =>
        `return await C.updateOne({ age: 23 }, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: ${filters} });`,
    ),
    listed(ARRAY_FILTERS).map(
      (filters) =>
        `return await C.bulkWrite([{ updateMany: { filter: { age: 23 }, update: { $unset: { 'addresses.$[a].tags': '' } }, arrayFilters: ${filters} } }]);`,
    ),
    listed(UPSERTS).flatMap((filter) => [
      `return await C.updateOne(${filter}, { $set: { score: 1 } }, { upsert: true });`,
      `return await C.updateMany(${filter}, { $set: { tags: ['x'], username: 'y' }, $setOnInsert: { active: true } }, { upsert: true });`,
      `return await C.findOneAndUpdate(${filter}, { $set: { score: 1 } }, { upsert: true, projection: ['username', 'score'], includeUpserted: true });`,
      `return await C.replaceOne(${filter}, { username: 'new', age: 1 }, { upsert: true, trusted: trusted({ set: { addresses: [] } }) });`,
    ]),
    [512, 513].map((length) => `return await C.updateOne({ age: 22 }, { $set: { ['x'.repeat(${length})]: 1 } });`),
    [`{}`, `everything`, `{ age: op({ $gt: 23 }) }`, `trusted({ rank: 5 })`, `trusted({})`, `null`].flatMap(many),
  ),
};
