import type { AnswerList } from '../support/answer-list.ts';
import { PEOPLE } from '../support/people.ts';
import { distinct, listed, words } from '../support/tables.ts';

/** One path of each kind. */
const PATHS = `
  username age score balance visits joined_at avatar active tags nick grid profile profile.bio profile.links profile.ssn addresses addresses.city
  addresses.tags addresses.0.city addresses.code settings settings.theme settings.deep.list scores scores.2024 scores.2025 rank email password_hash
  id _id boss boss_id place nothing nothing.at.all $where username.x tags.0
`;

/** A right or a wrong operand of each operator. */
const CONDITIONS = `
  'ada' | 21 | null | true | new Date(0) | /^A/i | /a/g | [] | ['all', 't1'] | {} | { $ne: 1 } | { city: 'Oslo' } | ID | undefined | NaN
  op({ $eq: 'ada' }) | op({ $eq: null }) | op({ $eq: ['all', 't1'] }) | op({ $eq: {} }) | op({ $eq: /a/ }) | op({ $ne: 21 }) | op({ $ne: [1] })
  op({ $gt: 21 }) | op({ $gte: 'b' }) | op({ $lt: new Date(0) }) | op({ $lte: /a/ }) | op({ $gt: {} }) | op({ $gt: null }) | op({ $gt: [1] })
  op({ $in: [21, 'ada', /^b/] }) | op({ $in: [] }) | op({ $in: 'ada' }) | op({ $in: [{}] }) | op({ $in: [['all', 't1'], null] }) | op({ $nin: [1] })
  op({ $all: ['all'] }) | op({ $all: [] }) | op({ $all: [op({ $elemMatch: { $gt: 1 } })] }) | op({ $all: [['x']] })
  op({ $exists: true }) | op({ $exists: 1 }) | op({ $type: 'number' }) | op({ $type: ['string', 'null'] }) | op({ $type: 2 }) | op({ $type: 'wrong' })
  op({ $type: [] }) | op({ $not: op({ $gt: 21 }) }) | op({ $not: { $in: [1] } }) | op({ $not: /b/ }) | op({ $not: 'x' }) | op({ $not: {} })
  op({ $size: 1 }) | op({ $size: -1 }) | op({ $size: 1.5 }) | op({ $mod: [2, 0] }) | op({ $mod: [0, 1] }) | op({ $mod: [2] }) | op({ $mod: [2, 'x'] })
  op({ $bitsAllSet: 5 }) | op({ $bitsAnySet: [0, 2] }) | op({ $bitsAllClear: [-1] }) | op({ $bitsAnyClear: 'x' }) | op({ $bitsAllSet: new Binary(Buffer.from([1])) })
  op({ $bitsAllSet: [] }) | op({ $bitsAllSet: -5 })
  op({ $regex: '^a' }) | op({ $regex: '^A', $options: 'i' }) | op({ $regex: /^b/i }) | op({ $regex: 'a', $options: 'g' }) | op({ $options: 'i' })
  op({ $regex: '(' }) | op({ $regex: 1 }) | op({ $regex: 'a\\0b' }) | op({ $regex: /a/i, $options: 'm' })
  op({ $elemMatch: { $gt: 't0' } }) | op({ $elemMatch: { city: 'Oslo' } }) | op({ $elemMatch: { city: op({ $ne: 'x' }) } }) | op({ $elemMatch: { code: 'c1' } })
  op({ $elemMatch: {} }) | op({ $elemMatch: 1 }) | op({ $elemMatch: { $or: [{ city: 'Oslo' }, { tags: 'home' }] } }) | op({ $elemMatch: { $elemMatch: { $gt: 1 } } })
  op({ $elemMatch: { 'tags.0': 'home' } }) | op({ $elemMatch: { $and: [{ city: 'Oslo' }], tags: op({ $size: 2 }) } })
  op({ $gt: 20, $lt: 23 }) | op({ $where: '1' }) | op({ $near: [1, 2] }) | op({}) | op({ $eq: 1, $unknown: 1 }) | op({ $eq: undefined })
  new Long(21) | new Int32(21) | new Double(21) | Decimal128.fromString('1.10') | new Binary(Buffer.from([2, 2, 3])) | new Timestamp(1n) | 21n | () => 1 | Symbol('x')
  'x'.repeat(22) | op({ $in: [ID, null] }) | op({ $geoWithin: { $box: [[0, 50], [2, 52]] } })
`;

/** Filters whose shape is their point. */
const WHOLE = `
  { } | { $and: [{ age: 21 }, { username: 'bob' }] } | { $or: [{ age: 21 }, { $and: [{ age: 22 }] }] } | { $nor: [{ age: 21 }, { username: /^c/ }] } | { $and: [] }
  { $and: {} } | { $or: [{}] } | { $or: [1] } | { $and: [{ $or: [{ password_hash: 'x' }] }] } | { $expr: { $gt: ['$age', 1] } } | { $where: 'true' }
  { $comment: 'x' } | { $text: { $search: 'x' } } | { $jsonSchema: {} } | { $nor: [{ $nor: [{ age: op({ $gt: 21 }) }] }] } | { '': 1 } | { 'a..b': 1 }
  { age: 21, $or: [{ age: 22 }, { age: op({ $lt: 30 }) }] } | trusted({ password_hash: 'hash 1' }) | trusted({ 'profile.ssn': op({ $exists: true }), age: 21 })
  trusted({ $where: 'true' }) | trusted({ $expr: { $gt: ['$age', 23] } }) | trusted({ age: { $gt: 24 } }) | trusted({}) | everything | null | undefined | [] | 'x' | 1
  op({ $gt: 1 }) | new Map() | Object.create(null) | { age: 21, 'profile.bio': 'bio 1' } | { 'profile': { bio: 'x' } } | { __proto__: { age: 1 }, age: 21 }
  { username: 'bob', trusted: 1 } | { $or: [trusted({ rank: 8 }), { age: 22 }] } | { $and: [trusted({ rank: 8 }), trusted({ api_key: 'key 1' })] }
  { age: op({ $gt: 20 }), score: op({ $lt: 4 }), 'scores.2024': op({ $gte: 1 }) } | { $or: Array.from({ length: 20 }, (_, at) => ({ age: at + 20 })) }
`;

/** Locations. */
const GEO = `
  { $geoWithin: { $box: [[0, 50], [2, 52]] } } | { $geoWithin: { $center: [[1, 51], 2] } } | { $geoWithin: { $centerSphere: [[1, 51], 0.05] } }
  { $geoWithin: { $polygon: [[0, 50], [3, 50], [3, 54]] } } | { $geoWithin: { $geometry: { type: 'Polygon', coordinates: [[[0, 50], [4, 50], [4, 54], [0, 50]]] } } }
  { $geoWithin: { $geometry: { type: 'MultiPolygon', coordinates: [[[[0, 50], [4, 50], [4, 54], [0, 50]]]] } } } | { $geoWithin: { $geometry: { type: 'Point', coordinates: [1, 51] } } }
  { $geoIntersects: { $geometry: { type: 'Point', coordinates: [1, 51] } } } | { $geoIntersects: { $geometry: { type: 'LineString', coordinates: [[0, 50], [2, 52]] } } }
  { $geoIntersects: { $geometry: { type: 'MultiPoint', coordinates: [[1, 51], [2, 52]] } } } | { $geoIntersects: { $geometry: { type: 'LineString', coordinates: [[0, 50]] } } }
  { $geoIntersects: { $geometry: { type: 'Point', coordinates: [1] } } } | { $geoIntersects: { $geometry: { type: 'Circle', coordinates: [1, 2] } } } | { $geoIntersects: {} }
  { $geoIntersects: { $geometry: { type: 'Point', coordinates: [1, 51], crs: {} } } } | { $geoIntersects: { $geometry: { type: 'Point' } } } | { $geoIntersects: 1 }
  { $near: { $geometry: { type: 'Point', coordinates: [1, 51] } } } | { $near: { $geometry: { type: 'Point', coordinates: [1, 51] }, $maxDistance: 200000, $minDistance: 1 } }
  { $nearSphere: { $geometry: { type: 'Point', coordinates: [1, 51] }, $maxDistance: 100 } } | { $near: [1, 51] } | { $near: { $geometry: { type: 'Point', coordinates: [1, 51] }, $maxDistance: -1 } }
  { $near: { $geometry: { type: 'Point', coordinates: [1, 51] }, $maxDistance: 'x' } } | { $near: { $maxDistance: 1 } } | { $near: { $geometry: { type: 'Point', coordinates: [NaN, 51] } } }
  { $geoWithin: { $box: [[0, 50]] } } | { $geoWithin: { $box: [[0, 50], [2, 'x']] } } | { $geoWithin: { $center: [[1, 51], -1] } } | { $geoWithin: { $center: [[1, 51]] } }
  { $geoWithin: { $polygon: [[0, 50], [3, 50]] } } | { $geoWithin: { $box: [[0, 50], [2, 52]], $center: [[1, 51], 2] } } | { $geoWithin: {} } | { $geoWithin: { $wrong: 1 } }
  { $geoWithin: { $geometry: { type: 'Polygon', coordinates: [[[0, 50], [4, 50], [0, 50]]] } } } | { $geoWithin: { $geometry: { type: 'Polygon', coordinates: [] } } }
  { $geoWithin: { $geometry: { type: 'Polygon', coordinates: [[[0, 50], [4, 50], [4, 54], [1, 50]]] } } } | { $geoWithin: { $box: [[0, 50], [2, 52]] }, $exists: true }
`;

const paths = words(PATHS);
const find = (filter: string): string => `return await C.find(${filter}, { projection: ['username'] }).toArray();`;
const at = (path: string, condition: string): string => find(`{ '${path}': ${condition} }`);

/** Each condition at four of the paths, so that each path has some of each kind. */
const atPaths = listed(CONDITIONS).flatMap((condition, index) =>
  paths.filter((_, number) => (number + index) % 7 === 0).map((path) => at(path, condition)),
);

/** At the paths that they fit most. */
const fitting = listed(CONDITIONS).flatMap((condition) =>
  ['username', 'age', 'tags', 'addresses'].map((path) => at(path, condition)),
);

const NEAR = `op({ $near: { $geometry: { type: 'Point', coordinates: [1, 51] } } })`;

export const FILTERS: AnswerList = {
  name: 'filters',
  world: PEOPLE,
  calls: distinct(
    atPaths,
    fitting,
    listed(WHOLE).map(find),
    listed(WHOLE).map((filter) => `return await C.countDocuments(${filter});`),
    listed(GEO).map((condition) => at('place', `op(${condition})`)),
    [
      find(`{ $or: [{ place: ${NEAR} }] }`),
      find(`{ $and: [{ place: ${NEAR} }, { age: 21 }] }`),
      find(`{ $and: [{ place: ${NEAR} }, { place: ${NEAR} }] }`),
      `return await C.countDocuments({ place: ${NEAR} });`,
    ],
  ),
};
