import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, lines } from '../../support/tables.ts';

/** Views with another `_id` each. */
const VIEWS = `
  public: { title: 1 }
  public: { title: 1, _id: 1 }
  public: { title: 1, '_id.k': 1 }
  public: { title: 1, '_id.k': 1, '_id.l.m': 1 }
  public: { title: 1, '_id.k': 1, '_id.s': subtree }
  public: { title: 1, _id: subtree }
  public: { title: 1 }, filterable: { _id: 0 }
  public: { title: 1, '_id.k': 1 }, filterable: { '_id.k': 0 }
  public: { title: 1, '_id.k': 1 }, filterable: { _id: 1 }
  public: { title: 1 }, filterable: { '_id.k': 1, _id: 0 }
  public: { title: 1 }, scope: { tenant: 1 }
  public: { title: 1, id: opaqueId('_id') }
  public: { title: 1, id: opaqueId('_id') }, filterable: { id: 0, _id: 1 }
  public: { title: 1 }, shardKey: { _id: 1 }
  public: { title: 1, _id: 1 }, arrays: { _id: 1 }
  public: { title: 1, '_id.list': 1 }, arrays: { '_id.list': 1 }
  public: { title: 1 }, operators: 'plain'
`;

const IDS = `
  ID | 'x' | 5 | null | /x/ | new BSONRegExp('x') | { k: 1 } | { k: 1, l: { m: 1 } } | { l: { m: 1 } } | { l: 1 } | { k: [1] } | { k: [[1], { a: 1 }] } | { k: /x/ } | { k: null } | { k: { a: 1 } } | { s: 1 } | { s: { a: { b: 1 } } } | { s: [1] } | { z: 1 } | {} | [1] | [ID] | { 'k.l': 1 } | { $k: 1 } | { k: 1, $gt: 1 } | { '': 1 } | { _bsontype: 1 } | { __proto__: null, k: 1 } | { k: op({ $gt: 1 }) } | { k: new Long(1), l: { m: new Date(0) } } | { $gt: 1 } | { $in: [ID] } | { list: [1] } | { list: { a: 1 } }
  op({ $eq: ID }) | op({ $in: [ID, 'x'] }) | op({ $ne: ID }) | op({ $gt: ID }) | op({ $nin: [ID] }) | op({ $exists: true }) | op({ $type: 'objectId' }) | op({ $eq: { k: 1 } }) | op({ $in: [{ k: 1 }, 'x'] }) | op({ $in: [{ k: 1, l: { m: 1 } }] }) | op({ $in: [{ z: 1 }] }) | op({ $ne: { k: 1 } }) | op({ $nin: [{ k: 1 }] }) | op({ $eq: {} }) | op({ $in: [{}] }) | op({ $eq: /x/ }) | op({ $in: [/x/] }) | op({ $in: [[1]] }) | op({ $in: ['x', ['y']] }) | op({ $not: op({ $eq: ID }) }) | op({ $not: /x/ }) | op({ $eq: [1] }) | op({ $elemMatch: { $eq: 1 } }) | op({ $elemMatch: { k: 1 } }) | op({ $regex: 'x' }) | op({ $eq: null }) | op({ $eq: ID, $in: [ID] }) | op({ $eq: 'x' }) | op({ $size: 1 }) | op({ $all: [ID] })
`;

const find = (view: string, filter: string, more = ''): string =>
  `return await on({ name: 'v', ${view} })${view.includes('scope') ? `.scoped({ tenant: 5 })` : ''}.find(${filter}, { projection: ['title']${more} }).toArray();`;

const COLLATIONS = `{ locale: 'en' } | { locale: 'simple' } | { locale: 'en', strength: 1 }`;

export const IDS_OF_FILTERS: AnswerList = {
  name: 'ids',
  world: BENCH_WORLD,
  calls: distinct(
    lines(VIEWS).flatMap((view, row) =>
      listed(IDS).flatMap((id, number) => (row < 6 || (row + number) % 3 === 0 ? [find(view, `{ _id: ${id} }`)] : [])),
    ),
    lines(VIEWS).flatMap((view) => [
      find(view, `{ '_id.k': 1 }`),
      find(view, `{ '_id.k': op({ $gt: 1 }) }`),
      find(view, `{ $or: [{ _id: 'x' }, { title: 't1' }] }`, `, collation: { locale: 'en' }`),
      find(
        view,
        `{ $and: [{ title: 't1' }, { $nor: [{ _id: op({ $in: ['x'] }) }] }] }`,
        `, collation: { locale: 'en' }`,
      ),
      find(view, `{ _id: 'x' }`, `, collation: { locale: 'en' }`),
      find(view, `trusted({ _id: 'x' })`, `, collation: { locale: 'en' }`),
      find(view, `{ id: sealed(1, 'v') }`, `, collation: { locale: 'en' }`),
      find(view, `{ id: op({ $in: [sealed(1, 'v')] }), _id: ID }`),
    ]),
    listed(COLLATIONS).flatMap((collation) =>
      listed(IDS)
        .filter((_, at) => at % 2 === 0 || at < 2)
        .flatMap((id, number) => [
          find(`public: { title: 1 }`, `{ _id: ${id} }`, `, collation: ${collation}`),
          number % 2 === 0
            ? `return await on({ public: { title: 1 }, writable: { title: 1 } }).updateOne({ _id: ${id} }, { $set: { title: 'x' } }, { collation: ${collation} });`
            : `return await on({ public: { title: 1, '_id.k': 1 }, writable: { title: 1 } }).bulkWrite([{ deleteOne: { filter: { _id: ${id} }, collation: ${collation} } }]);`,
        ]),
    ),
  ),
};

/** Filters and options of a collection whose text index may be searched. */
const TEXTS = `
  { $search: 'x' } | { $search: '' } | { $search: 1 } | { $search: null } | { $search: undefined } | { $search: 'a\\0b' } | {} | null | 'x' | [] | { $language: 'en' } | { $search: 'x', $language: 'en' } | { $search: 'x', $language: 'none' } | { $search: 'x', $language: 'en-GB' } | { $search: 'x', $language: '' } | { $search: 'x', $language: 'EN' } | { $search: 'x', $language: 1 } | { $search: 'x', $language: 'a'.repeat(32) } | { $search: 'x', $language: 'a'.repeat(33) } | { $search: 'x', $language: 'e1' } | { $search: 'x', $language: '1e' }
  { $search: 'x', $caseSensitive: true } | { $search: 'x', $caseSensitive: 1 } | { $search: 'x', $diacriticSensitive: false } | { $search: 'x', $diacriticSensitive: 'x' } | { $search: 'x', $wrong: 1 } | { $language: 'en', $search: 'x' } | op({ $search: 'x' }) | { $search: op({ $a: 1 }) } | { $search: 'x', $language: ['en'] }
`;

const SEARCHES = `
  { $text: { $search: 't' } } | { $text: { $search: 't' }, n: 1 } | { $and: [{ $text: { $search: 't' } }] } | { $and: [{ $and: [{ $text: { $search: 't' } }] }, { n: 1 }] } | { $or: [{ $text: { $search: 't' } }] } | { $nor: [{ $text: { $search: 't' } }] } | { $and: [{ $or: [{ $text: { $search: 't' } }] }] } | { $text: { $search: 't' }, $and: [{ $text: { $search: 'u' } }] } | { $and: [{ $text: { $search: 't' } }, { $text: { $search: 'u' } }] } | { rows: op({ $elemMatch: { $text: { $search: 't' } } }) } | trusted({ $text: { $search: 't' } })
`;

const SEARCHING = `
  find(F, { projection: ['title'] }).toArray() | find(F, { projection: ['title'], trusted: trusted({ filter: { pf: 1 } }) }).toArray() | find({ n: 1 }, { projection: ['title'], trusted: trusted({ filter: F }) }).toArray() | countDocuments(F) | distinct('title', F) | aggregate([{ $match: F }, { $project: { title: 1 } }]).toArray() | aggregate([{ $sort: { n: 1 } }, { $match: F }, { $project: { title: 1 } }]).toArray() | updateOne(F, { $set: { title: 'x' } }) | updateOne(F, { $set: { title: 'x' } }, { upsert: true }) | updateMany(F, { $set: { title: 'x' } }) | deleteOne(F)
  paginate(F, { projection: ['title'], limit: 2 }) | findOneAndUpdate(F, { $set: { title: 'x' } }, { projection: ['title'] }) | bulkWrite([{ updateOne: { filter: F, update: { $set: { title: 'x' } }, upsert: true } }]) | exists(F) | find(F, { projection: ['title'], collation: { locale: 'en' } }).toArray() | find(F, { projection: ['title'], sort: { n: 1 } }).toArray() | find(F, { projection: ['title'], hint: '_id_' }).toArray() | aggregate([{ $facet: { a: [{ $match: F }, { $project: { title: 1 } }] } }, { $project: { 'a.title': 1 } }]).toArray() | updateOne({ n: 1 }, { $pull: { nums: F } })
`;

const SEARCHED = `const C = on({ ...BENCH, search: ['title', 'rows.t'] });`;

export const SEARCHES_OF_TEXT: AnswerList = {
  name: 'text-searches',
  world: BENCH_WORLD,
  calls: distinct(
    listed(TEXTS).map(
      (text) => `${SEARCHED} return await C.find({ $text: ${text} }, { projection: ['title'] }).toArray();`,
    ),
    listed(TEXTS).map((text) => `return await B.countDocuments({ $text: ${text} });`),
    listed(SEARCHES).flatMap((filter, number) =>
      listed(SEARCHING)
        .filter((_, at) => number < 3 || (at + number) % 3 === 0)
        .map((call) => `${SEARCHED} const F = ${filter}; return await C.${call};`),
    ),
  ),
};
