import type { AnswerList } from '../support/answer-list.ts';
import { DEFINITIONS } from '../support/definitions.ts';
import { distinct, listed, lines } from '../support/tables.ts';

/** Extensions of `BASE`. */
const EXTENSIONS = `
  {} | 1 | null | [] | { name: 'base' } | { name: '' } | { name: 1 } | { name: undefined } | { name: 'x' } | { public: { c: 1 } } | { name: 'x', other: 1 }
  { name: 'x', public: { c: 1 } } | { name: 'x', public: { c: 0 } } | { name: 'x', public: { a: 0 }, sortable: { a: 0 } } | { name: 'x', public: { a: 0 } }
  { name: 'x', public: { a: 0 }, sortable: { a: 1 } } | { name: 'x', public: { b: 0 } } | { name: 'x', public: { b: 0 }, filterable: { b: 0 } }
  { name: 'x', public: { b: 0 }, filterable: { b: 1 } } | { name: 'x', public: { 'n.x': 0 } } | { name: 'x', public: { 'n.x': 0 }, joinable: { 'n.x': 0 } }
  { name: 'x', public: { tags: 0 } } | { name: 'x', public: { tags: 0 }, writable: { tags: 0 } } | { name: 'x', public: { tags: 0 }, arrays: { tags: 1 } }
  { name: 'x', public: { tags: 0 }, writable: { tags: 0 }, arrays: { tags: 1 } } | { name: 'x', public: { a: 0, b: 0, 'n.x': 0, tags: 0 } } | { name: 'x', public: { p: 1 } }
  { name: 'x', public: { p: 0 } } | { name: 'x', writable: { a: 0, b: 1 } } | { name: 'x', filterable: { p: 0 } } | { name: 'x', filterable: { a: 0 } } | { name: 'x', sortable: { b: 0 } }
  { name: 'x', arrays: { tags: 2 } } | { name: 'x', arrays: { tags: [0, 1] } } | { name: 'x', arrays: { other: 1 } } | { name: 'x', public: { l: 1 }, arrays: { l: 1 } }
  { name: 'x', public: { n: 1 } } | { name: 'x', public: { n: 1, 'n.x': 0 }, joinable: { 'n.x': 0 } } | { name: 'x', writable: { n: 1 } } | { name: 'x', timestamps: { updatedAt: 'changed' } }
  { name: 'x', timestamps: { createdAt: undefined } } | { name: 'x', version: undefined } | { name: 'x', version: 'w' } | { name: 'x', public: { w: 1 }, version: 'w' } | { name: 'x', defaults: { a: 2 } }
  { name: 'x', public: 1 } | { name: 'x', public: [] } | { name: 'x', public: null } | { name: 'x', writable: 1 } | { name: 'x', arrays: 1 } | { name: 'x', public: {} } | { name: 'x', whole: { tags: 1 } }
  { name: 'x', scope: { t: 1 } } | { name: 'x', scope: 'shared' } | { name: 'x', shardKey: { a: 1 } } | { name: 'x', operators: 'plain' } | { name: 'x', operators: 1 } | { name: 'x', geo: { place: 1 } }
  { name: 'x', public: { a: 2 } } | { name: 'x', public: { a: false } } | { name: 'x', public: undefined } | { name: 'x', writable: undefined } | { name: 'x', search: ['a'] } | { name: 'x', search: ['q'] }
  { name: 'x', public: { free: subtree } } | { name: 'x', public: { a: subtree } } | { name: 'x', public: { id: opaqueId('_id') } } | { name: 'x', public: { c: 1 } }, { name: 'y', public: { c: 0 } }
  { name: 'x', public: { c: 1 } }, { name: 'x' } | { name: 'x', public: { l: 1 }, arrays: { l: 1 } }, { name: 'y', public: { l: 0 } } | { name: 'x', public: { l: 1 }, arrays: { l: 1 } }, { name: 'y', public: { l: 0 }, arrays: { l: 1 } }
`;

/** Opaque ids. */
const OPAQUE = `
  { public: { id: opaqueId('_id') } }
  { name: 'v', public: { id: opaqueId('_id') } }
  { name: 'v', public: { id: opaqueId('_id'), a: 1 } }, { name: 'w', public: { b: 1 } }
  { name: 'v', public: { id: opaqueId('_id'), a: 1 } }, { name: 'w', public: { id: 0 } }
  { name: 'v', public: { id: opaqueId('_id'), a: 1 } }, { name: 'w', public: { id: 0, key: opaqueId('_id') } }
  { name: 'v', public: { id: opaqueId('_id'), key: opaqueId('_id') } }
  { name: 'v', public: { _id: opaqueId('_id') } }
  { name: 'v', public: { '_id.k': opaqueId('_id.l') } }
  { name: 'v', public: { id: opaqueId('_id'), _id: 1 } }
  { name: 'v', public: { id: opaqueId('_id'), '_id.k': 1 } }
  { name: 'v', public: { id: opaqueId('n._id') } }
  { name: 'v', public: { 'n.id': opaqueId('n.ref') } }
  { name: 'v', public: { 'n.id': opaqueId('ref') } }
  { name: 'v', public: { 'n.id': opaqueId('m.ref') } }
  { name: 'v', public: { ref: opaqueId('ref') } }
  { name: 'v', public: { ref: opaqueId('ref') }, sortable: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref') }, filterable: { ref: 0 } }
  { name: 'v', public: { ref: opaqueId('ref') }, joinable: { ref: 0 } }
  { name: 'v', public: { ref: opaqueId('ref') }, writable: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref') }, shardKey: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref') }, defaults: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id', CLOSED), a: 1 }, writable: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id', OTHER) } }
  { name: 'v', public: { ref: opaqueId('ref_id', {}) } }
  { name: 'v', public: { ref: opaqueId('ref_id', 1) } }
  { name: 'v', public: { ref: opaqueId(1) } }
  { name: 'v', public: { ref: opaqueId('') } }
  { name: 'v', public: { ref: opaqueId('a..b') } }
  { name: 'v', public: { ref: opaqueId() } }
  { public: { ref: opaqueId('ref_id', CLOSED), a: 1 } }
  { public: { ref: opaqueId('ref_id'), a: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id'), ref_id: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id'), 'ref_id.x': 1 } }
  { name: 'v', public: { 'n.ref': opaqueId('n.ref_id'), n: subtree } }
  { name: 'v', public: { 'n.ref': opaqueId('n.ref_id') }, writable: { n: subtree } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, writable: { ref_id: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, writable: { 'ref_id.x': 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, filterable: { ref_id: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, filterable: { 'ref_id.x': 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, sortable: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, sortable: { ref_id: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, sortable: { ref: 0 } }
  { name: 'v', public: { id: opaqueId('_id') }, writable: { id: 1 } }
  { name: 'v', public: { id: opaqueId('_id') }, filterable: { _id: 0 } }
  { name: 'v', public: { id: opaqueId('_id') }, filterable: { id: 0 } }
  { name: 'v', public: { id: opaqueId('_id'), a: 1 }, filterable: { id: 0, _id: 1 } }
  { name: 'v', public: { id: opaqueId('_id'), a: 1 }, joinable: { id: 0 } }
  { name: 'v', public: { refs: opaqueId('ref_ids') }, writable: { refs: 1 }, arrays: { refs: 1 } }
  { name: 'v', public: { refs: opaqueId('ref_ids') }, writable: { refs: 1 }, arrays: { refs: [0, 1] } }
  { name: 'v', public: { refs: opaqueId('ref_ids') }, arrays: { ref_ids: 1 } }
  { name: 'v', public: { refs: opaqueId('ref_ids') }, arrays: { refs: 1, ref_ids: 1 } }
  { name: 'v', public: { refs: opaqueId('refs') }, writable: { refs: 1 }, arrays: { refs: 1 } }
  { name: 'v', public: { refs: opaqueId('ref_ids') }, arrays: { refs: 1 } }, { name: 'w', public: { refs: 0 } }
  { name: 'v', public: { refs: opaqueId('ref_ids') }, arrays: { refs: 1 } }, { name: 'w', public: { c: 1 } }
  { name: 'v', public: { 'i.ref': opaqueId('i.ref_id'), 'i.n': 1 }, writable: { 'i.ref': 1, 'i.n': 1 }, arrays: { i: 1 } }
  { name: 'v', public: { 'i.ref': opaqueId('i.ref_id'), 'i.n': 1 }, writable: { 'i.ref': 1, 'i.n': 1 }, arrays: { i: 1 }, whole: { i: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, geo: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, whole: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, scope: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, scope: { ref_id: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, shardKey: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, shardKey: { 'ref.x': 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, shardKey: { ref_id: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, defaults: { ref: 1 } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, timestamps: { createdAt: 'ref' } }
  { name: 'v', public: { ref: opaqueId('ref_id') }, version: 'ref' }
  { name: 'v', public: { ref: opaqueId('ref_id') }, search: ['ref'] }
`;

/** Conventions, beside three public paths. */
const CONVENTIONS = `
  timestamps: { createdAt: 'made' } | timestamps: { createdAt: 'made', updatedAt: 'changed' } | timestamps: { updatedAt: 'changed' } | timestamps: { other: 'x' } | timestamps: {}
  timestamps: { createdAt: 'x', updatedAt: 'x' } | timestamps: { createdAt: 'n.m' } | timestamps: { createdAt: '$x' } | timestamps: { createdAt: '' } | timestamps: { createdAt: 1 }
  timestamps: { createdAt: 'a' } | timestamps: { createdAt: 'c' } | timestamps: { createdAt: 'n' } | version: 'v' | version: 'a' | version: 'c' | version: 'n' | version: 'v', filterable: { v: 1 } | version: 'n.v' | version: '' | version: 1
  version: 'c', timestamps: { createdAt: 'c' } | version: 'v', filterable: { v: 1 }, timestamps: { updatedAt: 'v' } | version: 'v', filterable: { v: 1 }, defaults: { v: 1 } | version: 'v', sortable: { v: 1 }
  defaults: { d: 1 } | defaults: { d: () => 1 } | defaults: { d: null } | defaults: { d: {} } | defaults: { d: undefined } | defaults: { d: new Map() } | defaults: { d: Symbol('x') } | defaults: { 'n.d': 1 } | defaults: { '': 1 } | defaults: { $d: 1 }
  defaults: { made: 1 }, timestamps: { createdAt: 'made' } | defaults: { a: 1 } | defaults: {} | validate: {} | validate: { insert: S, update: S } | validate: { insert: S } | validate: { update: S } | validate: { insert: S, update: S, other: S }
  validate: { insert: S, update: 1 } | validate: { insert: null, update: S } | validate: { insert: S, update: {} } | validate: { insert: { '~standard': null }, update: S } | validate: { insert: { '~standard': {} }, update: S }
  validate: { insert: F, update: F } | validate: { insert: S, update: () => 1 } | validate: { insert: S, update: Symbol('x') } | validate: { insert: S, update: { '~standard': 1 } } | validate: { insert: S, update: { '~standard': () => 1 } } | validate: { insert: S, update: 'x' }
  scope: { t: 1 } | scope: { t: 1, u: 1 } | scope: { a: 1 } | scope: { c: 1 } | scope: { b: 1 } | scope: { n: 1 } | scope: { 'n.x': 1 } | scope: { 'n.t': 1 } | scope: { _id: 1 } | scope: { '0': 1 } | scope: { t: 0 } | scope: { t: true } | scope: {} | scope: { made: 1 }, timestamps: { createdAt: 'made' }
  scope: { v: 1 }, version: 'v', filterable: { v: 1 } | scope: { d: 1 }, defaults: { d: 1 } | scope: { tags: 1 } | scope: { free: 1 } | scope: { t: 1 }, writable: { 't.x': 1 } | scope: 'all' | scope: { t: 1 }, filterable: { t: 1 } | scope: { t: 1 }, shardKey: { t: 1, a: 1 }
  scope: { t: 1 }, geo: { t: 1 } | scope: { many: 1 }, filterable: { many: 1 } | scope: { t: 1 }, filterable: { 't.x': 1 } | scope: { t: 1 }, defaults: { tt: 1 }
  shardKey: { a: 1 } | shardKey: { a: 'hashed' } | shardKey: { a: 1, 'n.x': 1 } | shardKey: { q: 1, 'r.s': 1 } | shardKey: { tags: 1 } | shardKey: { free: 1 } | shardKey: { 'free.x': 1 } | shardKey: { 'items.sku': 1 } | shardKey: { _id: 1 } | shardKey: { _id: 1, a: 1 } | shardKey: { n: 1 }
  search: ['a'] | search: ['a', 'n.x', 'tags', 'items.sku'] | search: ['q'] | search: ['q'], filterable: { q: 1 } | search: ['a'], filterable: { a: 0 } | search: ['n'] | search: [''] | search: ['$a'] | search: ['free.x'] | search: [1] | search: [undefined] | search: ['a', , 'b'] | search: new Set(['a'])
`;

const view = (specs: string): string => `return shownView(${specs});`;

/** What a view adds to each write. */
const WRITTEN = `
  timestamps: { createdAt: 'made' } | timestamps: { createdAt: 'made', updatedAt: 'changed' } | timestamps: { updatedAt: 'changed' } | version: 'v', filterable: { v: 1 }
  defaults: { d: 1 } | defaults: { d: () => 1 } | defaults: { d: null } | defaults: { d: {} } | defaults: { d: () => undefined } | defaults: { d: () => ({ e: [1] }) } | defaults: { d: () => () => 1 } | defaults: { a: 1 } | defaults: { a: 5, b: 'q' } | defaults: { tags: ['x'] } | defaults: { tags: 'x' }
  validate: { insert: S, update: S } | validate: { insert: N, update: S } | validate: { insert: S, update: N } | scope: { t: 1 } | scope: { t: 1 }, timestamps: { createdAt: 'made' }
`;

const SCHEMAS = `const S = { '~standard': { version: 1, vendor: 'v', validate: (value) => ({ value }) } }; const N = { '~standard': { version: 1, vendor: 'v', validate: () => ({ issues: [{ message: 'no', path: ['a'] }] }) } }; const F = Object.assign(() => 1, S);`;

export const EXTENDED: AnswerList = {
  name: 'extensions',
  world: DEFINITIONS,
  calls: distinct(
    listed(EXTENSIONS).map((extension) => view(`BASE, ${extension}`)),
    lines(OPAQUE).map(view),
    listed(WRITTEN).map(
      (parts) =>
        `${SCHEMAS} return await written({ public: { a: 1, tags: 1 }, writable: { a: 1 }, arrays: { tags: 1 }, ${parts} }, {}, { a: 'y' });`,
    ),
    listed(CONVENTIONS).map((parts) => {
      const spec = `{ public: { a: 1, c: 1, 'n.x': 1, tags: 1, free: subtree, 'items.sku': 1 }, writable: { a: 1 }, arrays: { tags: 1, items: 1 }, ${parts} }`;
      return parts.startsWith('validate') ? `${SCHEMAS} ${view(spec)}` : view(spec);
    }),
  ),
};
