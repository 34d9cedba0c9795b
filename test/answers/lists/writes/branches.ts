import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, lines, listed, words } from '../../support/tables.ts';

/** Branches, and paths that are none. */
const BRANCHES = words(
  `box box.in held in half shut m nest kept part rows rows.$[].in rows.$.in rows.$[r].in rows.in either known.$[].more known free.x title nothing cells.$[].$[] open lines.$[]`,
);

const VALUES = `
  { a: 1, b: 2, in: { x: 1, y: 2 }, list: [1] } | {} | { a: 1 } | { in: {} } | { in: { x: 1 } } | { in: null } | { in: 1 } | { in: [] } | { c: 1 } | { in: { z: 1 } } | { list: 1 } | { list: null } | { a: { q: 1 } } | { 'in.x': 1 } | { $a: 1 } | [{ a: 1 }] | { x: 1 } | { x: 1, y: [2] } | { y: null } | { _bsontype: 'Code' }
  { by: sealed(1), at: 1 } | { at: 1 } | { by: null } | { by: ID } | { by_id: ID } | { free: { q: [{ r: 1 }] }, a: 1 } | { free: 1 } | { a: 1, s: 2 } | { a: 1, f: 2 } | { deep: { c: 1 } } | { '2024': 1 } | { a: 1, items: [{ x: 1 }] } | { a: 1, known: [{ x: 1 }] } | { known: { x: 1 } } | { known: [{ y: 1 }] } | { items: null } | { v: 1 } | { v: 1, w: 2 } | { w: 1 } | { m: 1 } | { k: 1, more: [] } | { text: 'x', owner: sealed(1) } | { text: 'x' }
`;

/** Whole updates with branches. */
const UPDATES = `
  { $set: { box: { a: 1 } }, $unset: { title: '' } } | { $set: { box: {} }, $unset: 1 } | { $set: { box: {} }, $unset: null } | { $set: { box: { a: 1 } }, $unset: { 'box.b': '' } } | { $set: { box: { a: 1 } }, $unset: { 'box.a': '' } } | { $set: { box: { a: 1 }, 'box.b': 2 } } | { $set: { 'box.b': 2, box: { a: 1 } } } | { $set: { box: { a: 1 }, 'box.a': 2 } } | { $set: { 'box.a': 2, box: { a: 1 } } }
  { $set: { 'box.in': { x: 1 }, box: { a: 1 } } } | { $set: { box: { a: 1 }, 'box.in': { x: 1 } } } | { $set: { box: { a: 1 } }, $setOnInsert: { held: { at: 1 } } } | { $setOnInsert: { box: { a: 1 } } } | { $setOnInsert: { box: { a: 1, in: { x: 1 } }, title: 'n' } } | { $set: { title: 'n' }, $setOnInsert: { box: { a: 1 } } } | { $set: { box: { a: 1 } }, $inc: { n: 1 } } | { $inc: { box: { a: 1 } } } | { $push: { box: { a: 1 } } }
  { $set: [{ a: 1 }] } | { $set: { box: op({ $x: 1 }) } } | { $set: { box: trusted({ a: 1 }) } } | { $set: { box: { a: 1, b: 2, in: { x: 1, y: 2 }, list: [1] } } } | { $set: { box: { a: 1, b: 2, in: { x: 1, y: 2 }, list: [1] }, title: 'n' } } | { $set: { n: 4, held: { at: 1 }, title: 'n' } } | { $set: { held: { by: sealed(0), at: 1 }, m: { '2024': 5 } } } | { $set: { free: { any: [1] }, 'held.at': 2 } } | { $unset: { box: '' } } | { $unset: { held: 1 } } | { $pull: { box: { a: 1 } } }
  { $set: { 'rows.$[].in': { x: 1 }, 'rows.$[].t': 'z' } } | { $set: { 'rows.$[].in': { x: 1 } }, $unset: { 'rows.$[].in.y': '' } } | { $set: { 'rows.$[].in': {}, box: {} } } | { $set: { 'known': [{ k: 1, more: [{ m: 2 }] }] } } | { $set: { known: [{ k: 1, q: 2 }] } } | { $set: { known: { k: 1 } } } | { $set: { known: [] } } | { $set: { known: null } } | { $set: { 'known.$[].more': [{ m: 1 }] } } | { $set: { 'known.$[].more': { m: 1 } } } | { $setOnInsert: { known: [{ k: 1 }] } } | { $unset: { known: '' } } | { $unset: { 'known.$[].more': '' } }
  { $set: { rows: [] } } | { $set: { rows: [{ t: 'x' }] } } | { $setOnInsert: { rows: [{ t: 'x' }] } } | { $unset: { rows: '' } } | { $unset: { 'rows.$[].cols': '' } } | { $addToSet: { rows: { t: 'x' } } } | { $push: { rows: { t: 'x', in: { x: 1 }, cols: [{ v: 1 }] } } } | { $push: { rows: { t: 'x', secret: 1 } } } | { $push: { rows: { in: { z: 1 } } } } | { $push: { cells: [{ v: 1 }] } } | { $push: { cells: { v: 1 } } } | { $push: { 'cells.$[]': { v: 1 } } } | { $push: { 'cells.$[]': [{ v: 1 }] } } | { $push: { lines: { text: 'x', owner: sealed(1) } } } | { $push: { lines: { owner: null } } }
  { $push: { lines: { owner_id: ID } } } | { $push: { gone: { x: 1 } } } | { $push: { nest: { a: 1 } } } | { $push: { 'nest.items': { x: 1 } } } | { $push: { either: { v: 1 } } } | { $push: { either: { v: 1, secret: 1 } } } | { $addToSet: { known: { k: 1 } } } | { $addToSet: { known: op({ $each: [{ k: 1 }, { k: 2, more: [] }] }) } } | { $addToSet: { known: { q: 1 } } } | { $pullAll: { known: [{ k: 9 }] } } | { $pullAll: { rows: [{ t: 'end' }] } } | { $pop: { known: 1 } } | { $pop: { rows: -1 } } | { $pull: { known: { k: 9 } } } | { $pull: { known: {} } } | { $pull: { known: 'x' } } | { $pull: { known: { more: op({ $elemMatch: { m: 1 } }) } } }
  { $pull: { rows: { t: 'end' } } } | { $pull: { 'kept.known': { x: 1 } } } | { $pull: { 'known.$[].more': { m: 1 } } } | { $pull: { known: { k: op({ $in: [9] }) } } } | { $pull: { known: op({ $in: [9] }) } } | { $pull: { known: { secret: 1 } } } | { $pull: { known: null } } | { $pull: { known: [] } } | { $push: { known: op({ $each: [{ k: 1 }], $slice: 2 }) } } | { $push: { known: op({ $each: [{ k: 1 }], $sort: { k: 1 } }) } } | { $push: { known: op({ $each: [{ k: 1 }], $sort: 1 }) } } | { $push: { rows: op({ $each: [{ t: 'x' }], $sort: 1 }) } } | { $push: { rows: op({ $each: [{ t: 'x' }], $sort: { t: 1 } }) } } | { $push: { rows: op({ $each: [{ t: 'x' }], $sort: { 'in.x': -1 } }) } }
`;

export const BRANCHES_SET: AnswerList = {
  name: 'branches-set',
  world: BENCH_WORLD,
  calls: distinct(
    BRANCHES.flatMap((branch, number) =>
      listed(VALUES)
        .filter((_, index) => number < 4 || (index + number) % 4 === 0)
        .map(
          (value) =>
            `return await B.updateOne({ 'rows.t': 'end' }, { $set: { '${branch}': ${value} } }${branch.includes('$[r]') ? `, { arrayFilters: [{ 'r.t': 'end' }] }` : ''});`,
        ),
    ),
    listed(VALUES).flatMap((value, number) =>
      number % 2 === 0
        ? [`return await B.updateOne({ title: 'none' }, { $setOnInsert: { box: ${value} } }, { upsert: true });`]
        : [`return await B.updateOne({ title: 't1' }, trusted({ $set: { box: ${value} } }));`],
    ),
  ),
};

/** Views whose branches have other forms. */
const VIEWS = `
  public: { title: 1, free: subtree }, writable: { 'free.x': 1, 'free.y': 1 }
  public: { title: 1, free: subtree }, writable: { 'free.x.y': 1, 'free.z': subtree }
  public: { title: 1, 'box.a': 1, 'box.in.x': 1 }, writable: { 'box.a': 1, 'box.in.x': 1 }
  public: { title: 1, 'box.a': 1, 'box.in.x': 1 }, writable: { 'box.a': 1 }
  public: { title: 1, 'box.a': 1 }, writable: { 'box.a': 1, 'box.q': 1 }
  public: { title: 1, 'box.a': 1 }, writable: { 'box.a': 1 }, filterable: { 'box.b': 1 }
  public: { title: 1, 'box.a': 1 }, writable: { 'box.a': 1 }, sortable: { 'box.in.x': 1 }
  public: { title: 1, 'box.a': 1 }, writable: { 'box.a': 1 }, joinable: { 'box.in.x': 1 }
  public: { title: 1, 'box.a': 1, 'box.l.x': 1 }, writable: { 'box.a': 1, 'box.l.x': 1 }, arrays: { 'box.l': [0, 1] }
  public: { title: 1, 'box.a': 1, 'box.l.x': 1 }, writable: { 'box.a': 1, 'box.l.x': 1 }, arrays: { 'box.l': 1 }, whole: { 'box.l': 1 }
  public: { title: 1, 'box.a': 1, 'box.l.m.x': 1 }, writable: { 'box.a': 1, 'box.l.m.x': 1 }, arrays: { 'box.l.m': 1 }
  public: { title: 1, 'box.a': 1, 'box.by': opaqueId('box.by_id') }, writable: { 'box.a': 1, 'box.by': 1 }
  public: { title: 1, 'box.a': 1, 'box.by': opaqueId('box.by_id') }, writable: { 'box.a': 1 }
  public: { title: 1, 'box.a': 1, 'box.s': subtree }, writable: { 'box.a': 1, 'box.s': subtree }
  public: { title: 1, 'box.a': 1 }, writable: { 'box.a': 1, 'box.s': subtree }
  public: { title: 1, 'box.a': 1, 'box.in.x': 1 }, writable: { 'box.a': 1, 'box.in.x': 1 }, arrays: { box: [0, 1] }
  public: { title: 1, 'box.a': 1, 'box.in.x': 1 }, writable: { 'box.a': 1, 'box.in.x': 1 }, arrays: { box: 1 }
  public: { title: 1 }, writable: { 'box.a': 1, 'box.b': 1 }
`;

const OWN_BRANCHES = `
  { box: {} } | { box: { a: 1 } } | { box: { a: 1, in: { x: 1 } } } | { box: { in: {} } } | { box: { a: 1, l: { x: 1 } } } | { box: { l: [{ x: 1 }] } } | { box: { a: 1, l: { m: [] } } } | { box: { a: 1, by: null } } | { box: { by: sealed(1, 'v') } } | { box: { s: { q: 1 }, a: 1 } } | { box: null } | { box: [] } | { free: {} } | { free: { x: 1 } } | { free: { x: { y: 1 }, z: 1 } } | { 'free.x': { y: 1 } } | { 'box.in': {} } | { 'box.in': { x: 1 } } | { 'box.l': { x: 1 } } | { 'box.l': [{ x: 1 }] } | { 'box.$[]': { a: 1 } } | { 'box.s': { q: { r: 1 } } } | { 'box.s.q': { r: 1 } }
`;

export const BRANCHES_OF_VIEWS: AnswerList = {
  name: 'branches-of-views',
  world: BENCH_WORLD,
  calls: distinct(
    lines(VIEWS).flatMap((view, row) =>
      listed(OWN_BRANCHES).flatMap((fields, number) => {
        const collection = `on({ name: 'v', ${view} })`;
        if ((row + number) % 2 === 1) return [`return await ${collection}.updateOne({}, { $set: ${fields} });`];
        return [
          `return await ${collection}.updateOne({}, { $set: ${fields} });`,
          `return await ${collection}.updateOne({ title: 'none' }, { $setOnInsert: ${fields} }, { upsert: true, trusted: trusted({ update: { $set: { title: 'none' } } }) });`,
        ];
      }),
    ),
  ),
};

export const BRANCHES_WRITTEN: AnswerList = {
  name: 'branches-written',
  world: BENCH_WORLD,
  calls: distinct(
    listed(UPDATES).flatMap((update, number) => [
      `return await B.updateOne({ title: 't1' }, ${update});`,
      number % 2 === 0
        ? `return await B.updateOne({ title: 'none' }, ${update}, { upsert: true });`
        : `return await B.updateMany({ title: 't1' }, trusted(${update}));`,
      number % 3 === 0
        ? `return await B.updateOne({ title: 't1' }, ${update}, { trusted: trusted({ update: { $set: { 'box.c': 1, 'rows.$[].secret': 1 } } }) });`
        : `return await B.findOneAndUpdate({ title: 't1' }, ${update}, { projection: ['title', 'known', 'box'], returnDocument: 'after' });`,
    ]),
  ),
};
