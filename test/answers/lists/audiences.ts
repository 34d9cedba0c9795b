import type { AnswerList } from '../support/answer-list.ts';
import { DEFINITIONS } from '../support/definitions.ts';
import { distinct, listed, lines } from '../support/tables.ts';

/** Audiences of the view `BASE`. */
const AUDIENCES = `
  {}
  1
  null
  []
  { all: {} }
  { all: {}, more: { public: { c: 1 } } }
  { more: { public: { c: 1 } }, all: {} }
  { all: {}, same: {} }
  { more: { public: { c: 1 } }, other: { public: { q: 1 } } }
  { less: { public: { 'n.x': 0 }, joinable: { 'n.x': 0 } }, all: {} }
  { all: 1 }
  { all: null }
  { all: new Map() }
  { all: { public: { zz: 0 } } }
  { all: { name: 'x' } }
  { all: { name: 'x' }, more: { name: 'x', public: { c: 1 } } }
  { all: {}, more: { writable: { b: 1 } } }
  { all: {}, more: { filterable: { q: 1 } } }
  { all: {}, more: { sortable: { p: 1 } } }
  { all: {}, more: { joinable: { q: 1 } } }
  { all: {}, more: { geo: { place: 1 } } }
  { all: {}, more: { search: ['a'] } }
  { all: { search: ['a'] }, more: { search: ['a', 'b'] } }
  { all: { search: ['a'] }, more: { search: ['b'] } }
  { all: { geo: { p: 1 } }, more: { geo: { q: 1 } } }
  { all: { geo: { p: 1 } }, more: { geo: { q: 1, p: 1 } } }
  { all: {}, more: { operators: 'plain' } }
  { all: { operators: 'plain' }, more: { public: { c: 1 } } }
  { all: { operators: 'plain' }, more: { public: { c: 1 }, operators: 'plain' } }
  { all: { public: { free: subtree } }, more: { public: { free: subtree, c: 1 } } }
  { all: { public: { free: 1 } }, more: { public: { free: subtree } } }
  { all: { public: { free: subtree } }, more: { public: { free: 1, c: 1 } } }
  { all: { public: { 'free.x': 1 } }, more: { public: { free: subtree } } }
  { all: { public: { free: subtree } }, more: { public: { 'free.x': 1, c: 1 } } }
  { all: { public: { 'free.x': subtree } }, more: { public: { free: subtree } } }
  { all: { writable: { free: subtree } }, more: { writable: { free: 1, c: 1 } } }
  { all: {}, scoped: { scope: { t: 1 } } }
  { all: {}, shared: { scope: 'shared' } }
  { all: {}, keyed: { shardKey: { a: 1 } } }
  { all: OTHER }
  { all: {}, other: OTHER }
  { all: { public: { id: opaqueId('_id') } }, more: { public: { id: opaqueId('_id'), c: 1 } } }
  { all: { public: { ref: opaqueId('ref_id', CLOSED) } }, more: { public: { ref: opaqueId('ref_id', CLOSED), c: 1 } } }
  { all: { public: { ref: opaqueId('ref_id', CLOSED) } }, more: { public: { ref: opaqueId('ref_id'), c: 1 } } }
  { all: { public: { ref: opaqueId('ref_id', CLOSED) } }, more: { public: { ref: opaqueId('other_id', CLOSED), c: 1 } } }
  { all: { public: { ref: opaqueId('ref_id', CLOSED) } }, more: { public: { ref: 1, c: 1 } } }
  { all: { public: { ref: 1 } }, more: { public: { ref: opaqueId('ref_id', CLOSED), c: 1 } } }
  { all: { public: { 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 } }, more: { public: { 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { i: 1 } } }
  { all: { public: { 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { i: 1 } }, more: { public: { 'i.s': 1, c: 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 } } }
`;

/** Views with rows of their own, and their audiences. */
const ROWS = `
  { public: { a: 1 }, scope: { t: 1 } } | { all: {}, more: { public: { b: 1 } } }
  { public: { a: 1 }, scope: { t: 1, u: 1 } } | { all: {}, more: { public: { b: 1 }, scope: { u: 1, t: 1 } } }
  { public: { a: 1 }, scope: { t: 1 } } | { all: {}, more: { public: { b: 1 }, scope: { u: 1 } } }
  { public: { a: 1 }, scope: { t: 1 } } | { all: {}, more: { public: { b: 1 }, scope: 'shared' } }
  { public: { a: 1 }, scope: 'shared' } | { all: {}, more: { public: { b: 1 } } }
  { public: { a: 1 }, shardKey: { t: 1, u: 1 } } | { all: {}, more: { public: { b: 1 }, shardKey: { u: 1, t: 1 } } }
  { public: { a: 1 }, shardKey: { t: 1, u: 1 } } | { all: {}, more: { public: { b: 1 } } }
  { public: { a: 1 } } | { all: {}, more: { public: { b: 1 } } }
`;

/** What is done with audiences. */
const USES = `
  return defineAudiences();
  return defineAudiences({}, { all: {} });
  return defineAudiences(1, { all: {} });
  return Object.keys(A);
  return Object.keys(A.views);
  return [Object.isFrozen(A), Object.isFrozen(A.views), Object.getPrototypeOf(A.views)];
  return A.toJSONSchema();
  return A.views.more.toJSONSchema();
  return A.select(['a']) instanceof Object;
  return A.extend({ name: 'x', public: { zz: 1 } }).toJSONSchema();
  return A.views.more.pick({ a: 1, c: 2, p: 3 });
  return A.pick({ a: 1, c: 2, p: 3 });
  return await new SafeCollection(db.collection('docs'), A).find({}, { projection: A }).toArray();
  return await new SafeCollection(db.collection('docs'), A).find({}, { projection: A.views.all }).toArray();
  return await new SafeCollection(db.collection('docs'), A).find({}, { projection: A.views.more }).toArray();
  return await new SafeCollection(db.collection('docs'), A).forAudience('more').find({}, { projection: A.views.more }).toArray();
  return await new SafeCollection(db.collection('docs'), A).forAudience('more').find({}, { projection: A }).toArray();
  return await new SafeCollection(db.collection('docs'), A).forAudience('all').find({}, { projection: A }).toArray();
  return await new SafeCollection(db.collection('docs'), A).forAudience('more').find({ zz: 1 }, { projection: A.views.more }).toArray();
  return await new SafeCollection(db.collection('docs'), A).forAudience('other').find({}, { projection: A }).toArray();
  return await new SafeCollection(db.collection('docs'), A).forAudience(1);
  return await new SafeCollection(db.collection('docs'), A).forAudience();
  return await new SafeCollection(db.collection('docs'), A).forAudience('toString');
  return await new SafeCollection(db.collection('docs'), A).forAudience('all').forAudience('more');
  return await new SafeCollection(db.collection('docs'), A.views.more).forAudience('more');
  return await new SafeCollection(db.collection('docs'), OTHER).forAudience('all');
  return await new SafeCollection(db.collection('docs'), A.views).find({}, { projection: A });
  return await new SafeCollection(db.collection('docs'), {}).find({}, { projection: A });
  return await new SafeCollection(db.collection('docs'), null).find({}, { projection: A });
  return await createSafeDb(db, { docs: A }).docs.forAudience('more').find({}, { projection: ['c', 'a'] }).toArray();
`;

export const AUDIENCED: AnswerList = {
  name: 'audiences',
  world: DEFINITIONS,
  calls: distinct(
    lines(AUDIENCES).map(
      (audiences) =>
        `const A = defineAudiences(defineView(BASE), ${audiences}); return [Object.keys(A.views), shown(A, BASE, { x: { c: 1, free: 1, id: 1, ref: 1, i: 1 } })];`,
    ),
    listed(ROWS).flatMap((cell, at, all) =>
      at % 2 === 0
        ? [`const A = defineAudiences(defineView(${cell}), ${all[at + 1] ?? ''}); return A.toJSONSchema();`]
        : [],
    ),
    lines(USES).map(
      (use) => `const A = defineAudiences(defineView(BASE), { all: {}, more: { public: { c: 1 } } }); ${use}`,
    ),
  ),
};
