import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, words } from '../../support/tables.ts';

/** Projections that name the same paths, or nearly the same. */
const ALIKE = `
  ['title', 'n'] | { title: 1, n: 1 } | { title: true, n: 1 } | { title: 1, n: 1, _id: 0 } | { _id: false, title: 1, n: 1 } | { title: 1, n: 0 } | { title: 1, n: 2 } | ['title', 'n', 'n'] | ['title'] | ['n', 'title'] | { n: 1, title: 1 } | Object.assign(Object.create(null), { title: 1, n: 1 }) | Object.freeze(['title', 'n']) | Object.freeze({ title: 1, n: 1 }) | new Proxy(['title', 'n'], {}) | new Proxy({ title: 1, n: 1 }, {}) | Object.assign(['title', 'n'], { x: 1 }) | Object.defineProperty({ n: 1 }, 'title', { value: 1, enumerable: false }) | { title: 1, n: 1, [Symbol('x')]: 1 }
  Object.defineProperty({ title: 1 }, 'n', { get: () => 1, enumerable: true }) | Object.defineProperty(['title', 'x'], 1, { get: () => 'n' }) | Object.defineProperty(['title', 'x'], 1, { value: 'n', enumerable: false }) | ['title', , 'n'] | ['title', 1] | { title: 1, n: 1, _id: 1 } | { title: 1, n: 1, _id: null } | new (class extends Array {})('title', 'n') | new (class { title = 1; n = 1; })() | { title: 1n, n: 1 } | { title: 1, n: undefined } | { __proto__: { n: 1 }, title: 1 } | ['title', '_id'] | { title: op({ $slice: 1 }), n: 1 } | Object.setPrototypeOf(['title', 'n'], null) | Object.setPrototypeOf({ title: 1, n: 1 }, Array.prototype) | Object.setPrototypeOf(['title', 'n'], Object.prototype)
`;

const FIRST = `['title', 'n'] | { title: 1, n: 1 } | { title: 1, n: 1, _id: 0 }`;

/** What a view remembers of long projections, and of others than literals. */
const REMEMBERED = `
  V.select(fields(2000, 'free.x')); return [remembers(V, fields(2000, 'free.x')), remembers(V, Object.keys(fields(2000, 'free.x')))]; | V.select(fields(2001, 'free.x')); return [remembers(V, fields(2001, 'free.x')), remembers(V, Object.keys(fields(2001, 'free.x')))]; | V.select(fields(1500, 'free.x')); V.select(fields(500, 'free.y')); return [remembers(V, fields(1500, 'free.x')), remembers(V, fields(500, 'free.y'))]; | V.select(fields(1500, 'free.x')); V.select(fields(501, 'free.y')); V.select(['title']); return [remembers(V, fields(501, 'free.y')), remembers(V, ['title'])];
  for (let at = 0; at < 3; at += 1) V.select(fields(900, 'free.x')); V.select(fields(900, 'free.y')); V.select(fields(201, 'free.z')); return ['x', 'y', 'z'].map((name) => remembers(V, fields(name === 'z' ? 201 : 900, 'free.' + name))); | V.select({ title: 1, nums: op({ $slice: 1 }) }); return [remembers(V, ['title', 'nums']), remembers(V, { title: 1, nums: op({ $slice: 1 }) })]; | V.select(['title', 'n']); return [remembers(V, V), remembers(V, V.select(['title'])), remembers(V, undefined), remembers(V, null), remembers(V, 'title'), remembers(V, 5), remembers(V, []), remembers(V, {})];
  V.select(['title']); return [remembers(V, ['title']), remembers(V, { title: 1 }), remembers(V, { title: true }), remembers(V, { title: 1, _id: 0 }), remembers(V, { _id: false, title: true }), remembers(V, { title: 2 }), remembers(V, { title: 1, _id: 1 }), remembers(V, { _id: 0 }), remembers(V, ['_id', 'title'])]; | V.select(Object.assign(Object.create(null), { title: 1 })); return [remembers(V, ['title']), remembers(V, Object.assign(Object.create(null), { title: 1 }))]; | V.selectFields(['title', 'n']); return remembers(V, ['title', 'n']); | V.select(Object.keys(fields(1000, 'free.x'))); return [remembers(V, fields(1000, 'free.x')), remembers(V, fields(999, 'free.x'))];
`;

const FRESH = `{ title: true } | { title: true, _id: false } | { title: 1, n: true } | { nums: op({ $slice: 1 }), title: true } | { title: false }`;

const SEALED = `
  { refs: [sealed(1), ID] } | { refs: [sealed(1), sealed(2)] } | { refs: [ID, sealed(1)] } | { refs: [] } | { refs: [null, sealed(1)] } | { ref: 1234567890123456789012n } | { ref: ID } | { ref: sealed(1) } | { lines: [{ owner: ID }] } | { lines: [{ owner: sealed(1), owner_id: ID }] } | { [Symbol('title')]: 1 } | { held: { by: 5 } }
`;

const PATHS = words(
  `title cells cells.v cells.0.v rows rows.cols rows.cols.tags rows.in rows.in.z rows.0 either flex deep grid box box.in box.c box.in.x.y nest kept known known.more ref refs ref_id same lines lines.owner lines.owner_id held held.by free free.a free.0 free.list.0.x in in.free in.free.x in.b m m.2024 m.2025 half half.f half.s part pf hidden shut gone open place _id _id.k $ rows.$ rows.$.t $[] rows. .rows rows..t list`,
);

const shown = (projection: string): string =>
  `return await B.find({ n: op({ $lt: 2 }) }, { projection: ${projection}, sort: { n: 1 } }).toArray();`;

export const RESOLVED: AnswerList = {
  name: 'resolved',
  world: BENCH_WORLD,
  calls: distinct(
    listed(FIRST).flatMap((first) =>
      listed(ALIKE).map(
        (projection) =>
          `const C = on(BENCH); await C.findOne({}, { projection: ${first} }); return await C.findOne({}, { projection: ${projection} });`,
      ),
    ),
    listed(FIRST).map(
      (first) =>
        `const V = define(BENCH); const before = remembers(V, ${first}); V.select(${first}); const all = [${listed(ALIKE).join(', ')}]; return [before, ...all.map((each) => remembers(V, each))];`,
    ),
    listed(`['title\\0n'] | { 'title\\0n': 1 }`).flatMap((joined) => [
      `const V = define(BENCH); V.select(['title', 'n']); return remembers(V, ${joined});`,
      `const C = on(BENCH); await C.findOne({}, { projection: ['title', 'n'] }); return await C.findOne({}, { projection: ${joined} }).catch(({ code }) => code);`,
    ]),
    listed(REMEMBERED).map((steps) => `const V = define(BENCH); ${steps}`),
    listed(FRESH).map((projection) => `return await on(BENCH).find({}, { projection: ${projection} }).toArray();`),
    listed(SEALED).map((value) => `return BENCH_VIEW.toStandardSchema()['~standard'].validate(${value});`),
    PATHS.flatMap((path, number) => [
      shown(`['${path}']`),
      `return BENCH_VIEW.toJSONSchema({ '${path}': 1 });`,
      ...(number % 2 === 0
        ? [shown(`{ '${path}': op({ $slice: 1 }) }`), shown(`{ '${path}': op({ $elemMatch: { v: 1 } }) }`)]
        : [shown(`{ title: 1, '${path}': op({ $slice: [0, 1] }) }`), shown(`['title', '${path}', 'box.a']`)]),
      `return BENCH_VIEW.pick({ title: 'x', rows: [{ t: 1, secret: 2 }], box: { a: 1, c: 2 }, free: { a: [1] } }, ['${path}']);`,
    ]),
    [
      `const C = on(BENCH); await C.findOne({}, { projection: ['title', 'rows'] }); return await C.findOne({}, { projection: { title: 1, rows: op({ $slice: 1 }) } });`,
      `const C = on(BENCH); await C.findOne({}, { projection: { title: 1, rows: op({ $slice: 1 }) } }); return await C.findOne({}, { projection: ['title', 'rows'] });`,
      `return typeof BENCH_VIEW.select(Object.keys(fields(10000, 'free.x')));`,
      `return typeof BENCH_VIEW.select(Object.keys(fields(10001, 'free.x')));`,
      `return typeof BENCH_VIEW.select(fields(10001, 'free.x'));`,
      `return typeof BENCH_VIEW.selectFields(Object.keys(fields(10001, 'free.x')));`,
      `const V = define(BENCH); V.select(fields(1500, 'free.x')); V.select(fields(501, 'free.y')); V.select(fields(2001, 'free.z')); V.select(Object.keys(fields(2001, 'free.z'))); return typeof V.select(fields(501, 'free.y'));`,
    ],
  ),
};
