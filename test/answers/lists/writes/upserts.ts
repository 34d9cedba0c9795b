import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed } from '../../support/tables.ts';

/** Filters whose equalities an upsert copies, or does not. */
const FILTERS = `
  { title: 'none' } | { title: null } | { title: op({ $eq: 'none' }) } | { title: op({ $eq: null }) } | { title: op({ $in: ['none'] }) } | { title: op({ $in: ['none', 'more'] }) } | { title: op({ $in: [] }) } | { title: op({ $in: [/none/] }) } | { title: op({ $in: [null] }) } | { title: op({ $all: ['none'] }) } | { title: op({ $all: ['none', 'more'] }) } | { title: op({ $gt: 'x', $eq: 'none' }) } | { title: op({ $eq: 'none', $in: ['none'] }) }
  { title: /none/ } | { title: op({ $regex: 'none' }) } | { title: op({ $ne: 't' }), n: 99 } | { title: op({ $exists: false }) } | { nums: 99 } | { nums: [99] } | { nums: [[99]] } | { nums: [] } | { nums: null } | { nums: op({ $eq: [99] }) } | { nums: op({ $in: [99] }) } | { nums: op({ $in: [[99]] }) } | { nums: op({ $all: [99] }) } | { nums: op({ $all: [[99]] }) } | { nums: op({ $elemMatch: { $gt: 98 } }) } | { nums: op({ $size: 9 }) } | { grid: [[99]] } | { grid: [99] } | { grid: [[[99]]] } | { grid: [[]] } | { grid: [] }
  { flex: 'none' } | { flex: ['none'] } | { flex: [['none']] } | { deep: 99 } | { deep: [99] } | { deep: [[99]] } | { 'rows.t': 'none' } | { 'rows.in.x': 99 } | { rows: null } | { rows: op({ $exists: false }), title: 'none' } | { rows: op({ $elemMatch: { t: 'none' } }) } | { 'known.k': 99 } | { 'either.v': 99 } | { 'cells.v': 99 } | { 'box.a': 99 } | { 'box.a': 99, 'box.in.x': 1 } | { box: null } | { 'box.list': [9] } | { 'box.list': 99 } | { 'free.q': 99 } | { free: 99 } | { 'in.free.x': 99 } | { 'm.2024': 99 } | { 'half.f': 99 } | { pf: 99 } | { 'list.f': 99 }
  { ref: sealed(99) } | { ref: null, title: 'none' } | { refs: sealed(99) } | { refs: op({ $all: [sealed(99)] }) } | { 'lines.owner': sealed(99) } | { 'held.by': sealed(99) } | { same: sealed(99) } | { ref: op({ $in: [sealed(99)] }) } | { ref: op({ $in: [sealed(98), sealed(99)] }) } | { ref: op({ $ne: null }), title: 'none' } | { _id: 'none' } | { _id: idOf(77) } | { _id: { k: 1 } } | { _id: op({ $in: [{ k: 1, l: { m: 2 } }] }) } | { _id: op({ $eq: 'none' }) }
  { $and: [{ title: 'none' }, { n: 99 }] } | { $and: [{ $and: [{ title: 'none' }] }] } | { $or: [{ title: 'none' }] } | { $or: [{ title: 'none' }, { title: 'more' }] } | { $or: [{ pf: 99 }] } | { $and: [{ $or: [{ nums: 99 }] }] } | { $nor: [{ title: op({ $exists: true }) }] } | { $and: [{ pf: 99 }], title: 'none' } | { $or: [{ n: 98 }, { $and: [{ pf: 99 }] }] } | { title: 'none', $nor: [{ pf: 1 }] }
  trusted({ title: 'none' }) | trusted({ hidden: 'none' }) | trusted({ 'shut.a': 99 }) | trusted({ 'rows.secret': 99 }) | trusted({ nums: 99 }) | trusted({ _id: { a: 1, b: [2] } }) | trusted({ ref_id: idOf(99) }) | trusted({ ref: sealed(99) }) | trusted({ title: op({ $in: ['none'] }), 'a.b.c': 99 }) | trusted({ place: op({ $geoWithin: { $box: [[80, 80], [81, 81]] } }) }) | trusted({ title: op({ $in: [{ a: 1 }] }) }) | {} | everything
`;

const UPDATES = `
  { $set: { n: 5 } } | { $set: { title: 'set', nums: [1] } } | { $setOnInsert: { pf: 1 } } | { $set: { n: 5 }, $setOnInsert: { nums: [1], grid: [[1]], flex: 'x' } } | { $set: { 'rows': [] } } | { $unset: { hidden: '' } } | { $inc: { n: 1 } } | { $push: { nums: 7 } } | trusted({ $set: { n: 5 } }) | trusted({ $setOnInsert: { pf: 1, 'half.f': 1 } }) | trusted({ $set: { rows: [{ t: 'x' }], known: [], cells: [] } }) | trusted({ $inc: { pf: 1 } })
`;

const SET = `
  { $set: { pf: 99 } } | { $setOnInsert: { pf: 99 } } | { $inc: { pf: 99 } } | { $set: { 'pf.x': 1 } } | { $setOnInsert: { 'half': { f: 99 } } } | { $set: { 'half.f': 99 } } | { $unset: { pf: '' } } | { $set: { list: [] } } | { $set: { _id: 'x' } } | { $setOnInsert: { _id: 'x' } } | { $setOnInsert: { '_id.k': 1 } } | { $set: { ref_id: idOf(5) } } | { $setOnInsert: { nums: [99] } } | { $push: { pf: 99 } }
`;

export const UPSERTED: AnswerList = {
  name: 'upserted',
  world: BENCH_WORLD,
  calls: distinct(
    listed(FILTERS).flatMap((filter, number) =>
      listed(UPDATES)
        .filter((_, index) => index === 0 || (index + number) % 4 === 0)
        .map((update) => `return await B.updateOne(${filter}, ${update}, { upsert: true });`),
    ),
    listed(FILTERS).flatMap((filter, number) => [
      number % 2 === 0
        ? `return await B.findOneAndUpdate(${filter}, { $set: { n: 5 } }, { projection: ['title', 'n'], upsert: true, includeUpserted: true });`
        : `return await B.bulkWrite([{ updateMany: { filter: ${filter}, update: { $set: { n: 5 } }, upsert: true } }]);`,
      number % 2 === 0
        ? `return await B.initializeOrderedBulkOp().find(${filter}).upsert().update({ $set: { n: 5 } }).execute();`
        : `return await S.replaceOne(${filter}, { title: 'x' }, { upsert: true });`,
    ]),
    listed(
      `{ pf: 99 } | { 'half.f': 99 } | { 'list.f': 99 } | { _id: 'none' } | { _id: { k: 1 } } | { ref: sealed(99) } | { nums: 99 } | { $or: [{ pf: 99 }] } | { title: 'none' }`,
    ).flatMap((filter) =>
      listed(SET).map(
        (update) =>
          `return await B.updateOne(${filter}, { $set: { n: 5 } }, { upsert: true, trusted: trusted({ update: ${update} }) });`,
      ),
    ),
    listed(
      `{ filter: { pf: 99 } } | { filter: { hidden: 'none' } } | { filter: { nums: 99 } } | { filter: { 'rows.secret': 99 } } | { filter: { title: op({ $in: ['a', 'b'] }) } } | { filter: trusted({ pf: 99 }) } | { filter: {} } | { filter: { _id: { k: 2 } } }`,
    ).map(
      (parts) =>
        `return await B.updateOne({ title: 'none' }, { $set: { n: 5 } }, { upsert: true, trusted: trusted(${parts}) });`,
    ),
  ),
};

/** Updates and filters of many paths. */
const SIZES = `
  { title: 'none' }, { $set: fields(10000, 'free.x') } | { title: 'none' }, { $set: fields(10001, 'free.x') } | { title: 'none' }, { $set: fields(9999, 'free.x'), $unset: { title: '' } } | { title: 'none' }, { $set: fields(10000, 'free.x'), $unset: { title: '' } } | { title: 'none' }, { $set: fields(5000, 'free.x'), $unset: fields(5001, 'free.y', '') } | { title: 'none' }, { $set: fields(9000, 'free.x'), $inc: 1 } | { title: 'none' }, { $inc: 1, $set: fields(10001, 'free.x') } | { title: 'none' }, { $set: fields(10000, 'free.x') }, { upsert: true }
  { title: 'none' }, { $set: fields(5000, 'free.x') }, { trusted: trusted({ update: { $set: fields(5000, 'open.x') } }) } | { title: 'none' }, { $set: fields(5000, 'free.x') }, { trusted: trusted({ update: { $set: fields(5001, 'open.x') } }) } | { title: 'none' }, trusted({ $set: fields(10001, 'free.x') }) | fields(10000, 'free.x'), { $set: { n: 1 } }, { upsert: true } | fields(10001, 'free.x'), { $set: { n: 1 } } | { $and: [fields(6000, 'free.x'), fields(6000, 'free.y')] }, { $set: { n: 1 } }, { upsert: true }
  { $or: [fields(6000, 'free.x'), fields(6000, 'free.y')], title: 'none' }, { $set: { n: 1 } }, { upsert: true } | { $and: [fields(10000, 'free.x'), { title: 'a' }, { title: 'b' }] }, { $set: { n: 1 } }, { upsert: true } | { $and: [fields(9999, 'free.x'), fields(1, 'free.y')] }, { $set: { n: 1 } }, { upsert: true }
`;

export const SIZED: AnswerList = {
  name: 'sized',
  world: BENCH_WORLD,
  calls: listed(SIZES).map(
    (given) =>
      `return await B.updateOne(${given}).then(({ matchedCount, upsertedCount }) => [matchedCount, upsertedCount]);`,
  ),
};
