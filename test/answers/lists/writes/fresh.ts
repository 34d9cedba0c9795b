import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, lines, listed } from '../../support/tables.ts';

/** Each operator where the view hides the value, where elements may be lost, at the wrong kind, and at an opaque id. */
const RULES: readonly (readonly [operator: string, operand: string, paths: string])[] = [
  ['$set', '1', 'hidden secretList known rows ref'],
  ['$setOnInsert', '1', 'hidden secretList known rows ref'],
  ['$unset', `''`, 'hidden secretList known rows ref refs'],
  ['$inc', '1', 'hidden known rows nums flex ref'],
  ['$mul', '2', 'hidden known rows nums flex ref'],
  ['$min', '1', 'hidden known rows nums flex ref'],
  ['$max', '1', 'hidden known rows nums flex ref'],
  ['$push', '{ k: 1 }', 'secretList known gone title'],
  ['$push', '1', 'secretList title'],
  ['$push', `{ t: 'x' }`, 'rows'],
  ['$push', 'null', 'refs'],
  ['$addToSet', '{ k: 1 }', 'known rows'],
  ['$addToSet', '1', 'secretList title nums'],
  ['$addToSet', 'null', 'refs'],
  ['$pull', '{ k: 1 }', 'known rows'],
  ['$pull', '1', 'secretList title nums'],
  ['$pull', 'null', 'refs'],
  ['$pullAll', '[{ k: 1 }]', 'known rows'],
  ['$pullAll', '[1]', 'secretList title nums'],
  ['$pullAll', '[null]', 'refs'],
  ['$pop', '1', 'secretList known rows title nums refs'],
  ['$currentDate', 'true', 'hidden known rows nums flex ref'],
];

const rules = RULES.flatMap(([operator, operand, paths]) =>
  paths
    .split(' ')
    .map((path) => `return await B.updateOne({ title: 't1' }, { ${operator}: { '${path}': ${operand} } });`),
);

/** They are lists of their own, so that each call is tried for the marks of the operators. */
export const OPERATOR_RULES: readonly AnswerList[] = [0, 1, 2, 3].map((part) => ({
  name: `operator-rules-${part + 1}`,
  world: BENCH_WORLD,
  calls: rules.filter((_, at) => at % 4 === part),
}));

/** What the rules of a new view do. They are made with its first update. */
const CALLS = `
  updateOne({ pf: 1 }, { $set: { title: 'x' } }) | updateOne({ title: 't1' }, { $push: { known: op({ $each: [], $sort: { k: 1 } }) } }) | updateOne({ title: 't1' }, { $push: { lines: op({ $each: [], $sort: { owner: 1 } }) } }) | updateOne({ title: 't1' }, { $push: { lines: op({ $each: [], $sort: { text: 1 } }) } }) | updateOne({ title: 't1' }, { $push: { lines: op({ $each: [], $sort: { owner_id: 1 } }) } }) | updateOne({ title: 't1' }, { $push: { gone: op({ $each: [], $sort: { x: 1 } }) } }) | updateOne({ title: 't1' }, { $push: { refs: op({ $each: [], $sort: 1 }) } })
  updateOne({ title: 't1' }, { $push: { known: op({ $each: [], $slice: 1 }) } }) | updateOne({ title: 't1' }, { $push: { rows: op({ $each: [], $slice: 1 }) } }) | updateOne({ title: 't1' }, { $push: { nums: op({ $each: [], $slice: 1 }) } }) | updateOne({ title: 't1' }, { $pull: { known: { k: 9 } } }) | updateOne({ title: 't1' }, { $pull: { known: {} } }) | updateOne({ title: 't1' }, { $pull: { nums: 1 } }) | updateOne({ title: 't1' }, { $pull: { nums: op({ $gt: 1 }) } }) | updateOne({ title: 't1' }, { $pull: { nums: [1] } }) | updateOne({ title: 't1' }, { $pull: { refs: sealed(1) } })
  updateOne({ title: 't1' }, { $set: { free: { a: 1 } } }) | updateOne({ title: 't1' }, { $set: { 'free.q': { a: 1 } } }) | updateOne({ title: 't1' }, { $set: { title: { a: 1 } } }) | updateOne({ title: 't1' }, { $set: { rows: null } }) | updateOne({ title: 't1' }, { $set: { box: null } }) | updateOne({ title: 't1' }, { $set: { box: null, held: { at: 1 } } }) | updateOne({ title: 't1' }, { $set: { held: { at: 1 }, 'box.in': 5 } }) | updateOne({ title: 't1' }, { $set: { 'shut.a': 1 } }) | updateOne({ title: 't1' }, { $set: { 'part.w': 1 } }) | updateOne({ title: 't1' }, { $inc: { hidden: 1 } }) | updateOne({ title: 't1' }, { $set: { hidden: 1 } })
  updateOne({ title: 't1' }, { $push: { known: { k: 1 } } }) | updateOne({ title: 't1' }, { $push: { known: { q: 1 } } }) | updateOne({ title: 't1' }, { $push: { nums: 1 } }) | updateOne({ title: 't1' }, { $push: { nums: { a: 1 } } }) | updateOne({ title: 't1' }, { $push: { refs: sealed(1) } }) | updateOne({ title: 't1' }, trusted({ $push: { any: op({ $each: [], $sort: { k: 1 } }) } })) | updateOne({ title: 't1' }, trusted({ $push: { list: op({ $each: [], $sort: { s: -1 } }) } })) | updateOne({ title: 't1' }, trusted({ $push: { rows: op({ $each: [], $slice: 1 }) } })) | updateOne({ title: 't1' }, trusted({ $push: { rows: op({ $each: [], $sort: 1 }) } }))
  updateOne({ title: 't1' }, trusted({ $pull: { rows: { secret: 's' } } })) | updateOne({ title: 't1' }, trusted({ $pull: { rows: {} } })) | updateOne({ title: 't1' }, trusted({ $pull: { any: [1] } })) | updateOne({ title: 't1' }, trusted({ $pull: { any: op({ $gt: 1 }) } })) | updateOne({ title: 't1' }, trusted({ $pull: { place: op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) } })) | updateOne({ title: 't1' }, trusted({ $pull: { _id: { k: 1 } } })) | updateOne({ title: 't1' }, trusted({ $set: { ref: ID } })) | updateOne({ title: 't1' }, trusted({ $set: { ref_id: ID, any: { a: 1 } } })) | updateOne({ title: 't1' }, trusted({ $set: { 'rows.0.t': 1 } }))
  updateOne({ title: 't1' }, trusted({ $inc: { hidden: 1 } })) | updateOne({ title: 't1' }, trusted({ $set: { any: { 'b.c': 1 } } })) | updateOne({ title: 't1' }, trusted({ $push: { any: { a: { b: 1 } } } })) | updateOne({ title: 't1' }, trusted({ $set: { box: { a: 1 } } })) | updateOne({ 'rows.tags': 'a' }, { $set: { 'rows.$.t': 'x' } }) | updateOne({ 'rows.tags': 'a' }, { $set: { 'rows.$.t': 'x' } }, { trusted: trusted({ filter: { 'rows.t': 'r1' } }) }) | updateOne({ nums: 1 }, { $set: { 'nums.$': 7 } }, { trusted: trusted({ filter: { _id: ID } }) }) | updateOne({ nums: 1, _id: ID }, { $set: { 'nums.$': 7 } })
  updateOne({ title: 't1' }, { $set: { 'rows.$[row].t': 'x' } }, { arrayFilters: [{ row: op({ $exists: true }) }] }) | updateOne({ title: 't1' }, { $set: { 'rows.$[row].t': 'x' } }, { arrayFilters: [{ row: null }] }) | updateOne({ title: 't1' }, { $set: { 'rows.$[row].t': 'x' } }, { arrayFilters: [{ 'row.in': op({ $exists: true }) }] }) | updateOne({ title: 't1' }, { $set: { 'rows.$[r].cols.$[c].v': 5 } }, { arrayFilters: [{ $and: [{ 'r.t': 'r1' }, { 'c.v': 1 }] }] }) | updateOne({ title: 't1' }, { $set: { 'rows.$[rowA1].t': 'x' } }, { arrayFilters: [{ 'rowA1.t': 'r1' }] })
  updateOne({ title: 't1' }, { $set: { 'rows.x$[r].t': 'x' } }, { arrayFilters: [{ 'r.t': 'x' }] }) | updateOne({ title: 't1' }, { $set: { 'rows.$[r]x.t': 'x' } }, { arrayFilters: [{ 'r.t': 'x' }] }) | updateOne({ title: 't1' }, { $set: { 'lines.$[l].owner': null } }, { arrayFilters: [{ 'l.text': 'l' }] }) | updateOne({ title: 't1' }, { $set: { 'refs.$[id]': null } }, { arrayFilters: [{ id: sealed(1) }] }) | updateOne({ title: 't1' }, trusted({ $set: { hidden: 1 } }), { trusted: trusted({ update: { $set: { pf: 1 } } }) }) | updateOne({ title: 't1' }, trusted({ $set: { 'rows.$[r].secret': 1 } }), { arrayFilters: [{ 'r.t': 'r1' }] })
  updateOne({ title: 't1' }, { $set: { secret: 1 }, $wrong: {} }) | updateOne({ title: 't1' }, { $wrong: {}, $set: { secret: 1 } }) | updateOne({ title: 't1' }, { $set: { box: { c: { $a: 1 } } } }) | insertOne({ box: { c: { $a: 1 } } }) | insertOne({ lines: [{ text: 'x' }, { owner: sealed(1) }, { text: 'y' }] }) | insertOne({ lines: [{ owner: sealed(1) }] }) | insertOne({ lines: [{ text: 'x' }] }) | insertOne({ lines: [{ text: 'x' }, { owner_id: ID }] }) | insertOne(trusted({ lines: [{ owner: ID }, { text: 'x' }] })) | insertOne(trusted({ lines: [{ text: 'x' }, { owner: ID }] })) | insertOne(trusted({ lines: [[{ owner: null }]] })) | insertOne(trusted({ lines: { owner: ID } }))
  insertOne(trusted({ held: { by: { x: 1 } } })) | insertOne(trusted({ held: 1 })) | insertOne(trusted({ same: ID, ref: ID })) | insertOne(trusted({ same: ID })) | insertOne({ rows: [{ t: 1, cols: [{ v: 1, tags: ['a'] }] }], cells: [[{ v: 1 }], [{ w: 1 }]] }) | insertOne({ rows: [{ t: 1, secret: 1 }] }) | insertOne({ cells: [{ v: 1 }] }) | insertOne({ either: { v: 1 }, deep: [[1]], flex: ['a'] }) | insertOne({ either: [[{ v: 1 }]] }) | insertOne({ free: { 'a.b': 1 } }) | insertOne({ in: { free: { $a: 1 } } }) | insertOne({ open: { a: [{ b: 1 }] } })
`;

/** Equalities that an upsert copies, or not, at paths of several kinds. */
const UPSERTS = `
  { nums: /x/ } | { nums: op({ $in: [/x/] }) } | { nums: op({ $in: [98, 99] }) } | { nums: op({ $in: [] }), title: 'none' } | { nums: op({ $eq: 99 }) } | { nums: null } | { nums: op({ $in: [[99]] }) } | { nums: op({ $in: [[99]], $eq: 99 }) } | { nums: op({ $eq: 99, $in: [[99]] }) } | { nums: op({ $all: [98, 99] }) } | { 'rows.t': op({ $in: ['a', 'b'] }) } | { 'rows.t': /none/ } | { 'rows.t': op({ $in: [/none/] }) } | { title: 'none', $nor: [{ pf: 1 }] } | { title: 'none', $nor: [{ title: 'x' }] } | { title: 'none', nums: op({ $size: 9 }) } | { title: 'none', pf: op({ $gt: 5 }) } | { title: 'none', pf: op({ $in: [98, 99] }) } | { title: 'none', pf: /x/ } | { title: 'none', pf: op({ $in: [/x/] }) }
`;

export const FRESH: AnswerList = {
  name: 'fresh',
  world: BENCH_WORLD,
  calls: distinct(
    listed(CALLS).map((call) => `return await on(BENCH).${call};`),
    [
      `return await on({ ...BENCH, filterable: { ...BENCH.filterable, 'rows.in.x': 0 } }).updateOne({ 'rows.t': 'r1' }, { $set: { 'rows.$.t': 'x' } }, { trusted: trusted({ filter: { 'rows.in.x': 1 } }) });`,
      `return await on({ ...BENCH, filterable: { ...BENCH.filterable, _id: 0 } }).updateOne({ nums: 1 }, { $set: { 'nums.$': 7 } }, { trusted: trusted({ filter: { _id: ID } }) });`,
      `return await on({ public: { title: 1, 'rows.t': 1 }, writable: { 'rows.t': 1 }, arrays: { rows: 1 } }).updateOne({ title: 't1' }, { $set: { 'rows.$[r].t': 'x' } }, { arrayFilters: [{ 'r.t': 'r1' }] });`,
      `return await on({ public: { title: 1, _bsontype: 1 }, writable: { title: 1, _bsontype: 1 } }).insertOne({ title: 'x', _bsontype: 'Long' });`,
      `return await on({ public: { title: 1, free: subtree }, writable: { title: 1, 'free.x.y': 1 } }).replaceOne({ title: 't1' }, { title: 'x' });`,
      `return await on({ public: { title: 1, free: subtree }, writable: { title: 1, 'free.x.y': 1 } }).updateOne({ title: 't1' }, { $set: { free: null } });`,
      `return await on({ public: { title: 1, free: subtree }, writable: { title: 1, 'free.x.y': 1 } }).updateOne({ title: 't1' }, { $set: { 'free.x': [] } });`,
      `return await on({ public: { title: 1, '_id.list': 1 }, writable: { title: 1, '_id.list': 1 }, arrays: { '_id.list': 1 } }).updateOne({ _id: { list: 1 } }, { $set: { title: 'x' } }, { upsert: true });`,
      `return await on({ public: { title: 1, '_id.list': 1 }, writable: { title: 1, '_id.list': 1 }, arrays: { '_id.list': 1 } }).updateOne({ _id: { list: [1] } }, { $set: { title: 'x' } }, { upsert: true });`,
      `return await on({ public: { title: 1, '_id.list': 1 }, writable: { title: 1 }, arrays: { '_id.list': 1 } }).updateOne({ _id: { list: [1] } }, { $set: { title: 'x' } }, { upsert: true });`,
      `return await on({ public: { title: 1, _id: 1 }, writable: { title: 1, _id: 1 } }).replaceOne({ title: 't1' }, { title: 'x' });`,
      `return await on({ public: { title: 1, '_id.k': 1 }, writable: { title: 1, '_id.k': 1, hidden: 1 } }).replaceOne({ title: 't1' }, { title: 'x' });`,
    ],
    lines(`
      on(OPEN).insertOne(trusted({ free: { x: { a: 1 } } }))
      on(OPEN).insertOne(trusted({ free: [{ x: { a: 1 } }] }))
      on(OPEN).insertOne(trusted({ free: [[{ x: 1 }, { x: { a: 1 } }]] }))
      on(OPEN).insertOne(trusted({ free: [[{ x: 1 }], 5, null, { y: { a: 1 } }] }))
      on(OPEN).insertOne(trusted({ free: { x: [[1]], y: { a: 1 } } }))
      on(OPEN).insertOne(trusted({ free: { x: [[{ a: 1 }]] } }))
      on(OPEN).replaceOne({ title: 't1' }, { title: 'x' }, { trusted: trusted({ set: { free: { q: 1 } } }) })
      on(OPEN).replaceOne({ title: 't1' }, { free: { x: 1 } }, { trusted: trusted({ set: { free: { q: 1 } } }) })
      on({ public: { title: 1 }, shardKey: { q: 1 } }).updateOne(trusted({ q: 1 }), trusted({ $set: { 'q.x': 1 } }))
      on({ public: { title: 1 }, scope: { tenant: 1 } }).scoped({ tenant: 5 }).updateOne({}, trusted({ $set: { 'tenant.x': 1 } }))
      on({ public: { title: 1 }, filterable: { q: 1 } }).updateOne({}, trusted({ $set: { 'q.x': 1 } }))
      on({ public: { title: 1 }, writable: { q: 1 } }).updateOne({}, trusted({ $set: { 'q.x': 1 } }))
      on({ public: { title: 1 }, shardKey: { _id: 1 } }).updateOne({ _id: { k: 1 } }, trusted({ $set: { q: 1 } }))
    `).map(
      (call) =>
        `return await ${call.replace('OPEN', `{ public: { title: 1, free: subtree }, writable: { title: 1, 'free.x': 1 } }`)};`,
    ),
    listed(UPSERTS).map((filter) => `return await B.updateOne(${filter}, { $set: { n: 5 } }, { upsert: true });`),
  ),
};
