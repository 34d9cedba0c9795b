import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, words } from '../../support/tables.ts';

/** Projections that name the same paths, or nearly the same. */
const ALIKE = `
  ['title', 'n'] | { title: 1, n: 1 } | { title: true, n: 1 } | { title: 1, n: 1, _id: 0 } | { _id: false, title: 1, n: 1 } | { title: 1, n: 0 } | { title: 1, n: 2 } | ['title', 'n', 'n'] | ['title\\0n'] | ['title'] | ['n', 'title'] | { n: 1, title: 1 } | Object.assign(Object.create(null), { title: 1, n: 1 }) | Object.freeze(['title', 'n']) | Object.freeze({ title: 1, n: 1 }) | new Proxy(['title', 'n'], {}) | new Proxy({ title: 1, n: 1 }, {}) | Object.assign(['title', 'n'], { x: 1 }) | Object.defineProperty({ n: 1 }, 'title', { value: 1, enumerable: false }) | { title: 1, n: 1, [Symbol('x')]: 1 }
  Object.defineProperty({ title: 1 }, 'n', { get: () => 1, enumerable: true }) | Object.defineProperty(['title', 'x'], 1, { get: () => 'n' }) | Object.defineProperty(['title', 'x'], 1, { value: 'n', enumerable: false }) | ['title', , 'n'] | ['title', 1] | { title: 1, n: 1, _id: 1 } | { title: 1, n: 1, _id: null } | { 'title\\0n': 1 } | new (class extends Array {})('title', 'n') | new (class { title = 1; n = 1; })() | { title: 1n, n: 1 } | { title: 1, n: undefined } | { __proto__: { n: 1 }, title: 1 } | ['title', '_id'] | { title: op({ $slice: 1 }), n: 1 } | Object.setPrototypeOf(['title', 'n'], null) | Object.setPrototypeOf({ title: 1, n: 1 }, Array.prototype) | Object.setPrototypeOf(['title', 'n'], Object.prototype)
`;

const FIRST = `['title', 'n'] | { title: 1, n: 1 } | { title: 1, n: 1, _id: 0 }`;

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
