/** Makes views, changes of views, and different ways to write the same view. */

export type Effect = 'widening' | 'narrowing' | 'none';

type Marks = Readonly<Record<string, string>>;

/** The parts of a view, as source text. */
export interface Spec {
  readonly document: string;
  readonly public: Marks;
  readonly writable: Marks;
  readonly filterable: Marks;
  readonly sortable: Marks;
  readonly joinable: Marks;
  readonly geo: Marks;
  readonly whole: Marks;
  readonly arrays: Marks;
  readonly scope: Marks | 'shared' | undefined;
  readonly operators: string | undefined;
  readonly defaults: string | undefined;
  readonly validate: string | undefined;
}

export interface Mutation {
  readonly name: string;
  readonly effect: Effect;
  readonly change: (spec: Spec) => Spec;
}

const NOTHING: Spec = {
  document: 'Doc',
  public: {},
  writable: {},
  filterable: {},
  sortable: {},
  joinable: {},
  geo: {},
  whole: {},
  arrays: {},
  scope: undefined,
  operators: undefined,
  defaults: undefined,
  validate: undefined,
};

/** Views that use the parts in different combinations. */
export const BASES: readonly Spec[] = [
  { ...NOTHING, public: { name: '1', 'profile.bio': '1', settings: 'subtree' }, writable: { name: '1' } },
  {
    ...NOTHING,
    public: { name: '1', tags: '1', 'profile.bio': '1', settings: 'subtree' },
    writable: { name: '1', settings: 'subtree' },
    filterable: { name: '0', secret: '1', blob: 'subtree' },
    sortable: { tags: '0', secret: '1' },
    joinable: { name: '0', 'profile.bio': '0' },
    arrays: { tags: '[0, 1]' },
  },
  {
    ...NOTHING,
    public: { name: '1', _id: '1', 'profile.bio': '1', settings: 'subtree', 'items.sku': '1' },
    writable: { name: '1', 'items.sku': '1' },
    geo: { place: '1', 'stops.at': '1' },
    whole: { items: '1' },
    arrays: { items: '1', stops: '1' },
    scope: { tenant_id: '1', 'owner.id': '1' },
  },
  {
    ...NOTHING,
    document: 'Order',
    public: { name: '1', '_id.sku': '1', '_id.shop': '1', 'profile.bio': '1', settings: 'subtree' },
    writable: { name: '1' },
    scope: 'shared',
    operators: "'plain'",
    defaults: "{ role: 'user' }",
    validate: '{ name: (name) => name.length > 2 }',
  },
];

type PathPart = 'public' | 'writable' | 'filterable' | 'sortable' | 'joinable' | 'geo' | 'whole';

function put(part: PathPart | 'arrays', path: string, mark: string | undefined): Mutation['change'] {
  return (spec) => {
    const { [path]: _, ...rest } = spec[part];
    return { ...spec, [part]: mark === undefined ? rest : { ...rest, [path]: mark } };
  };
}

/** What can be done to one entry of a part, with its effect. */
function ofPart(spec: Spec, part: PathPart): readonly Mutation[] {
  const isAmended = part === 'filterable' || part === 'sortable' || part === 'joinable';
  const added = (path: string, mark: string): Mutation => ({
    name: `${part}: + ${path}: ${mark}`,
    effect: 'widening',
    change: put(part, path, mark),
  });
  const entries = Object.entries(spec[part]).flatMap(([path, mark]): readonly Mutation[] => {
    const change = (to: string | undefined, effect: Effect): Mutation => ({
      name: `${part}: ${path}: ${mark} → ${to ?? 'nothing'}`,
      effect,
      change: put(part, path, to),
    });
    // A path that is taken out of a set is in it by default, so that `1` and nothing both put it back. What joins is by default what filters.
    const isOutAnyway = part === 'joinable' && spec.filterable[path] === '0';
    if (mark === '0') return [change(undefined, isOutAnyway ? 'none' : 'widening'), change('1', 'widening')];
    if (mark === 'subtree') {
      const leaf: Mutation = {
        name: `${part}: ${path}: subtree → ${path}.one: 1`,
        effect: 'narrowing',
        change: (from) => put(part, `${path}.one`, '1')(put(part, path, undefined)(from)),
      };
      return [change(undefined, 'narrowing'), leaf];
    }
    const isBranchless = part !== 'geo' && part !== 'whole';
    return [
      change(undefined, isAmended && path in spec.public ? 'none' : 'narrowing'),
      ...(isBranchless && !isAmended ? [change('subtree', 'widening')] : []),
    ];
  });
  return [added('extra', '1'), added('deep.er.path', '1'), ...entries];
}

function ofScope({ scope }: Spec): readonly Mutation[] {
  const to = (name: string, next: Spec['scope'], effect: Effect): Mutation => ({
    name: `scope: ${name}`,
    effect,
    change: (spec) => ({ ...spec, scope: next }),
  });
  if (scope === undefined) return [to('+', { tenant_id: '1' }, 'narrowing'), to('shared', 'shared', 'widening')];
  if (scope === 'shared') return [to('bound', { tenant_id: '1' }, 'narrowing'), to('-', undefined, 'narrowing')];
  const paths = Object.keys(scope);
  return [
    to('removed', undefined, 'widening'),
    to('shared', 'shared', 'widening'),
    to('one more', { ...scope, region: '1' }, 'narrowing'),
    to('another', { region: '1' }, 'widening'),
    ...paths.map((path) =>
      to(`- ${path}`, Object.fromEntries(Object.entries(scope).filter(([one]) => one !== path)), 'widening'),
    ),
  ];
}

function ofOthers(spec: Spec): readonly Mutation[] {
  const set = (part: 'document' | 'operators' | 'defaults' | 'validate', to: string | undefined, effect: Effect) => ({
    name: `${part}: ${to ?? 'nothing'}`,
    effect,
    change: (from: Spec): Spec => ({ ...from, [part]: to }),
  });
  const arrays = Object.keys(spec.arrays).flatMap((path): readonly Mutation[] => [
    { name: `arrays: ${path} deeper`, effect: 'widening', change: put('arrays', path, '[0, 1, 2]') },
    ...(spec.arrays[path] === '[0, 1]'
      ? [{ name: `arrays: ${path} flatter`, effect: 'narrowing' as const, change: put('arrays', path, '1') }]
      : []),
  ]);
  return [
    ...arrays,
    set('document', 'Other', 'widening'),
    spec.operators === undefined ? set('operators', "'plain'", 'widening') : set('operators', undefined, 'narrowing'),
    set('defaults', "{ role: 'admin' }", 'widening'),
    ...(spec.validate === undefined
      ? [set('validate', '{ name: (name) => true }', 'narrowing')]
      : [set('validate', undefined, 'widening'), set('validate', '{ name: (name) => true }', 'widening')]),
  ];
}

const PARTS = ['public', 'writable', 'filterable', 'sortable', 'joinable', 'geo', 'whole'] as const;

export function mutationsOf(spec: Spec): readonly Mutation[] {
  return [...PARTS.flatMap((part) => ofPart(spec, part)), ...ofScope(spec), ...ofOthers(spec)];
}

/** Ways to write the same view. */
export const STYLES = ['plain', 'reversed', 'quoted', 'commented', 'constants', 'spread', 'computed'] as const;
export type Style = (typeof STYLES)[number];

/** The source of a view, with the constants that it needs. */
export function sourceOf(id: string, spec: Spec, style: Style): string {
  const before: string[] = [];
  const constant = (part: string, text: string): string => {
    before.push(`const ${id}_${part} = ${text} as const;`);
    return `${id}_${part}`;
  };
  const marks = (part: string, entries: Marks): string => {
    const text = objectText(Object.entries(entries), style);
    if (style === 'constants') return constant(part, text);
    return style === 'spread' ? `{ ...${constant(part, text)} }` : text;
  };
  const parts: [string, string][] = [['name', `'${id}'`]];
  for (const part of [...PARTS, 'arrays'] as const)
    if (Object.keys(spec[part]).length > 0) parts.push([part, marks(part, spec[part])]);
  if (spec.scope !== undefined)
    parts.push(['scope', spec.scope === 'shared' ? "'shared'" : marks('scope', spec.scope)]);
  for (const part of ['operators', 'defaults', 'validate'] as const)
    if (spec[part] !== undefined) parts.push([part, spec[part]]);
  const text = objectText(parts, style === 'computed' ? 'plain' : style);
  return `${before.join('\n')}\nexport const ${id} = defineView<${spec.document}>()(${text});\n`;
}

function objectText(entries: readonly (readonly [string, string])[], style: Style): string {
  const ordered = style === 'reversed' ? entries.toReversed() : entries;
  const lines = ordered.map(([key, value]) => {
    const isName = /^\w+$/.test(key);
    const quoted = style === 'quoted' ? `"${key}"` : style === 'computed' ? `['${key}']` : isName ? key : `'${key}'`;
    return style === 'commented'
      ? `\n  // about ${key}: 1, other: 1\n  ${quoted} : ${value} /* { x: 1 } */`
      : `${quoted}: ${value}`;
  });
  return `{ ${lines.join(', ')} }`;
}
