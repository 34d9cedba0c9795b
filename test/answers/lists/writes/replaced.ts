import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, lines } from '../../support/tables.ts';

/** Documents of a caller, for a view of few paths. */
const DOCUMENTS = `
  {} | { title: 'x' } | { box: {} } | { box: { a: 1 } } | { box: { in: {} } } | { box: { in: { x: 1 } }, known: [] } | { box: null } | { box: { in: null } } | { box: 1 } | { box: [] } | { box: [{ a: 1 }] } | { box: { c: 1 } } | { box: { in: { y: 1 } } } | { known: [{ k: 1 }, { k: 2 }] } | { known: [{ k: 1, q: 1 }] } | { known: { k: 1 } } | { known: null } | { known: [null] } | { known: [[{ k: 1 }]] } | { known: ['x'] } | { nums: [1, 2] } | { nums: 1 } | { nums: [[1]] } | { nums: null } | { nums: [{ a: 1 }] }
  { ref: sealed(1, 'small') } | { ref: null } | { ref: ID } | { ref: 'wrong' } | { ref: sealed(1, 'bench') } | { ref: [sealed(1, 'small')] } | { ref_id: ID } | { held: { by: sealed(1, 'small') } } | { held: { by: sealed(1, 'small'), at: 1 } } | { held: { at: 1, by: sealed(1, 'small') } } | { held: { by_id: ID } } | { title: 'x', ref: sealed(2, 'small'), held: { by: null } } | { ref: sealed(1, 'small'), title: 'y', nums: [1] } | { hidden: 1 } | { n: 1 } | { _id: ID } | { _bsontype: 'ObjectId' } | { title: { _bsontype: 'Code' } } | { 'box.a': 1 } | { 'a.b': 1 } | { $a: 1 } | { box: { $a: 1 } } | { box: { 'in.x': 1 } } | { '': 1 } | { nothing: 1 } | { title: /x/ }
  { title: ['x'] } | { title: new Date(0) } | { title: 5n } | { title: NaN } | { title: undefined } | { title: [] } | { title: op({ $x: 1 }) } | { __proto__: null, title: 'x' } | trusted({ title: 'own' }) | trusted({ title: 'own', n: 5, box: { a: 1, c: 2 } }) | trusted({ box: { in: { z: 1 } } }) | trusted({ known: [{ k: 1, q: 2 }] }) | trusted({ known: null }) | trusted({ ref: ID }) | trusted({ ref_id: ID }) | trusted({ held: { by: ID } }) | trusted({ held: { by_id: ID, secret: 1 } }) | trusted({ held: [{ by: 1 }] }) | trusted({ held: { by: null } })
  trusted({ box: null }) | trusted({ box: 1 }) | trusted({ box: [1] }) | trusted({ other: { deep: { er: 1 } } }) | trusted({ other: [] }) | trusted({ 'a.b': 1 }) | trusted({ a: { 'b.c': 1 } }) | trusted({ a: [{ $b: 1 }] }) | trusted({ a: { _bsontype: 1 } }) | trusted({ a: op({ $b: 1 }) }) | trusted({ nums: 5 }) | trusted({ nums: [[5]] }) | trusted({ title: [1] }) | trusted([{ title: 'x' }]) | trusted([]) | trusted({ _id: idOf(1) }) | trusted({ hidden: { a: 1 } }) | null | 1 | [] | [{ title: 'x' }] | 'x' | new Date(0)
`;

const TRUSTED = `
  { set: { n: 5 } } | { set: { title: 'own' } } | { set: { box: { c: 1 } } } | { set: { box: { b: 1 } } } | { set: { box: { in: { z: 1 } } } } | { set: { box: { in: { x: 2 } } } } | { set: { known: [{ k: 1, q: 1 }] } } | { set: { held: { by_id: ID } } } | { set: { held: { by: ID } } } | { set: { ref_id: ID } } | { set: { ref: ID } } | { set: {} } | { set: { other: [{ a: 1 }] } } | { set: { box: 1 } } | { set: { box: null } } | { set: null } | { set: op({ $a: 1 }) } | { set: [{ n: 1 }] }
`;

/** More parts of a view, each with what is written through it. */
const PARTS = `
  defaults: { title: 'd' }
  defaults: { n: 7 }
  defaults: { other: 7 }
  defaults: { box: { a: 1 } }
  defaults: { box: { a: 1, c: 2 } }
  defaults: { box: { in: { x: 1 } } }
  defaults: { known: [] }
  defaults: { known: [{ k: 5 }] }
  defaults: { known: { k: 5 } }
  defaults: { nums: [1] }
  defaults: { nums: 1 }
  defaults: { held: { by_id: ID } }
  defaults: { held: { by: ID } }
  defaults: { ref_id: ID }
  defaults: { ref_id: null, title: 'd', n: 3 }
  defaults: { title: () => 'made', n: () => [1] }
  defaults: { title: () => undefined }
  defaults: { title: () => ({ a: 1 }) }
  defaults: { title: () => ({ 'a.b': 1 }) }
  defaults: { other: () => ({ 'a.b': 1 }) }
  defaults: { other: { $x: 1 } }
  defaults: { other: () => new Map() }
  defaults: { other: () => { throw new RangeError('no'); } }
  defaults: { hidden: 'h' }
  defaults: { _id: 'x' }
  timestamps: { createdAt: 'made' }
  timestamps: { updatedAt: 'changed' }
  timestamps: { createdAt: 'made', updatedAt: 'changed' }, version: 'n'
  version: 'n'
  scope: 'shared'
  shardKey: { title: 1 }
  whole: {}
`;

const WRITES = `
  insertOne({ title: 'x' }) | insertOne({ box: { a: 5 } }) | insertOne(trusted({ title: 'own' })) | insertOne({}, { trusted: trusted({ set: { made: 1 } }) }) | insertOne({}, { trusted: trusted({ set: { n: 9, changed: 1 } }) }) | insertMany([{ title: 'x' }, { nums: [1] }]) | replaceOne({ title: 't1' }, { nums: [7] }) | replaceOne({ title: 't1' }, { title: 'x', known: [] }) | replaceOne({ title: 't1' }, trusted({ box: { a: 5 } })) | replaceOne({ title: 't1' }, trusted({ made: 1, n: 8 }))
  replaceOne({ title: 'none' }, { held: { at: 1 } }, { upsert: true }) | updateOne({ title: 'none' }, { $set: { nums: [7] } }, { upsert: true }) | updateOne({ title: 'none' }, { $set: { 'box.a': 7 }, $setOnInsert: { hidden: 1 } }, { upsert: true }) | updateOne({ title: 'none', 'box.b': 1 }, trusted({ $set: { other: 7 } }), { upsert: true }) | updateOne({ title: 't1' }, trusted({ $set: { made: 7 } })) | updateOne({ title: 't1' }, trusted({ $inc: { n: 7 } })) | updateOne({ title: 't1' }, { $set: { nums: [7] } }) | updateOne({ title: 't1' }, {}, { trusted: trusted({ update: { $set: { changed: 7 } } }) })
`;

export const REPLACED: AnswerList = {
  name: 'replaced',
  world: BENCH_WORLD,
  calls: distinct(
    listed(DOCUMENTS).flatMap((document, number) => [
      `return await S.replaceOne({ title: 't1' }, ${document});`,
      `return await S.insertOne(${document});`,
      number % 2 === 0
        ? `return await S.insertMany([{ title: 'first' }, ${document}]);`
        : `return await S.findOneAndReplace({ title: 't1' }, ${document}, { projection: ['title', 'box'], upsert: true, returnDocument: 'after' });`,
      number % 2 === 0
        ? `return await S.bulkWrite([{ replaceOne: { filter: { title: 't1' }, replacement: ${document}, upsert: true } }]);`
        : `return await S.bulkWrite([{ insertOne: { document: ${document} } }]);`,
    ]),
    listed(TRUSTED).flatMap((parts) =>
      listed(
        `{ title: 'x' } | { box: { a: 1, in: { x: 1 } } } | { held: { by: null } } | trusted({ title: 'own' })`,
      ).flatMap((document) => [
        `return await S.replaceOne({ title: 't1' }, ${document}, { trusted: trusted(${parts}) });`,
        `return await S.insertOne(${document}, { trusted: trusted(${parts}) });`,
      ]),
    ),
  ),
};

export const VIEWS_OWN_FIELDS: AnswerList = {
  name: 'own-fields',
  world: BENCH_WORLD,
  calls: distinct(
    lines(PARTS).flatMap((parts) => listed(WRITES).map((write) => `return await on({ ...SMALL, ${parts} }).${write};`)),
    lines(`
      public: { title: 1, 'a.b': 1, 'l.x': 1, 'l.m.y': 1 }, writable: { title: 1, 'l.x': 1 }, arrays: { l: 1 }
      public: { title: 1, 'l.x': 1 }, writable: { title: 1, 'l.x': 1 }, arrays: { l: [0, 1] }
      public: { title: 1, 'l.x': 1 }, writable: { title: 1, 'l.x': 1 }, arrays: { l: 1 }, whole: { l: 1 }
      public: { title: 1, 'l.m.x': 1 }, writable: { title: 1, 'l.m.x': 1 }, arrays: { 'l.m': 1 }
      public: { title: 1, 'l.m.x': 1 }, writable: { title: 1, 'l.m.x': 1 }, arrays: { 'l.m': 1 }, whole: { 'l.m': 1 }
      public: { title: 1, l: subtree }, writable: { title: 1, l: subtree }
      public: { title: 1, l: 1 }, writable: { title: 1, l: 1 }, arrays: { l: [0, 1] }
      public: { title: 1, 'l.p': opaqueId('l.q'), 'l.x': 1 }, writable: { title: 1, 'l.p': 1, 'l.x': 1 }
      public: { title: 1, 'l.x': 1, _id: 1 }, writable: { title: 1, 'l.x': 1, _id: 1 }
      public: { title: 1, 'l.x': 1, '_id.k': 1 }, writable: { title: 1, 'l.x': 1, '_id.k': 1 }
      public: { title: 1 }, writable: { title: 1, 'l.x': 1, 'l.y': 1 }
    `).flatMap((parts) =>
      listed(
        `{ title: 'x' } | { l: { x: 1 } } | { l: [{ x: 1 }] } | { l: null } | { l: { m: [{ x: 1 }] } } | { l: { m: { x: 1 } } } | { l: { m: null } } | { l: {} } | { l: [] } | { l: 1 } | { l: { p: null } } | { _id: 1 } | { _id: { k: 1 } }`,
      ).flatMap((document, number) => [
        `return await on({ name: 'v', ${parts} }).replaceOne({ title: 't1' }, ${document});`,
        number % 2 === 0
          ? `return await on({ name: 'v', ${parts} }).replaceOne({ title: 't1' }, ${document}, { upsert: true, trusted: trusted({ set: { l: [{ x: 2, z: 1 }] } }) });`
          : `return await on({ name: 'v', ${parts} }).replaceOne({ title: 't1' }, { title: 'y' }, { trusted: trusted({ set: ${document.replace("title: 'x'", 'z: 1')} }) });`,
        number % 3 === 0
          ? `return await on({ name: 'v', ${parts} }).updateOne({ title: 't1' }, { $set: ${document} });`
          : `return await on({ name: 'v', ${parts} }).insertOne(${document});`,
      ]),
    ),
  ),
};
