import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed } from '../../support/tables.ts';

/** What the rules of a new view allow. They are made with its first filter. */
const FILTERS = `
  { title: 't1' } | { title: ['t1'] } | { nums: [1, 2, 1] } | { nums: [{ a: 1 }] } | { flex: ['one'] } | { refs: [sealed(1)] } | { refs: sealed(1) } | { ref: sealed(2) } | { ref: ID } | { ref: op({ $in: [sealed(2)] }) } | { same: sealed(3) } | { 'lines.owner': sealed(1) } | { lines: op({ $elemMatch: { owner: sealed(1) } }) } | { box: null } | { box: op({ $exists: true }) } | { box: op({ $size: 1 }) } | { half: null } | { half: op({ $exists: true }) } | { part: null } | { part: op({ $exists: true }) } | { part: op({ $elemMatch: { f: 1 } }) } | { list: op({ $elemMatch: { f: 1 } }) } | { list: op({ $size: 1 }) } | { list: null }
  { free: 1 } | { 'free.a': 1 } | { 'free.$a': 1 } | { 'free..a': 1 } | { free: op({ $elemMatch: { a: 1 } }) } | { pf: 1 } | { secret: 1 } | { hidden: 'h' } | { _id: ID } | { _id: op({ $in: [ID] }) } | { _id: op({ $gt: ID }) } | { _id: { k: 1 } } | { _id: null } | { _id: /x/ } | { place: 1 } | { place: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { 'place.type': op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { title: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { $text: { $search: 't1' } } | { title: { $ne: 'x' } } | { rows: op({ $elemMatch: { t: 'end' } }) } | { rows: op({ $elemMatch: { secret: 1 } }) }
  trusted({ title: ['t1'] }) | trusted({ nums: [[1]] }) | trusted({ any: 1 }) | trusted({ 'a..b': 1 }) | trusted({ 'rows.0.t': 1 }) | trusted({ 'free.0.t': 1 }) | trusted({ _id: { k: { l: [1] } } }) | trusted({ any: { k: 1 } }) | trusted({ ref: sealed(2) }) | trusted({ ref: ID }) | trusted({ ref_id: idOf(2) }) | trusted({ any: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) }) | trusted({ 'rows.0': op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }) }) | trusted({ $text: { $search: 't1' } }) | trusted({ any: { $gt: 1 } }) | trusted({ box: op({ $size: 1 }) }) | trusted({ box: null }) | trusted({ rows: op({ $elemMatch: { secret: 's' } }) })
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
    listed(SORTS).flatMap((sort) => [
      `return await on(BENCH).find({}, { projection: ['title'], sort: ${sort} }).toArray();`,
      `return JSON.stringify(await privileged(BENCH).find({}, { projection: ['title'], sort: ${sort} }).toArray());`,
    ]),
  ),
};
