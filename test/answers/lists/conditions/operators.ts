import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, words } from '../../support/tables.ts';

/** Operators with right and wrong operands. */
const CONDITIONS = `
  $eq: 1 | $eq: null | $eq: /x/ | $eq: [1] | $eq: {} | $eq: { a: 1 } | $eq: undefined | $eq: 'x' | $ne: 1 | $ne: null | $ne: /x/ | $ne: [1] | $ne: { a: 1 } | $gt: 1 | $gt: null | $gt: [1] | $gte: { a: 1 } | $lt: /x/ | $lte: 'x' | $in: [1] | $in: [] | $in: 1 | $in: null | $in: [null] | $in: [/x/] | $in: [[1]] | $in: [{ a: 1 }] | $in: { 0: 1 } | $nin: [1, null] | $nin: 'x' | $nin: [/x/] | $all: [1] | $all: [] | $all: 1 | $all: [/x/] | $all: [[1]] | $all: [op({ $elemMatch: { $gt: 1 } })]
  $exists: true | $exists: false | $exists: 1 | $exists: null | $type: 'string' | $type: ['string', 'object'] | $type: [] | $type: 'text' | $type: 2 | $type: ['string', 2] | $type: null | $not: op({ $gt: 1 }) | $not: { $gt: 1 } | $not: /x/ | $not: new BSONRegExp('x') | $not: 1 | $not: null | $not: {} | $not: [] | $not: op({ $not: op({ $eq: 1 }) }) | $not: op({ $wrong: 1 }) | $not: { a: 1 } | $size: 0 | $size: 1 | $size: -1 | $size: 1.5 | $size: '1' | $size: null | $size: 1n
  $mod: [2, 0] | $mod: [0, 1] | $mod: [2] | $mod: [2, 0, 1] | $mod: [2.5, 0] | $mod: ['2', 0] | $mod: 2 | $mod: null | $mod: [2, null] | $mod: [-2, -1] | $bitsAllSet: 1 | $bitsAllSet: 0 | $bitsAllSet: -1 | $bitsAnySet: [0, 1] | $bitsAnySet: [] | $bitsAnySet: [0, -1] | $bitsAllClear: 1.5 | $bitsAllClear: [0, 1.5] | $bitsAnyClear: 'x' | $bitsAnyClear: [0, 'x'] | $bitsAnyClear: 1n | $regex: 'x' | $regex: /x/i | $regex: '' | $regex: 1 | $regex: null | $regex: ['x'] | $regex: 'a\\0b' | $regex: 'x', $options: 'i'
  $regex: 'x', $options: '' | $regex: 'x', $options: 'imsx' | $regex: 'x', $options: 'gi' | $regex: 'x', $options: 'ig' | $regex: 'x', $options: 1 | $options: 'i', $regex: 'x' | $options: 'i' | $regex: 'x', $options: ['i'] | $elemMatch: { $gt: 1 } | $elemMatch: { $gt: 1, $lt: 3 } | $elemMatch: {} | $elemMatch: null | $elemMatch: [] | $elemMatch: 1 | $elemMatch: { $and: [{ $gt: 1 }] } | $elemMatch: { $gt: 1, a: 1 } | $elemMatch: { a: 1 } | $elemMatch: { v: 1 } | $elemMatch: { t: 'end' } | $elemMatch: { x: 1 } | $elemMatch: op({ $gt: 1 }) | $elemMatch: { $elemMatch: { $gt: 1 } } | $elemMatch: { $not: op({ $gt: 1 }) } | $elemMatch: { $wrong: 1 } | $elemMatch: { $nor: [{ t: 'x' }] } | $elemMatch: { $text: { $search: 'x' } }
  $wrong: 1 | $where: '1' | $gt: 1, $wrong: 2 | $gt: 1, $lt: 5 | $eq: sealed(1) | $ne: sealed(1) | $in: [sealed(1), null] | $nin: [sealed(1)] | $all: [sealed(1)] | $in: [ID] | $eq: ID | $in: sealed(1) | $eq: 'aaaaaaaaaaaaaaaaaaaaaa' | $all: [1, sealed(1)] | $not: op({ $eq: sealed(1) }) | $not: op({ $in: [sealed(2)] }) | $not: op({ $gt: sealed(1) }) | $geoWithin: { $box: [[0, 0], [1, 1]] } | $geoWithin: 1, $gt: 1
`;

const PATHS = words(
  `title nums flex grid deep rows rows.t rows.cols rows.in rows.cols.v cells cells.v either box box.in box.a ref refs same lines.owner held held.by free free.x in m m.2024 half half.f part part.f part.w list list.f pf place spots spots.at shut gone hidden _id ref_id m.2025 rows.0.t free.0`,
);

/** Ways to put a condition at a path into a filter. */
const PLACES: readonly ((path: string, condition: string) => string)[] = [
  (path, condition) => `{ '${path}': op({ ${condition} }) }`,
  (path, condition) => `{ '${path}': op({ $not: op({ ${condition} }) }) }`,
  (path, condition) => `{ $or: [{ '${path}': op({ ${condition} }) }, { n: 1 }] }`,
  (path, condition) => `{ $and: [{ $nor: [{ '${path}': op({ ${condition} }) }] }, { n: 1 }] }`,
  (path, condition) => `{ '${path}': { ${condition} } }`,
  (path, condition) => `{ '${path}': op({ $elemMatch: { ${condition} } }) }`,
  (path, condition) => `{ '${path}': op({ $not: { ${condition} } }) }`,
  (path, condition) => `trusted({ '${path}': op({ ${condition} }) })`,
  (path, condition) =>
    path.startsWith('rows.')
      ? `{ rows: op({ $elemMatch: { '${path.slice(5)}': op({ ${condition} }) } }) }`
      : `{ n: 1, $and: [{ '${path}': op({ ${condition} }) }] }`,
];

const conditions = listed(CONDITIONS);

/** Each condition at some paths and places, so that all of them meet. */
const atPaths = conditions.flatMap((condition, number) =>
  PATHS.flatMap((path, at) =>
    (at + number) % 6 === 0 ? [PLACES[(number + at * 2) % PLACES.length]?.(path, condition) ?? ''] : [],
  ),
);

/** At paths that take most of them, in all places. */
const fitting = conditions.flatMap((condition, number) =>
  ['title', 'nums', 'rows.cols.v', 'box', 'refs', '_id'].flatMap((path, at) =>
    PLACES.filter((_, place) => (place + number + at) % 9 === 0).map((place) => place(path, condition)),
  ),
);

const find = (filter: string): string => `return await B.find(${filter}, { projection: ['title'] }).toArray();`;

export const CONDITIONS_AT_PATHS: AnswerList = {
  name: 'conditions-at-paths',
  world: BENCH_WORLD,
  calls: distinct(atPaths.map(find)),
};

export const CONDITIONS_IN_PLACES: AnswerList = {
  name: 'conditions-in-places',
  world: BENCH_WORLD,
  calls: distinct(fitting.map(find)),
};

const VALUES = `
  1 | 'x' | null | /x/ | new BSONRegExp('x', 'i') | [1, 2] | [[1, 1], [2]] | [] | [/x/] | [{ a: 1 }] | [[{ a: 1 }]] | {} | { a: 1 } | { $gt: 1 } | { a: 1, $gt: 1 } | sealed(1) | [sealed(1)] | ID | undefined | NaN | new Date(0) | new Long(5) | new MinKey() | new Binary(Buffer.from([1])) | everything | trusted({ a: 1 }) | [op({ $gt: 1 })] | [null] | [[null, 1]]
`;

/** Filters as a whole. */
const WHOLE = `
  { ref: sealed(1), ref_id: ID } | trusted({ ref: sealed(2), ref_id: ID }) | trusted({ ref_id: ID, ref: sealed(2) }) | trusted({ $and: [{ ref: sealed(2) }, { ref_id: idOf(2) }] }) | { 'held.by': sealed(2), held: op({ $exists: true }) } | trusted({ 'held.by': sealed(2), 'held.by_id': idOf(2) }) | { same: sealed(3) } | { lines: op({ $elemMatch: { owner: sealed(1) } }) } | { lines: op({ $elemMatch: { owner: sealed(1), text: 'l' } }) } | { lines: op({ $elemMatch: { owner_id: ID } }) } | trusted({ lines: op({ $elemMatch: { owner: sealed(1), owner_id: ID } }) })
  { $and: [] } | { $or: {} } | { $nor: null } | { $and: [{ title: 't1' }, 1] } | { $or: [[]] } | { $and: [op({ $gt: 1 })] } | { $and: [{}] } | { $or: [{ $or: [{ $or: [{ title: 't1' }] }] }] } | { $expr: 1 } | { $comment: 1 } | { $nor: [{ $and: [{ secret: 1 }] }] } | { $and: [trusted({ n: 1 })] } | trusted({ $and: [{ 'any.thing': 1 }] }) | trusted({ $expr: 1 }) | trusted({ $text: { $search: 'x' } }) | trusted({ 'rows.0.t': 1 }) | trusted({ 'a..b': 1 }) | trusted({ 'a.0': 1 }) | trusted({ 'free.0.x': 1 }) | trusted({ a: { b: 1 } })
  trusted({ a: [1] }) | trusted({ a: [[1]] }) | trusted({ a: [{ b: 1 }] }) | trusted({ a: { $gt: 1 } }) | trusted([{ a: 1 }]) | trusted(op({ $gt: 1 })) | trusted.and(trusted({ n: 1 }), trusted({ title: 't1' })) | fields(10001, 'free.x') | { free: fields(3, 'a') } | { 'free.a.b.c': 1 } | { 'free.$a': 1 } | { 'free.': 1 } | { 'free.__proto__.x': 1 } | { ['free.' + 'x'.repeat(508)]: 1 } | { 'in.free.q': 1, 'in.a': 2 } | new (class A { n = 1; })() | Object.create({ n: 1 }) | { get n() { return 1; } } | { [Symbol('x')]: 1 } | new Proxy({}, {})
`;

const MANY = `{} | { $and: [{}] } | { $or: [{}, { n: 1 }] } | { $nor: [{}] } | { $and: [{ n: 1 }] } | { $or: [{ $and: [{}] }] } | everything | trusted({}) | trusted({ $and: [{}] }) | trusted({ n: 1 }) | { n: op({ $in: [] }) } | { rows: op({ $elemMatch: { $or: [{}] } }) } | null | undefined | { _id: {} } | { _id: { k: 1 } } | { nums: [] } | { place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 50] } } }) }`;

export const WHOLE_CONDITIONS: AnswerList = {
  name: 'whole-conditions',
  world: BENCH_WORLD,
  calls: distinct(
    listed(VALUES).flatMap((value, number) =>
      PATHS.filter((_, at) => at < 2 || (at + number) % 6 === 0).map((path) => find(`{ '${path}': ${value} }`)),
    ),
    listed(VALUES).flatMap((value) => [
      `return await B.find(trusted({ any: ${value} }), { projection: ['title'] }).toArray();`,
      `return await on({ ...BENCH, operators: 'plain' }).find({ title: ${value} }, { projection: ['title'] }).toArray();`,
      `return await B.find({ rows: op({ $elemMatch: { t: ${value} } }) }, { projection: ['title'] }).toArray();`,
      `return await B.find({}, { projection: ['title'], trusted: trusted({ filter: { any: ${value} } }) }).toArray();`,
    ]),
    listed(WHOLE).flatMap((filter) => [
      `return await B.countDocuments(${filter});`,
      `return await B.find({ n: 1 }, { projection: ['title'], trusted: trusted({ filter: ${filter} }) }).toArray();`,
    ]),
    listed(MANY).flatMap((filter) => [
      `return await B.deleteMany(${filter});`,
      `return await B.updateMany(${filter}, { $set: { title: 'x' } });`,
      `return await B.updateOne(${filter}, { $set: { title: 'x' } });`,
      `return await B.countDocuments(${filter});`,
      `return await B.bulkWrite([{ deleteMany: { filter: ${filter} } }]);`,
      `return await B.bulkWrite([{ deleteOne: { filter: ${filter} } }]);`,
      `return await B.initializeOrderedBulkOp().find(${filter}).delete().execute();`,
      `return await B.initializeOrderedBulkOp().find(${filter}).deleteOne().execute();`,
      `return await B.initializeOrderedBulkOp().find(${filter}).update({ $set: { n: 1 } }, { trusted: trusted({ filter: { pf: 1 } }) }).execute();`,
    ]),
  ),
};
