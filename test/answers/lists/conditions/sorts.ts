import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, lines } from '../../support/tables.ts';

const SORTS = `
  { n: 1 } | { n: -1, title: 1 } | { title: 1, n: -1 } | [['n', 1]] | [['n', -1], ['title', 1]] | [['n', 1], ['n', -1]] | [['n']] | [['n', 1, 2]] | [[1, 1]] | ['n'] | [] | {} | null | 1 | 'n' | -1 | [['n', '1']] | { n: 0 } | { n: 2 } | { n: true } | { n: 'asc' } | { n: null } | { n: { $meta: 'textScore' } } | { $natural: 1 } | [['$natural', 1]] | { box: 1 } | { 'box.a': 1 } | { 'box.c': 1 } | { rows: 1 } | { 'rows.t': 1 } | { 'rows.0.t': 1 } | { nums: -1 } | { free: 1 } | { 'free.a': -1 } | { 'free.0': 1 } | { ref: 1 } | { ref_id: 1 }
  { same: 1 } | { 'lines.owner': 1 } | { pf: 1 } | { secret: 1 } | { _id: 1 } | { '': 1 } | { 'a..b': 1 } | { 'n.': 1 } | { [Symbol('x')]: 1 } | new Map([['n', 1]]) | new Map([['n', -1], ['title', 1]]) | op({ n: 1 }) | { n: 1n } | { n: new Int32(1) } | [new Map()] | [[['n'], 1]] | fields(32, 'free.x') | fields(33, 'free.x') | Object.entries(fields(32, 'free.x')) | Object.entries(fields(33, 'free.x')) | Array.from({ length: 33 }, () => 1) | { 'm.2024': 1 } | { 'm.2025': 1 } | { hidden: 1 } | { place: 1 } | undefined | { __proto__: { n: 1 } } | [['n', 1], 'title'] | [['n', 1], null]
`;

const CALLS = `
  return await B.find({}, { projection: ['title'], sort: X }).toArray();
  return await B.find({}, { projection: ['title'] }).sort(X).toArray();
  return await B.findOne({}, { projection: ['title'], sort: X });
  return await B.aggregate([{ $sort: X }, { $project: { title: 1 } }]).toArray();
  return await B.paginate({}, { projection: ['title'], limit: 1, sort: X }).then(({ items, hasNext }) => [items, hasNext]);
  return await B.findOneAndUpdate({}, { $set: { n: 7 } }, { projection: ['title'], sort: X });
  return JSON.stringify(await privileged(BENCH).find({}, { projection: ['title'], sort: X }).toArray());
`;

const DEMANDS = `
  { joins: {} } | { joins: { others: {} } } | { joins: { others: { n: 1 } } } | { joins: { others: trusted({ n: 1 }) } } | { joins: { others: { secret: op({ $gt: 1 }) } } } | { joins: { others: { $or: [{ n: 1 }, { n: 2 }] } } } | { joins: { others: 1 } } | { joins: { others: null } } | { joins: { others: [] } } | { joins: { wrong: {} } } | { joins: { toString: {} } } | { joins: 1 } | { joins: [] } | { joins: null } | { joins: op({ $a: 1 }) } | { filter: {} } | { filter: { n: 1 } } | { filter: { n: 1 }, joins: {} } | { filter: { n: 1 }, joins: { others: {} } } | { filter: { n: 1 }, joins: { others: { n: 1 }, bench: { n: 1 } } } | {}
  { joins: { others: { place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 50] } } }) } } } | { joins: { others: { place: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } } } | { joins: { others: { $text: { $search: 'x' } } } } | { joins: { others: { $and: [{ place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 50] } } }) }] } } } | { joins: { bench: { n: 1 } } } | { set: {} }
`;

const JOINS = `
  return await D.bench.aggregate([{ $lookup: { from: 'others', localField: 'n', foreignField: 'n', as: 'found' } }, { $project: { title: 1, 'found.title': 1 } }], { trusted: trusted(X) }).toArray();
  return await D.bench.aggregate([{ $lookup: { from: 'others', localField: 'n', foreignField: 'n', pipeline: [{ $lookup: { from: 'bench', localField: 'n', foreignField: 'n', as: 'again' } }, { $project: { title: 1, again: 1 } }], as: 'found' } }, { $project: { title: 1, 'found.title': 1, 'found.again.title': 1 } }], { trusted: trusted(X) }).toArray();
  return await D.bench.findPopulated({}, { projection: ['title'], populate: { found: { from: 'others', localField: 'n', foreignField: 'n', projection: ['title'] } }, trusted: trusted(X) }).toArray();
  return await D.bench.find({}, { projection: ['title'], trusted: trusted(X) }).toArray();
`;

const LOOSE = `
  { locale: 'en' } | { locale: 'simple' } | undefined | { locale: 'en', strength: 1 }
`;

/** Joins by ids. */
const BY_IDS = `
  localField: '_id', foreignField: 'n' | localField: 'n', foreignField: '_id' | localField: '_id', foreignField: '_id' | localField: 'title', foreignField: 'title' | localField: 'id', foreignField: 'n'
`;

export const SORTS_OF_READS: AnswerList = {
  name: 'sorts',
  world: BENCH_WORLD,
  calls: distinct(
    listed(SORTS).flatMap((sort, number) =>
      lines(CALLS)
        .filter((_, at) => at < 2 || at === 6 || (at + number) % 2 === 0)
        .map((call) => `const X = ${sort}; ${call}`),
    ),
  ),
};

export const DEMANDS_ON_JOINS: AnswerList = {
  name: 'demands',
  world: BENCH_WORLD,
  calls: distinct(
    listed(DEMANDS).flatMap((parts) =>
      lines(JOINS).map(
        (call) =>
          `const D = shop({ bench: define({ name: 'bench', public: { title: 1, n: 1 } }), others: define({ name: 'others', public: { title: 1, n: 1 }, geo: { place: 1 } }) }); const X = ${parts}; ${call}`,
      ),
    ),
    listed(BY_IDS).flatMap((fields) =>
      listed(LOOSE).flatMap((collation) => [
        `const D = shop({ docs: define({ public: { title: 1, n: 1 } }), others: define({ public: { title: 1, n: 1, _id: 1 } }) }); return await D.docs.aggregate([{ $lookup: { from: 'others', ${fields}, as: 'found' } }, { $project: { title: 1, 'found.title': 1 } }], { collation: ${collation} }).toArray();`,
        `const D = shop({ docs: define({ public: { title: 1, n: 1, _id: 1 } }), others: define({ public: { title: 1, n: 1 } }) }); return await D.docs.aggregate([{ $lookup: { from: 'others', ${fields}, as: 'found' } }, { $project: { title: 1, 'found.title': 1 } }], { collation: ${collation} }).toArray();`,
      ]),
    ),
    lines(`
      shop({ docs: define({ public: { n: 1, title: 1 }, scope: { tenant: 1 } }), others: define({ public: { title: 1, n: 1 }, scope: { tenant: 1 } }) }).scoped({ tenant: 5 })
      shop({ docs: define({ public: { n: 1, title: 1 } }), others: define({ public: { title: 1, n: 1 }, scope: { tenant: 1 } }) })
      shop({ docs: define({ public: { n: 1, title: 1 }, scope: { tenant: 1 } }), others: define({ public: { title: 1, n: 1 }, scope: { owner: 1 } }) }).scoped({ tenant: 5 })
      shop({ docs: define({ public: { n: 1, title: 1 } }), others: define({ public: { title: 1, n: 1 }, scope: 'shared' }) })
    `).flatMap((shop) => [
      `const D = ${shop}; return await D.docs.aggregate([{ $lookup: { from: 'others', localField: 'n', foreignField: 'n', as: 'found' } }, { $project: { title: 1, 'found.title': 1 } }]).toArray();`,
      `const D = ${shop}; return await D.docs.aggregate([{ $lookup: { from: 'others', localField: 'n', foreignField: 'n', as: 'found' } }, { $project: { title: 1, 'found.title': 1 } }], { trusted: trusted({ joins: { others: { n: 1 } } }) }).toArray();`,
    ]),
  ),
};
