import type { AnswerList } from '../support/answer-list.ts';
import { TENANTS } from '../support/tenants.ts';
import { distinct, listed } from '../support/tables.ts';

/** Reads of the row `w${at}`, whose values are of another kind than its view declares. */
const READS = `
  drifted.find(F, { projection: ROW }).toArray() | drifted.findOne(F, { projection: { tags: op({ $slice: 1 }), n: 1 } }) | drifted.findOne(F, { projection: { lines: op({ $slice: -1 }), in: 1 } }) | drifted.findOne(F, { projection: { lines: op({ $elemMatch: { t: 2 } }) } }) | drifted.findOne(F, { projection: { tags: op({ $elemMatch: { $eq: 't' } }) } })
  drifted.findOneJson(F, { projection: ROW }).then((json) => json.text()) | opened.findOne(F, { projection: ['n', 'tags', 'lines.t', 'in.x'] }).then(JSON.stringify) | opened.findOne(F, { projection: ['lines.s', 'in.y', 'p'] }).then(JSON.stringify) | opened.findOne(F, { projection: { 'lines.s': 1, 'lines.t': 1, 'in.p': 1 } }).then(JSON.stringify)
  drifted.paginate(F, { projection: ['n'], limit: 1, sort: { p: 1 } }).then(({ items }) => items) | drifted.distinct('n', F) | drifted.distinct('tags', F) | drifted.distinct('lines.t', F) | opened.distinct('lines.s', F).then(JSON.stringify)
`;

/** Projections of other views. */
const OTHERS = `
  { name: 'v', public: { a: 1, refs: opaqueId('ref_ids') }, arrays: { refs: 1 } } | { refs: op({ $elemMatch: { $eq: 'AAAAAAAAAAAAAAAAAAAAAA' } }) } | { name: 'v', public: { a: 1, refs: opaqueId('ref_ids') }, arrays: { refs: 1 } } | { refs: op({ $slice: 1 }) }
  { name: 'v', public: { a: 1, 'i.ref': opaqueId('i.ref_id'), 'i.n': 1 }, arrays: { i: 1 } } | { i: op({ $slice: 1 }) } | { name: 'v', public: { a: 1, 'i.ref': opaqueId('i.ref_id'), 'i.n': 1 }, arrays: { i: 1 } } | { i: op({ $elemMatch: { n: 1 } }) } | { public: { 'i.in.s': 1, 'i.n': 1 }, arrays: { i: 1, 'i.in': [0, 1] } } | { i: op({ $elemMatch: { 'in.s': 1 } }) }
  { public: { 'i.in.s': 1, 'i.n': 1 }, arrays: { i: 1, 'i.in': 1 } } | { i: op({ $elemMatch: { in: op({ $elemMatch: { s: op({ $gt: 1 }) } }) } }) } | { public: { 'i.in.s': 1, 'i.n': 1 }, arrays: { i: 1 } } | { i: op({ $elemMatch: { 'in.s': 1 } }) } | { public: { 'i.in.s': 1, 'i.n': 1 }, arrays: { i: 2, 'i.in': 1 } } | { i: op({ $slice: 2 }), } | { public: { 'i.in.s': 1 }, arrays: { i: [0, 2], 'i.in': [0, 1] } } | { 'i.in': op({ $slice: 2 }) }
  { public: { 'i.s': 1, k: 1 }, arrays: { i: [0, 1] } } | { i: op({ $slice: 1 }) } | { public: { 'i.s': 1, k: 1 }, arrays: { i: [0, 1] } } | { i: op({ $elemMatch: { s: null } }) } | { public: { _id: 1, t: 1 }, arrays: { t: 1 } } | { t: op({ $slice: 1 }), _id: 1 } | { public: { '_id.k': 1, t: 1 }, arrays: { t: 1 } } | { t: op({ $slice: 1 }) } | { public: { 'n.t': 1, 'n.u': 1 }, arrays: { 'n.t': 1 } } | { n: 1 } | { public: { 'n.t': 1, 'n.u': 1 }, arrays: { 'n.t': 1 } } | { 'n.t': op({ $slice: 1 }), 'n.u': 1 }
`;

export const DRIFT: AnswerList = {
  name: 'drift',
  world: TENANTS,
  calls: distinct(
    listed(READS).flatMap((read) =>
      Array.from({ length: 12 }, (_, at) => `const F = { w: 'w${at}' }; return await ${read};`),
    ),
    listed(OTHERS).flatMap((spec, at, all) =>
      at % 2 === 0
        ? [
            `return await createSafeDb(db, { docs: define(${spec}) }, { sealKeys: [Buffer.alloc(32, 7)] }).docs.find({}, { projection: ${all[at + 1] ?? ''} }).toArray();`,
          ]
        : [],
    ),
  ),
};
