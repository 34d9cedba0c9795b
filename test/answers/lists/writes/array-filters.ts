import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed } from '../../support/tables.ts';

/** Updates that use identifiers. */
const UPDATES = `
  { $set: { 'rows.$[r].t': 'x' } } | { $set: { 'rows.$[r].cols.$[c].v': 1 } } | { $set: { 'cells.$[c].$[d].v': 1 } } | { $set: { 'rows.$[r].t': 'x', 'lines.$[r].text': 'x' } } | { $set: { 'refs.$[i]': null } } | { $unset: { 'lines.$[l].owner': '' } } | { $set: { 'nums.$[r]': 1 } } | { $inc: { 'known.$[r].k': 1 } } | { $set: { 'rows.$[r].cols.$[r].v': 1 } }
`;

const FILTERS = `
  [{ 'r.t': 'end' }] | [{ 'r.t': 'end' }, { 'c.v': 1 }] | [{ 'c.v': 1 }, { 'd.v': 2 }] | [{ c: op({ $exists: true }) }, { 'd.v': 2 }] | [{ 'r.text': 'l' }] | [{ r: 1 }] | [{ r: op({ $gt: 1 }) }] | [{ 'r.cols': op({ $exists: true }) }] | [{ r: null }] | [{ r: op({ $exists: true }) }] | [{ 'r.secret': 1 }] | [{ 'r.in': op({ $exists: true }) }] | [{ 'r.in': null }] | [{ 'r.in.x': 1 }]
  [{ 'r.tags': 'a' }] | [{ 'r.tags': ['a', 'b'] }] | [{ i: sealed(1) }] | [{ i: null }] | [{ i: op({ $in: [sealed(1), null] }) }] | [{ i: 'wrong' }] | [{ i: ID }] | [{ i: op({ $gt: 'x' }) }] | [{ 'l.owner': sealed(1) }] | [{ 'l.owner': ID }] | [{ 'l.owner_id': ID }] | [{ 'l.owner': op({ $ne: null }) }] | [{ 'l.owner': sealed(1), 'l.owner_id': ID }] | [{ l: op({ $exists: true }) }]
  [{ 'r.k': 1 }] | [{ 'r.k': 1, 'r.more': op({ $size: 1 }) }] | [{ $and: [{ 'r.t': 'end' }] }] | [{ $or: [] }] | [{ $nor: [{ 'r.t': 'end' }] }] | [{ $and: [{ 'r.t': 'end' }, { 'r.tags': 'a' }] }] | [{ $and: [{ 'r.t': 'end' }, { 'c.v': 1 }] }] | [op({ $gt: 1 })] | [[{ 'r.t': 'end' }]] | [{ '': 1 }] | [{ $text: { $search: 'x' } }] | [{ r: { t: 'end' } }] | [{ r: op({ $elemMatch: { t: 'end' } }) }]
  [{ 'r.t': op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) }] | [{ 'r.t': 'end', 'q.t': 1 }] | [{ 'r.t': 'end' }, { 'r.tags': 'a' }] | [{ 'r.t': 'end' }, { 'q.t': 'a' }] | [{ 'r.cols.v': 1 }, { 'c.tags': 'x' }] | [{ _id: 1 }] | [{ 'r._id': 1 }] | [undefined] | [everything] | [trusted({ 'r.t': 'end' })] | { 'r.t': 'end' } | {} | [] | undefined
  [{ 'r.t': 'end', $or: [{ 'r.tags': 'a' }, { 'r.in.x': 1 }] }] | [{ 'r.t': /^e/ }] | [{ 'r.t': op({ $not: /^e/ }) }] | [{ 'r.t': { $ne: 'x' } }] | [{ d: op({ $elemMatch: { v: 1 } }) }, { c: op({ $size: 1 }) }] | [{ r: op({ $ne: null }) }] | [{ r: op({ $type: 'object' }) }] | [{ 'R.t': 'end' }] | [{ 'r.0': 1 }] | [{ 'r..t': 1 }] | [{ 'r.$.t': 1 }] | [{ 'r.cols.0.v': 1 }]
`;

/** The caller's filters, and the program's. */
const BOTH = `
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { 'rows.$[s].secret': 1 } }, arrayFilters: [{ 's.secret': 's' }] }), arrayFilters: [{ 'r.t': 'end' }] }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { 'rows.$[r].secret': 1 } }, arrayFilters: [{ 'r.secret': 's' }] }), arrayFilters: [{ 'r.t': 'end' }] }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { 'rows.$[r].secret': 1 } } }), arrayFilters: [{ 'r.t': 'end' }] }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { 'rows.$[s].secret': 1 } } }), arrayFilters: [{ 'r.t': 'end' }, { 's.t': 'end' }] }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ arrayFilters: [{ 'r.t': 'end' }] }) }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { hidden: 1 } }, arrayFilters: [{ 'r.t': 'end' }] }) }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { 'rows.$[r].in.z': 1 } }, arrayFilters: [{ 'r.t': 'end' }] }) }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ update: { $set: { 'gone.$[g].x': 1 } }, arrayFilters: [{ 'g.x': op({ $gt: 0 }) }] }), arrayFilters: [{ 'r.t': 'end' }] }
  trusted({ $set: { 'rows.$[r].secret': 'x' } }), { arrayFilters: [{ 'r.t': 'end' }] }
  trusted({ $set: { 'rows.$[r].secret': 'x' } }), { arrayFilters: [{ 'r.secret': 's' }] }
  trusted({ $set: { 'rows.$[r].secret': 'x' } }), { trusted: trusted({ arrayFilters: [{ 'r.secret': 's' }] }) }
  trusted({ $set: { 'rows.$[r].secret': 'x' } }), { trusted: trusted({ arrayFilters: [{ 'r.secret': 's' }] }), arrayFilters: [{ 'r.t': 'end' }] }
  trusted({ $set: { 'rows.$[r].cols.$[c].v': 'x' } }), { trusted: trusted({ arrayFilters: [{ 'r.secret': 's' }] }), arrayFilters: [{ 'c.v': 1 }] }
  trusted({ $set: { 'rows.$[r].cols.$[c].v': 'x' } }), { trusted: trusted({ arrayFilters: [{ 'r.secret': 's' }] }) }
  trusted({ $set: { 'ref_ids.$[i]': null } }), { trusted: trusted({ arrayFilters: [{ i: ID }] }) }
  trusted({ $set: { 'ref_ids.$[i]': null } }), { arrayFilters: [{ i: sealed(1) }] }
  trusted({ $set: { 'ref_ids.$[i]': null } }), { arrayFilters: [{ i: null }] }
  trusted({ $set: { 'lines.$[l].owner_id': null } }), { trusted: trusted({ arrayFilters: [{ 'l.owner': sealed(1) }] }) }
  trusted({ $set: { 'lines.$[l].owner_id': null } }), { trusted: trusted({ arrayFilters: [{ 'l.owner_id': ID }] }) }
  trusted({ $set: { 'rows.$[r].t': 'x' } }), { trusted: trusted({ arrayFilters: 1 }) }
  trusted({ $set: { 'rows.$[r].t': 'x' } }), { trusted: trusted({ arrayFilters: [] }) }
  trusted({ $set: { n: 1 } }), { trusted: trusted({ arrayFilters: [{ 'r.t': 1 }] }) }
  trusted({ $set: { n: 1 } }), { arrayFilters: [{ 'r.t': 1 }] }
  { $set: { n: 1 } }, { arrayFilters: [{ 'r.t': 1 }] }
  { $set: { n: 1 } }, { arrayFilters: [] }
  { $set: { 'rows.$[r].t': 'x' } }, { trusted: trusted({ arrayFilters: [] }), arrayFilters: [] }
  {}, { trusted: trusted({ update: { $set: { 'rows.$[r].t': 'x' } }, arrayFilters: [{ 'r.t': 'end' }] }) }
  {}, { trusted: trusted({ update: { $set: { 'rows.$[r].t': 'x' } } }), arrayFilters: [{ 'r.t': 'end' }] }
`;

export const ARRAY_FILTERS: AnswerList = {
  name: 'array-filters',
  world: BENCH_WORLD,
  calls: distinct(
    listed(UPDATES).flatMap((update, number) =>
      listed(FILTERS)
        .filter((_, index) => number === 0 || (index + number) % 3 === 0 || number === 4 || number === 5)
        .map((filters) => `return await B.updateOne({ title: 't1' }, ${update}, { arrayFilters: ${filters} });`),
    ),
    listed(BOTH).flatMap((rest) => [
      `return await B.updateOne({ title: 't1' }, ${rest});`,
      `return await B.findOneAndUpdate({ title: 't1' }, ${rest.slice(0, -1)}, projection: ['rows', 'lines'], returnDocument: 'after' });`,
    ]),
    listed(UPDATES).map(
      (update) =>
        `return await B.initializeOrderedBulkOp().find({ title: 't1' }).arrayFilters([{ 'r.t': 'end' }]).updateOne(${update}).execute();`,
    ),
    listed(UPDATES).map((update) => `return await B.updateMany({ title: 't1' }, ${update});`),
  ),
};
