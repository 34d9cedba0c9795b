import type { AnswerList } from '../../support/answer-list.ts';
import { DEFINITIONS } from '../../support/definitions.ts';
import { distinct, listed, lines, words } from '../../support/tables.ts';

const view = (spec: string): string => `return shownView(${spec});`;

/** A view with `z`, and with paths in two parts. */
function withParts(one: string, path: string, other: string, otherPath: string): string {
  const marked = (part: string, at: string): string => (part === 'public' ? `z: 1, ${at}: 1` : `${at}: 1`);
  if (one === other)
    return view(`{ ${one === 'public' ? '' : 'public: { z: 1 }, '}${one}: { ${marked(one, path)}, ${otherPath}: 1 } }`);
  const isShown = one === 'public' || other === 'public';
  return view(
    `{ ${isShown ? '' : 'public: { z: 1 }, '}${one}: { ${marked(one, path)} }, ${other}: { ${marked(other, otherPath)} } }`,
  );
}

const PARTS = words('public writable filterable sortable joinable scope shardKey geo whole defaults arrays');

/** A leaf in one part, and something at, above or below it in another. */
const pairs = PARTS.flatMap((one) =>
  PARTS.flatMap((other) => [
    withParts(one, 'n', other, `'n.x'`),
    ...(one === other ? [] : [withParts(one, `'n.x'`, other, `'n.y'`), withParts(one, 'n', other, 'n')]),
  ]),
);

/** Opaque ids, with a part that names them. */
const OPAQUE = words(`id ref n.id n.ref items.id _id ref_id n.ref_id items.ref_id n items q`);

const opaque = ['public', ...PARTS.slice(1), 'search', 'timestamps', 'version'].flatMap((part) =>
  OPAQUE.map((path) => {
    const parts: Readonly<Record<string, string>> = {
      search: `search: ['${path}']`,
      timestamps: `timestamps: { createdAt: 'made', updatedAt: '${path}' }`,
      version: `version: '${path}'`,
      public: '',
    };
    const shown = `public: { id: opaqueId('_id'), ref: opaqueId('ref_id'), 'n.ref': opaqueId('n.ref_id'), 'items.ref': opaqueId('items.ref_id'), 'items.sku': 1${part === 'public' ? `, '${path}': 1` : ''} }`;
    const own = parts[part] ?? `${part}: { '${path}': 1 }`;
    return view(
      `{ name: 'v', ${shown}, ${part === 'arrays' ? `arrays: { items: 1, '${path}': 1 }` : `arrays: { items: 1 }, ${own}`} }`,
    );
  }),
);

/** What an extension says about a path that the view has in a part. */
const extended = words('writable filterable sortable joinable').flatMap((part) =>
  ['1', '0'].flatMap((mark) =>
    ['', `, ${part}: { a: 1 }`, `, ${part}: { a: 0 }`, `, ${part}: { b: 1 }`, `, ${part}: { b: 0 }`].map((rest) =>
      view(
        `{ name: 'v', public: { a: 1, b: 1 }, ${part}: { ${mark === '1' ? 'a' : 'b'}: ${mark} } }, { name: 'w', public: { a: 0 }${rest} }`,
      ),
    ),
  ),
);

/** Parts of a view, and of an extension: most replace, some are merged. */
const REPLACED = `
  search: ['a'] ; search: ['b']
  search: ['a', 'b'] ; search: undefined
  whole: { items: 1 }, writable: { 'items.sku': 1 } ; whole: {}
  whole: { items: 1 }, writable: { 'items.sku': 1 } ; public: { 'items.count': 1 }
  whole: { items: 1 }, writable: { 'items.sku': 1 } ; filterable: { 'items.sku': 0 }
  geo: { p: 1 } ; geo: { q: 1 }
  geo: { p: 1 } ; geo: {}
  operators: 'plain' ; operators: 'tagged'
  operators: 'plain' ; public: { c: 1 }
  scope: { t: 1 } ; scope: { u: 1 }
  scope: { t: 1 } ; scope: 'shared'
  scope: { t: 1 } ; writable: { t: 1 }
  shardKey: { a: 1 } ; shardKey: { b: 1 }
  shardKey: { a: 1 } ; public: { a: 0 }
  version: 'v', filterable: { v: 1 } ; filterable: { v: 0 }
  version: 'v', filterable: { v: 1 } ; version: 'w', filterable: { w: 1 }
  version: 'v', filterable: { v: 1 } ; writable: { v: 1 }
  timestamps: { createdAt: 'made' } ; timestamps: { updatedAt: 'changed' }
  timestamps: { createdAt: 'made' } ; timestamps: { createdAt: 'born' }
  timestamps: { createdAt: 'made' } ; writable: { made: 1 }
  timestamps: { createdAt: 'made' } ; timestamps: 1
  defaults: { d: 1 } ; defaults: { e: 1 }
  defaults: { d: 1 } ; defaults: { d: 2 }
  defaults: { d: 1 } ; defaults: 5
  defaults: { d: 1 } ; defaults: []
  arrays: { items: 1, tags: 1 }, filterable: { tags: 1 } ; arrays: { tags: 2 }
  arrays: { items: 1, tags: 1 }, filterable: { tags: 1 } ; filterable: { tags: 0 }
  arrays: { items: 1, tags: 1 }, filterable: { tags: 1 } ; filterable: { tags: 0 }, arrays: { tags: 1 }
  arrays: { items: 1, tags: 1 }, filterable: { tags: 1 } ; arrays: []
  arrays: { items: 1, tags: 1 }, filterable: { tags: 1 } ; arrays: null
  arrays: { items: 1, ref_ids: 1 }, filterable: { ref_ids: 1 } ; public: { refs: opaqueId('ref_ids') }
  arrays: { items: 1, ref_ids: 1 }, filterable: { ref_ids: 1 } ; public: { refs: opaqueId('ref_ids') }, filterable: { ref_ids: 0 }
  writable: { a: 1 } ; writable: { a: 0 }
  writable: { a: 1 } ; writable: { b: 1 }
  writable: { a: 1 } ; public: { a: 0 }
  writable: { a: 1 } ; name: 'v'
  writable: { a: 1 } ; name: undefined
  validate: undefined ; public: { c: 1 }
`;

const replaced = lines(REPLACED).map((line) => {
  const [own = '', other = ''] = line.split(' ; ');
  const arrays = own.includes('arrays') ? '' : 'arrays: { items: 1 }, ';
  const name = other.includes('name:') ? '' : `name: 'w', `;
  return view(`{ name: 'v', public: { a: 1, b: 1, 'items.sku': 1 }, ${arrays}${own} }, { ${name}${other} }`);
});

/** Paths with numbers, beside arrays of some depths. */
const NUMBERED = words(`0 0.x l.0 l.0.x l.x.0 l.x.0.y m.0 m.0.0 m.0.x k.0 k.00 k.0x k.x0 k.1.2.3 free.0 free.l.0`);

const numbered = ['public', 'writable', 'filterable', 'sortable', 'joinable', 'scope', 'shardKey', 'arrays'].flatMap(
  (part) =>
    NUMBERED.map((path) => {
      const arrays = `arrays: { l: 1, 'm.0': 1, 'l.x': [0, 1]${part === 'arrays' ? `, '${path}': 1` : ''} }`;
      const shown = `public: { 'l.q': 1, 'l.x.q': 1, 'm.0.q': 1, 'k.q': 1, free: subtree${part === 'public' ? `, '${path}': 1` : ''} }`;
      return view(
        `{ ${shown}, ${arrays}${part === 'public' || part === 'arrays' ? '' : `, ${part}: { '${path}': 1 }`} }`,
      );
    }),
);

/** Kinds at a path in several parts. */
const KINDS = `
  public: { z: 1, p: subtree }, writable: { p: subtree } | public: { z: 1, p: 1 }, writable: { p: subtree } | public: { z: 1 }, writable: { p: subtree }, filterable: { p: 1 } | public: { z: 1 }, writable: { p: subtree }, filterable: { 'p.x': 1 } | public: { z: 1, 'p.x': 1 }, writable: { p: subtree } | public: { z: 1, p: subtree }, writable: { 'p.x': 1 } | public: { z: 1, p: subtree }, sortable: { 'p.x': 1 } | public: { z: 1, p: subtree }, joinable: { p: 1 } | public: { z: 1, p: subtree }, sortable: { p: 0 }
  public: { z: 1, p: subtree }, shardKey: { p: 1 } | public: { z: 1, p: subtree }, shardKey: { 'p.x': 1 } | public: { z: 1, p: subtree }, scope: { p: 1 } | public: { z: 1, p: subtree }, whole: { p: 1 } | public: { z: 1, p: subtree }, arrays: { p: 1 } | public: { z: 1, p: subtree }, arrays: { 'p.x': 1 } | public: { z: 1, p: subtree }, version: 'p' | public: { z: 1, p: subtree }, timestamps: { createdAt: 'p' } | public: { z: 1, p: subtree }, defaults: { p: 1 } | public: { z: 1, p: subtree }, search: ['p', 'p.x']
  public: { z: 1, 'p.x': 1 }, version: 'p' | public: { z: 1, 'p.x': 1 }, timestamps: { updatedAt: 'p' } | public: { z: 1 }, writable: { 'p.x': 1 }, timestamps: { updatedAt: 'p' } | public: { z: 1 }, filterable: { 'p.x': 1 }, version: 'p' | public: { z: 1 }, filterable: { p: 1 }, version: 'p', scope: { p: 1 } | public: { z: 1 }, filterable: { p: 1 } | public: { z: 1 }, sortable: { p: 1 } | public: { z: 1 }, joinable: { p: 1 } | public: { z: 1 }, writable: { p: 1 } | public: { z: 1 }, scope: { p: 1 } | public: { z: 1 }, shardKey: { p: 1 }
  public: { z: 1 }, shardKey: { p: 1 }, arrays: { p: 1 } | public: { z: 1 }, shardKey: { 'p.x': 1 }, arrays: { p: 1 } | public: { z: 1 }, shardKey: { 'p.x': 1 }, arrays: { p: [0, 1] } | public: { z: 1 }, scope: { p: 1 }, arrays: { p: 1 } | public: { z: 1 }, scope: { p: 1 }, arrays: { p: [0, 1] } | public: { z: 1 }, scope: { p: 1 }, version: 'p' | public: { z: 1 }, geo: { p: 1 }, arrays: { p: 1 } | public: { z: 1 }, defaults: { p: 1 }, arrays: { p: 1 } | public: { z: 1 }, search: ['z'], arrays: { z: 1 } | public: { z: 1, _id: 1 }, shardKey: { _id: 1 } | public: { z: 1, '_id.k': 1 }, shardKey: { '_id.k': 1 }
  public: { z: 1, p: 1, 'q.r': 1 }, filterable: { z: 0, p: 0, 'q.r': 0, _id: 0 } | public: { z: 1 }, sortable: { z: 0 } | public: { z: 1 }, joinable: { z: 0 } | public: { z: 1, '_id.k': 1 }, sortable: { '_id.k': 0 } | public: { z: 1, _id: 1 }, filterable: { _id: 0 }, sortable: { _id: 0 } | public: { z: 1, id_: 1 } | public: { z: 1, _idx: 1 } | public: { z: 1, '_id2.x': 1 } | public: { z: 1, 'a._id': 1 } | public: { z: 1 }, filterable: { z: 1 }, sortable: { z: 1 }, joinable: { z: 1 } | public: { z: 1 }, writable: { p: 0 } | public: { z: 1 }, writable: { z: 1, p: 0 }
`;

/** Specifications that other tables leave out. */
const OTHERS = `
  { public: { a: 1, 'n.s': subtree }, arrays: { 'n.s.x': 1 } }
  { public: { a: 1, 'n.s': subtree }, arrays: { 'n.s': 1 } }
  { public: { a: 1, 'n.s': subtree }, arrays: { 'n.t.x': 1 } }
  { public: { a: 1 }, timestamps: { updatedAt: 1 } }
  { public: { a: 1 }, timestamps: { updatedAt: '' } }
  { name: 'v', public: { a: 1, ref: opaqueId('ref_id') }, timestamps: { createdAt: 1 } }
  { name: 'v', public: { a: 1, ref: opaqueId('ref_id') }, timestamps: { createdAt: undefined } }
  { name: 'v', public: { a: 1, ref: opaqueId('ref_id') }, version: 5 }
  { public: { a: 1 }, geo: { 'n.12': 1 } }
  { public: [1, , 2] }
  { public: { a: 1, free: subtree }, writable: { 'free.x.y': 1 }, whole: { 'free.x': 1 } }
  { public: { a: 1, free: subtree }, writable: { 'free.x.y': 1 }, filterable: { 'free.x.z': 1 } }
  { public: { a: 1 }, geo: { '12': 1 } }
  { public: { a: 1 }, geo: { '12.x': 1 } }
  { public: { a: 1 }, geo: { n1: 1, 'n.1x': 1, 'n.x12': 1 } }
`;

/** Audiences that differ in one thing. */
const AUDIENCES = words('public writable filterable sortable joinable geo').flatMap((part) =>
  [`q: 1`, `b: 1`, `b: 0`, `'free.x': 1`, `free: subtree`].map(
    (mark) =>
      `const A = defineAudiences(defineView({ name: 'v', public: { a: 1, b: 1, 'n.x': 1, free: subtree }, writable: { a: 1 } }), { one: {}, two: { ${part}: { ${mark} } } }); return [A.toJSONSchema(), shown(A, { x: { a: 1, b: 1, q: 1, free: 1, 'free.x': 1 } })];`,
  ),
);

export const CONTRADICTIONS: AnswerList = {
  name: 'contradictions',
  world: DEFINITIONS,
  calls: distinct(pairs),
};

export const OPAQUE_PLACES: AnswerList = {
  name: 'opaque-places',
  world: DEFINITIONS,
  calls: distinct(opaque),
};

export const DECLARED_KINDS: AnswerList = {
  name: 'declared-kinds',
  world: DEFINITIONS,
  calls: distinct(
    extended,
    replaced,
    numbered,
    listed(KINDS).map((spec) => view(`{ ${spec} }`)),
    lines(OTHERS).map(view),
    [
      `const depths = [0, 1]; const spec = { name: 'v', public: { a: 1, tags: 1 }, arrays: { tags: depths }, defaults: { d: [1] } }; const V = defineView(spec); depths.push(3); spec.public.q = 1; spec.defaults.d.push(2); return shown(V.extend({ name: 'w', public: { c: 1 } }), spec, { x: { c: 1 } });`,
    ],
    AUDIENCES,
  ),
};
