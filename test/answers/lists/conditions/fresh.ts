import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, lines, listed } from '../../support/tables.ts';

/** What the rules of a new view allow. They are made with its first filter. */
const FILTERS = `
  { title: 't1' } | { title: ['t1'] } | { nums: [1, 2, 1] } | { nums: [{ a: 1 }] } | { flex: ['one'] } | { refs: [sealed(1)] } | { refs: sealed(1) } | { ref: sealed(2) } | { ref: ID } | { ref: op({ $in: [sealed(2)] }) } | { same: sealed(3) } | { 'lines.owner': sealed(1) } | { lines: op({ $elemMatch: { owner: sealed(1) } }) } | { box: null } | { box: op({ $exists: true }) } | { box: op({ $size: 1 }) } | { half: null } | { half: op({ $exists: true }) } | { part: null } | { part: op({ $exists: true }) } | { part: op({ $elemMatch: { f: 1 } }) } | { list: op({ $elemMatch: { f: 1 } }) } | { list: op({ $size: 1 }) } | { list: null }
  { free: 1 } | { 'free.a': 1 } | { 'free.$a': 1 } | { 'free..a': 1 } | { free: op({ $elemMatch: { a: 1 } }) } | { pf: 1 } | { secret: 1 } | { hidden: 'h' } | { _id: ID } | { _id: op({ $in: [ID] }) } | { _id: op({ $gt: ID }) } | { _id: { k: 1 } } | { _id: null } | { _id: /x/ } | { place: 1 } | { place: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { 'place.type': op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { title: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { $text: { $search: 't1' } } | { title: { $ne: 'x' } } | { rows: op({ $elemMatch: { t: 'end' } }) } | { rows: op({ $elemMatch: { secret: 1 } }) }
  trusted({ title: ['t1'] }) | trusted({ nums: [[1]] }) | trusted({ any: 1 }) | trusted({ 'a..b': 1 }) | trusted({ 'rows.0.t': 1 }) | trusted({ 'free.0.t': 1 }) | trusted({ _id: { k: { l: [1] } } }) | trusted({ any: { k: 1 } }) | trusted({ ref: sealed(2) }) | trusted({ ref: ID }) | trusted({ ref_id: idOf(2) }) | trusted({ any: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) }) | trusted({ 'rows.0': op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) }) | trusted({ $text: { $search: 't1' } }) | trusted({ any: { $gt: 1 } }) | trusted({ box: op({ $size: 1 }) }) | trusted({ box: null }) | trusted({ rows: op({ $elemMatch: { secret: 's' } }) })
`;

/** Filters of privileged reads, whose paths a hook hears of. */
const READ = `
  { _id: op({ $eq: { k: 1 } }) } | { _id: op({ $in: [{ k: 1, l: { m: 1 } }] }) } | { _id: { k: 1, l: { m: 1 } } } | { place: op({ $geoWithin: { $geometry: { type: 'Polygon', coordinates: [[[0, 49], [4, 49], [4, 54], [0, 49]]] } } }) } | { any: op({ $geoIntersects: { $geometry: { type: 'Point', coordinates: [1, 50] } } }) } | { rows: op({ $elemMatch: { secret: 's', t: op({ $in: ['x'] }) } }) } | { $or: [{ any: 1 }, { $and: [{ other: op({ $not: op({ $eq: 1 }) }) }] }], hidden: 'h' } | { nums: [1, 2] } | { title: op({ $nin: [1, null], $exists: true }) } | { $nor: [{ any: /x/ }] }
`;

const SORTS = `{ n: 1 } | { box: 1 } | { 'free.a': 1 } | { ref: 1 } | { secret: 1 } | { 'rows.0.t': 1 } | { ref_id: 1 }`;

export const FRESH_FILTERS: AnswerList = {
  name: 'fresh-filters',
  world: BENCH_WORLD,
  calls: distinct(
    listed(FILTERS).map((filter) => `return await on(BENCH).find(${filter}, { projection: ['title'] }).toArray();`),
    listed(FILTERS)
      .filter((filter) => /_id|title|box/.test(filter))
      .map((filter) => `return await on({ public: { title: 1, _id: 1, nums: 1 } }).countDocuments(${filter});`),
    lines(`
      on({ public: { title: 1, nums: 1 }, arrays: { nums: 1 } }).find({ nums: [null, 1] }, { projection: ['title'], collation: { locale: 'en' } }).toArray()
      on({ public: { title: 1 } }).find({ _id: { k: 1, l: 'x' } }, { projection: ['title'], collation: { locale: 'en' } }).toArray()
      on({ public: { title: 1 } }).find({ _id: { k: 'x', l: 1 } }, { projection: ['title'], collation: { locale: 'en' } }).toArray()
      on({ public: { title: 1 } }).find({ _id: { k: 1, l: 2 } }, { projection: ['title'], collation: { locale: 'en' } }).toArray()
      on({ public: { title: 1 }, arrays: { _id: 1 } }).find({ _id: [1] }, { projection: ['title'] }).toArray()
      on({ public: { title: 1, '_id.l.m': 1 } }).find({ _id: { l: { z: 1 } } }, { projection: ['title'] }).toArray()
      on({ public: { title: 1, '_id.l.m': 1 } }).find({ _id: { l: { m: 1 } } }, { projection: ['title'] }).toArray()
      B.countDocuments({ ...fields(9999, 'free.x'), secret: 1 })
      B.deleteMany({ n: 1, $or: [{}, { n: 2 }] })
      B.deleteMany({ $or: [{ n: 2 }], n: op({ $in: [] }) })
    `).map((call) => `return await ${call};`),
    listed(READ).flatMap((filter) => [
      `const seen = []; const R = new PrivilegedCollection(docs, BENCH_VIEW, { reason: 'why', ...SEAL, onPrivilegedRead: (read) => void seen.push({ ...read }) }); return [await R.exists(${filter}), seen];`,
      `const seen = []; const R = new PrivilegedCollection(docs, define({ public: { title: 1 } }), { reason: 'why', onPrivilegedRead: (read) => void seen.push({ ...read }) }); return [await R.exists(${filter}), seen];`,
    ]),
    listed(SORTS).flatMap((sort) => [
      `return await on(BENCH).find({}, { projection: ['title'], sort: ${sort} }).toArray();`,
      `return JSON.stringify(await privileged(BENCH).find({}, { projection: ['title'], sort: ${sort} }).toArray());`,
    ]),
  ),
};
