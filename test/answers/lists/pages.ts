import type { AnswerList } from '../support/answer-list.ts';
import { TENANTS } from '../support/tenants.ts';
import { distinct, listed } from '../support/tables.ts';

/** Options of walks. */
const WALKS = `
  { projection: ['n'], limit: 7 } | { projection: ['n'], limit: 10, sort: { v: 1 } } | { projection: ['n'], limit: 5, sort: { v: -1 } } | { projection: ['v'], limit: 1, sort: { v: 1 } } | { projection: ['v'], limit: 1, sort: { v: -1 } } | { projection: ['n'], limit: 7, sort: { n: -1 } } | { projection: ['n'], limit: 7, sort: { w: 1, n: -1 } }
  { projection: ['n'], limit: 8, sort: { w: -1, p: 1 } } | { projection: ['in.x'], limit: 8, sort: { 'in.x': 1 } } | { projection: ['in'], limit: 9, sort: { 'in.p': 1 } } | { projection: ['n'], limit: 24 } | { projection: ['n'], limit: 23 } | { projection: ['n'], limit: 25 } | { projection: { n: 1, tags: op({ $slice: 1 }) }, limit: 9, sort: { in: 1 } }
  { projection: { n: 1, tags: op({ $slice: 1 }) }, limit: 9, sort: { p: 1 } } | { projection: { v: 1, tags: op({ $slice: 1 }) }, limit: 9, sort: { v: 1 } } | { projection: ['n'], limit: 9, sort: { w: 1 }, collation: { locale: 'en' } } | { projection: { tags: op({ $slice: 1 }) }, limit: 9 } | { projection: ROW, limit: 9, sort: { p: -1, n: 1 } }
`;

/** Pages that are refused, or read once. */
const PAGES = `
  {}, { projection: ['n'] } | {}, { limit: 1 } | {}, { projection: ['n'], limit: 0 } | {}, { projection: ['n'], limit: '1' } | {}, { projection: ['n'], limit: undefined } | {}, { projection: ['n'], limit: 2, skip: 1 } | {}, { projection: ['n'], limit: 2, after: 'x' } | {}, { projection: ['n'], limit: 2, before: 'x' } | {}, { projection: ['n'], limit: 2, after: 1 }
  {}, { projection: ['n'], limit: 2, after: null } | {}, { projection: ['n'], limit: 2, before: null } | {}, { projection: ['n'], limit: 2, after: null, before: null } | {}, { projection: ['n'], limit: 2, after: undefined, before: undefined } | {}, { projection: ['n'], limit: 2, after: 'x', before: 'y' } | {}, { projection: ['n'], limit: 2, after: '', before: null }
  {}, { projection: ['n'], limit: 2, sort: { tags: 1 } } | {}, { projection: ['n'], limit: 2, sort: { 'lines.t': 1 } } | {}, { projection: ['n'], limit: 2, sort: { n: 1, tags: 1 } } | {}, { projection: ['n'], limit: 2, sort: { q: 1 } } | {}, { projection: ['n'], limit: 2, sort: {} } | {}, { projection: ['n'], limit: 2, sort: { _id: 1 } } | { q: 1 }, { projection: ['n'], limit: 2 }
  { n: 1, p: 2 }, { projection: ['n'], limit: 2 } | { n: 99 }, { projection: ['n'], limit: 2 } | undefined, { projection: ['n'], limit: 2 } | {}, undefined | {}, { projection: ['q'], limit: 2 } | { n: op({ $in: [1, 2] }) }, { projection: ['n'], limit: 3, trusted: trusted({ filter: { w: 'x' } }) } | {}, { projection: ['n'], limit: 2, collation: { locale: 'en' } }
`;

/** A cursor that another call is asked with. */
const OTHERS = `
  rows.paginate({}, { projection: ['v'], limit: 9, after: T }) | rows.paginate({}, { projection: ['n'], limit: 2, before: T }) | rows.paginate({ n: 1 }, { projection: ['n'], limit: 2, after: T }) | rows.paginate({}, { projection: ['n'], limit: 2, sort: { n: 1 }, after: T }) | rows.paginate({}, { projection: ['n'], limit: 2, collation: { locale: 'en' }, after: T })
  rows.paginate({}, { projection: ['n'], limit: 2, trusted: trusted({ filter: { n: 1 } }), after: T }) | rows.paginate({}, { projection: ['n'], limit: 2, after: T.slice(1) }) | rows.paginate({}, { projection: ['n'], limit: 2, after: T + 'A' }) | rows.paginate({}, { projection: ['n'], limit: 2, after: (T[0] === 'A' ? 'B' : 'A') + T.slice(1) }) | shared.paginate({}, { projection: ['n'], limit: 2, after: T })
  rows.paginate({}, { projection: ['n'], limit: 2, after: T, before: T }) | unsealed.paginate({}, { projection: ['n'], limit: 2, after: T }) | rows.paginate({}, { projection: ['n'], limit: 2, after: [T] }) | notes.scoped({ tenant: 'acme' }).paginate({}, { projection: ['n'], limit: 2, after: T }) | rows.paginate({}, { projection: ['n'], limit: 2, after: T.toUpperCase() })
`;

const shown = `({ items, hasNext, next, previous }) => [items, hasNext, next !== null, previous !== null]`;

export const PAGES_OF_ROWS: AnswerList = {
  name: 'pages',
  world: TENANTS,
  calls: distinct(
    listed(WALKS).map((options) => `return await walk((from) => rows.paginate({}, { ...${options}, ...from }));`),
    listed(PAGES).map((given) => `return await rows.paginate(${given}).then(${shown});`),
    listed(OTHERS).map(
      (call) =>
        `const T = (await rows.paginate({}, { projection: ['n'], limit: 2 })).next; return await ${call}.then(${shown});`,
    ),
    [
      `return await walk((from) => rows.paginate({ n: 1, w: 'x' }, { projection: ['n'], limit: 1, sort: { p: 1 }, ...from }));`,
      `return await walk((from) => notes.scoped({ tenant: 'acme' }).paginate({}, { projection: ['text'], limit: 1, ...from }));`,
      `return await walk((from) => notes.scoped({ tenant: 'acme' }).paginate({}, { projection: ['id', 'text'], limit: 1, sort: { n: -1 }, ...from }));`,
      `const page = await notes.scoped({ tenant: 'acme' }).paginate({}, { projection: ['n'], limit: 1 }); return await notes.scoped({ tenant: 'Acme' }).paginate({}, { projection: ['n'], limit: 1, after: page.next });`,
      `return await unsealed.paginate({}, { projection: ['n'], limit: 2 });`,
      ...['n', 'p', `'in.x'`, `'in.p'`, 'w'].flatMap((path) =>
        [1, 2, 20].map(
          (limit) =>
            `return await drifted.paginate({}, { projection: ['w'], limit: ${limit}, sort: { ${path}: -1 } }).then(${shown});`,
        ),
      ),
    ],
  ),
};
