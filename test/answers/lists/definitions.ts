import type { AnswerList } from '../support/answer-list.ts';
import { DEFINITIONS } from '../support/definitions.ts';
import { distinct, listed, lines, words } from '../support/tables.ts';

/** Paths, right and wrong ones. */
const PATHS = `
  'n' | 'n.x' | 'n.x.y' | '' | '.' | 'a.' | '.a' | 'a..b' | '$a' | 'a.$b' | 'a.$' | '__proto__' | 'n.__proto__' | 'a\\0b' | 'n.0' | '0' | '0.n' | '_id' | '_id.k'
  'ä' | 'a b' | 'a-b' | '1a' | 'x'.repeat(512) | 'x'.repeat(513) | 'items' | 'items.0' | 'items.0.sku' | 'tags.0' | 'm.2024' | 'n.x.0' | 'free.x' | 'items.sku'
`;

/** Values at a path. */
const MARKS = `
  0 | 1 | 2 | -1 | true | false | null | undefined | '1' | 'subtree' | {} | [] | [1] | subtree | Symbol('x') | () => 1 | NaN | 1n | -0 | opaqueId('a') | 'hashed'
`;

const PARTS = words('public writable filterable sortable joinable geo whole scope shardKey arrays defaults');

/** Parts as a whole. */
const WHOLE_PARTS = `
  undefined | null | 1 | 'x' | '' | [] | ['a'] | {} | { a: undefined } | () => 1 | Symbol('x') | new Map() | true | 'shared' | 'tagged' | 'plain' | ['a', 'n.x'] | [1] | ['p']
`;

const BASE = `public: { a: 1, b: 1, 'n.x': 1, tags: 1, 'items.sku': 1, 'items.count': 1, free: subtree }, arrays: { tags: 1, items: 1 }`;
const without = (part: string): string =>
  part === 'public'
    ? `writable: { b: 1 }`
    : part === 'arrays'
      ? `public: { a: 1, 'n.x': 1, tags: 1, 'items.sku': 1, free: subtree }`
      : BASE;

const view = (spec: string): string => `return shownView(${spec});`;

const atPaths = PARTS.flatMap((part) =>
  some(listed(PATHS), part).map((path) => view(`{ ${without(part)}, ${part}: { ${keyed(path)}: 1 } }`)),
);
const withMarks = PARTS.flatMap((part) =>
  listed(MARKS).map((mark, at) => view(`{ ${without(part)}, ${part}: { ${at % 2 === 0 ? 'a' : 'p'}: ${mark} } }`)),
);
const asWhole = [...PARTS, 'name', 'search', 'operators', 'timestamps', 'version', 'validate', 'other'].flatMap(
  (part) => listed(WHOLE_PARTS).map((value) => view(`{ ${without(part)}, ${part}: ${value} }`)),
);

/** Every third, others for each part. */
function some(values: readonly string[], part: string): readonly string[] {
  return values.filter((_, at) => (at + PARTS.indexOf(part)) % 3 === 0);
}

function keyed(path: string): string {
  return path.includes('repeat') ? `[${path}]` : path;
}

/** Whole specifications. */
const SPECS = `
  1
  null
  undefined
  []
  {}
  new Map([['public', { a: 1 }]])
  { public: { a: 1 } }, 1
  { public: { a: 1, 'a.b': 1 } }
  { public: { 'a.b': 1, a: 1 } }
  { public: { 'a.b.c': 1, 'a.b': 1 } }
  { public: { a: subtree, 'a.b': 1 } }
  { public: { 'a.b': 1 }, writable: { a: 1 } }
  { public: { 'a.b': 1 }, writable: { a: subtree } }
  { public: { a: 1 }, writable: { 'a.b': 1 } }
  { public: { a: 1 }, filterable: { 'a.b': 1 } }
  { public: { a: 1 }, sortable: { 'a.b': 1 } }
  { public: { a: 1 }, joinable: { 'a.b': 1 } }
  { public: { 'a.b': 1 }, filterable: { a: 1 } }
  { public: { 'a.b': 1 }, sortable: { a: 1 } }
  { public: { 'a.b': 1 }, joinable: { a: 1 } }
  { public: { 'a.b': 1 }, scope: { a: 1 } }
  { public: { 'a.b': 1 }, shardKey: { a: 1 } }
  { public: { a: 1 }, shardKey: { 'a.b': 1 } }
  { public: { a: 1 }, shardKey: { 'b.c': 'hashed', d: 1 } }
  { public: { a: 1 }, shardKey: { _id: 'hashed' } }
  { public: { '_id.k': 1 }, shardKey: { _id: 1 } }
  { public: { '_id.k': 1, a: 1 } }
  { public: { _id: 1, a: 1 } }
  { public: { _id: 1, '_id.k': 1 } }
  { public: { a: 1 }, filterable: { _id: 0 } }
  { public: { a: 1 }, filterable: { _id: 1 } }
  { public: { a: 1 }, sortable: { _id: 1 } }
  { public: { a: 1 }, joinable: { _id: 0 } }
  { public: { a: 1 }, writable: { _id: 1 } }
  { public: { a: 1, b: 1 }, filterable: { a: 0 } }
  { public: { a: 1, b: 1 }, filterable: { a: 0 }, joinable: { a: 1 } }
  { public: { a: 1, b: 1 }, filterable: { p: 1 }, joinable: { p: 0 } }
  { public: { a: 1, b: 1 }, sortable: { b: 0, p: 1 } }
  { public: { a: 1, b: 1 }, filterable: { q: 0 } }
  { public: { a: 1, free: subtree }, writable: { free: 1 } }
  { public: { a: 1, free: subtree }, writable: { free: subtree } }
  { public: { a: 1, free: subtree }, writable: { 'free.x': 1 } }
  { public: { a: 1, free: subtree }, filterable: { 'free.x': 1 } }
  { public: { a: 1, free: subtree }, filterable: { free: 0 } }
  { public: { a: 1 }, writable: { free: subtree } }
  { public: { a: 1 }, writable: { free: subtree }, filterable: { free: 1 } }
  { public: { a: 1 }, filterable: { free: subtree } }
  { public: { a: 1 }, geo: { p: 1 } }
  { public: { a: 1, 'loc.type': 1, 'loc.coordinates': 1 }, arrays: { 'loc.coordinates': 1 }, geo: { loc: 1 } }
  { public: { a: 1 }, geo: { 'n.0': 1 } }
  { public: { a: 1 }, geo: { 'n.0.x': 1 } }
  { public: { a: 1 }, geo: { 'n.x0': 1 } }
  { public: { a: 1 }, geo: { a: 1 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: 1 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: 2 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: 4 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: 5 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: 0 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: 1.5 } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [0, 1] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [1, 2] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [0, 2, 4] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [1, 0] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [1, 1] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [1] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [0, 5] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [-1, 1] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: ['0', 1] } }
  { public: { a: 1, tags: 1 }, arrays: { tags: [0, , 1] } }
  { public: { 'items.sku': 1, 'items.tags': 1 }, arrays: { items: 1, 'items.tags': [0, 1] } }
  { public: { 'items.sku': 1, 'items.0.x': 1 }, arrays: { items: 1 } }
  { public: { 'items.sku': 1, 'items.x.0': 1 }, arrays: { items: 1 } }
  { public: { 'items.sku': 1, 'items.x.0': 1 }, arrays: { items: 1, 'items.x': 1 } }
  { public: { 'items.sku': 1 }, writable: { 'items.0': 1 }, arrays: { items: 1 } }
  { public: { 'm.2024': 1, a: 1 } }
  { public: { 'm.2024.x': 1, a: 1 }, arrays: { 'm.2024': 1 } }
  { public: { a: 1, free: subtree }, arrays: { free: 1 } }
  { public: { a: 1, free: subtree }, arrays: { 'free.x': 1 } }
  { public: { a: 1, free: subtree }, arrays: { 'free.x.y': 1 } }
  { public: { a: 1, free: subtree }, filterable: { 'free.x': 1 }, arrays: { 'free.x': 1 } }
  { public: { a: 1, free: subtree }, arrays: { freer: 1 } }
  { public: { a: 1 }, arrays: { a: 1, b: 1 } }
  { public: { a: 1 }, filterable: { b: 1 }, arrays: { b: 1 } }
  { public: { a: 1 }, filterable: { 'b.c': 1 }, arrays: { b: 1 } }
`;

/** Arrays with known elements. */
const WHOLES = `
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': 1, 'i.n': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1, 'i.n': 1 }, arrays: { i: 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1 }, filterable: { 'i.s': 0 }, arrays: { i: 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: [0, 1] }, whole: { i: 1 }
  public: { a: 1, i: 1 }, writable: { i: 1 }, arrays: { i: 1 }, whole: { i: 1 }
  public: { a: 1, i: subtree }, writable: { i: 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': subtree }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { i: 1 }
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { i: 0 }
  public: { a: 1, 'i.s': 1 }, writable: { 'i.s': 1 }, arrays: { i: 1 }, whole: { 'i.s': 1 }
  public: { a: 1, 'i.j.s': 1, 'i.t': 1 }, writable: { 'i.j.s': 1, 'i.t': 1 }, arrays: { i: 1, 'i.j': 2 }, whole: { i: 1, 'i.j': 1 }
  public: { a: 1, 'i.j.s': 1, 'i.t': 1 }, writable: { 'i.j.s': 1 }, arrays: { i: 1, 'i.j': 2 }, whole: { 'i.j': 1 }
`;

export const DEFINED: AnswerList = {
  name: 'definitions',
  world: DEFINITIONS,
  calls: distinct(
    atPaths,
    withMarks,
    asWhole,
    lines(SPECS).map(view),
    lines(WHOLES).map((spec) => view(`{ ${spec} }`)),
  ),
};
