import type { AnswerList } from '../support/answer-list.ts';
import { BENCH_WORLD } from '../support/bench.ts';
import { distinct, listed } from '../support/tables.ts';

/** Projections and sorts of pages. */
const PAGES = `
  projection: ['title'], sort: { n: 1 } | projection: ['n'], sort: { n: -1 } | projection: ['box'], sort: { 'box.a': 1 } | projection: ['box.in.x'], sort: { 'box.a': -1 } | projection: ['box.a'], sort: { 'box.a': 1, 'box.b': 1 } | projection: { nums: op({ $slice: 1 }) }, sort: { title: 1 } | projection: { nums: op({ $slice: 1 }), box: 1 }, sort: { 'box.a': -1 } | projection: { rows: op({ $elemMatch: { t: 'end' } }) }, sort: { n: 1 } | projection: { nums: op({ $slice: -1 }), title: 1 }, sort: { title: 1, n: -1 } | projection: ['held'], sort: { 'held.at': 1, pf: 1 } | projection: ['ref'], sort: { pf: -1 }
  projection: ['rows'], sort: { 'rows.t': 1 } | projection: ['title'], sort: { nums: 1 } | projection: ['title'], sort: { deep: 1 } | projection: ['title'], sort: { flex: 1 } | projection: ['title'], sort: { 'either.v': 1 } | projection: ['title'], sort: { 'box.list': 1 } | projection: ['title'], sort: { 'nest.items.x': 1 } | projection: ['title'], sort: { 'nest.a': 1 } | projection: ['title'], sort: fields(31, 'free.x') | projection: ['title'], sort: fields(32, 'free.x') | projection: ['title'], sort: { free: 1 } | projection: ['title'], sort: { 'free.a': 1 } | projection: ['free'], sort: { 'free.a': 1 }
  projection: ['free.a'], sort: { 'free.a.b': 1 } | projection: ['free.a.b'], sort: { 'free.a': 1 } | projection: ['free.a'], sort: { 'free.ab': 1 } | projection: ['title'] | projection: ['title'], sort: undefined | projection: ['m'], sort: { 'm.2024': -1 } | projection: { nums: op({ $slice: 1 }), free: 1 }, sort: { 'free.a': 1 } | projection: { nums: op({ $slice: 1 }), 'free.a': 1 }, sort: { 'free.b': 1 }
`;

/** Views whose fields have the names that a page would take for the values of the sort. */
const NAMED = `
  public: { sort: 1, nums: 1, n: 1 } ; projection: { sort: 1, nums: op({ $slice: 1 }) }, sort: { n: 1 }
  public: { sort: 1, sort_: 1, nums: 1, n: 1 } ; projection: { sort: 1, sort_: 1, nums: op({ $slice: 1 }) }, sort: { n: -1, sort: 1 }
  public: { _id: 1, nums: 1, n: 1 } ; projection: { _id: 1, nums: op({ $slice: 1 }) }, sort: { n: -1 }
  public: { _id: 1, nums: 1, n: 1 } ; projection: { _id: 1, n: 1 }, sort: { _id: -1 }
  public: { _id: 1, nums: 1, n: 1 } ; projection: { n: 1 }, sort: { n: 1, _id: -1, nums: 1 }
  public: { _id: 1, nums: 1, n: 1, m: 1 } ; projection: { n: 1 }, sort: { _id: 1, m: 1 }
  public: { '_id.k': 1, nums: 1, n: 1 } ; projection: { '_id.k': 1 }, sort: { '_id.k': 1 }
  public: { '_id.k': 1, nums: 1, n: 1 } ; projection: { '_id.k': 1, nums: op({ $slice: 1 }) }, sort: { n: 1 }
  public: { id: opaqueId('_id'), nums: 1, n: 1 } ; projection: ['id'], sort: { n: 1 }
  public: { id: opaqueId('_id'), nums: 1, n: 1 } ; projection: { id: 1, nums: op({ $slice: 1 }) }, sort: { n: -1 }
  public: { n: 1, nums: 1, flex: 1 } ; projection: ['n'], sort: { flex: 1 }
  public: { n: 1, nums: 1, deep: 1 } ; projection: ['n'], sort: { deep: -1 }
  public: { n: 1, nums: 1, hidden: 1, missing: 1 } ; projection: ['n'], sort: { missing: 1, hidden: -1 }
  public: { n: 1, nums: 1, half: subtree } ; projection: ['n'], sort: { half: 1 }
  public: { n: 1, nums: 1, either: subtree } ; projection: ['n'], sort: { either: -1 }
  public: { n: 1, nums: 1, grid: subtree } ; projection: ['n'], sort: { grid: 1 }
`;

/** To the end and back again. */
const walk = (options: string): string =>
  `const all = []; let page = await C.paginate({}, { limit: 1, ${options} }); for (let at = 0; at < 5; at += 1) { all.push([page.items, page.hasNext, page.next !== null, page.previous !== null]); if (page.next === null) break; page = await C.paginate({}, { limit: 1, ${options}, after: page.next }); } while (page.previous !== null && all.length < 12) { page = await C.paginate({}, { limit: 2, ${options}, before: page.previous }); all.push([page.items, page.hasNext, page.next !== null, page.previous !== null]); } return all;`;

export const WALKED: AnswerList = {
  name: 'walked',
  world: BENCH_WORLD,
  calls: distinct(
    listed(PAGES).map((options) => `const C = B; ${walk(options)}`),
    listed(NAMED).map((line) => {
      const [view = '', options = ''] = line.split(' ; ');
      return `const C = on({ name: 'v', ${view}, arrays: { nums: 1 } }); ${walk(options)}`;
    }),
  ),
};
