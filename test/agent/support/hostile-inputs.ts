import { ObjectId } from 'mongodb';
import { op, trusted } from 'safe-collection';

/** A call that has to be refused. */
export interface HostileCall {
  readonly what: string;
  readonly tool: string;
  readonly input: unknown;
}

/** Fields that no tool knows: private ones, the scope, other spellings of public ones, and keys with a meaning. */
const FIELDS = [
  'tenant_id',
  'cost_center',
  'margin',
  'place',
  'place.door_code',
  'place.city.x',
  'place.0.city',
  'tags.0',
  'extra',
  'extra.index',
  'product ',
  'Product',
  'product\0',
  '$product',
  '$where',
  '$expr',
  '$$ROOT',
  '__proto__',
  'constructor',
  'toString',
  '',
  '*',
  'zebra',
] as const;

/** What an attacker puts where a value belongs. */
const VALUES: readonly unknown[] = [
  { $ne: null },
  { $gt: '' },
  { $regex: '.*' },
  { $where: 'true' },
  { $function: { body: 'return true', args: [], lang: 'js' } },
  { date: '2026-01-01', id: '0'.repeat(24) },
  { date: { $gt: '' } },
  { date: 'yesterday' },
  { date: '2026-02-30' },
  { id: 'x' },
  { $oid: '0'.repeat(24) },
  { $date: '2026-01-01' },
  {},
  [],
  ['lamp'],
  [{ $ne: null }],
];

/** Values that JSON does not have. */
const NOT_JSON: readonly (readonly [what: string, value: unknown])[] = [
  ['op()', op({ $ne: 'x' })],
  ['trusted()', trusted({ margin: 1 })],
  ['a date', new Date()],
  ['an ObjectId', new ObjectId()],
  ['a RegExp', /x/],
  ['bytes', Buffer.from('x')],
  ['a bigint', 1n],
  ['a function', () => true],
  ['a symbol', Symbol('x')],
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['a Map', new Map([['field', 'product']])],
  ['a proxy', new Proxy({}, {})],
  ['an instance', new URL('https://example.com')],
  ['an object with toJSON', { toJSON: () => 'lamp' }],
  ['an object with toBSON', { toBSON: () => 'lamp' }],
  ['an accessor', Object.defineProperty({}, 'value', { enumerable: true, get: () => 'lamp' })],
  ['a boxed string', Object('lamp')],
];

const OPERATORS = [
  '$ne',
  '$eq',
  '$where',
  'regex',
  'where',
  'expr',
  'elemMatch',
  'not',
  'EQ',
  '',
  'constructor',
  '__proto__',
  0,
  null,
];

const COUNT = [{ name: 'n', op: 'count' }];
const compare = (field: unknown, value: unknown) => ({ field, op: 'eq', value });
const equal = (field: unknown) => compare(field, 'x');

function* ofFields(): Generator<HostileCall> {
  for (const field of FIELDS) {
    const what = `the field ${JSON.stringify(field)}`;
    yield { what: `${what} in a condition`, tool: 'orders_count', input: { filter: equal(field) } };
    yield {
      what: `${what} in a projection`,
      tool: 'orders_find',
      input: { projection: field === 'extra' ? ['extra', 'extra'] : [field] },
    };
    yield {
      what: `${what} in a sort`,
      tool: 'orders_find',
      input: { projection: ['product'], sort: [{ field, direction: 'asc' }] },
    };
    yield {
      what: `${what} in the sort of a page`,
      tool: 'orders_paginate',
      input: { projection: ['product'], sort: [{ field, direction: 'asc' }] },
    };
    yield { what: `${what} in a group`, tool: 'orders_aggregate', input: { group: [field], measures: COUNT } };
    yield {
      what: `${what} in a measure`,
      tool: 'orders_aggregate',
      input: { measures: [{ name: 'n', op: 'sum', field }] },
    };
    if (field !== '__proto__')
      yield { what: `${what} as a part`, tool: 'orders_find', input: { projection: ['product'], [field]: 'x' } };
  }
}

function* ofValues(): Generator<HostileCall> {
  for (const value of VALUES) {
    const what = `the value ${JSON.stringify(value)}`;
    yield { what, tool: 'orders_count', input: { filter: compare('product', value) } };
    yield { what: `${what} at a date`, tool: 'orders_count', input: { filter: compare('order_date', value) } };
    yield {
      what: `${what} in a list`,
      tool: 'orders_count',
      input: { filter: { field: 'product', op: 'in', value: [value] } },
    };
    yield { what: `${what} as a filter`, tool: 'orders_count', input: { filter: value } };
    yield {
      what: `${what} as the projection`,
      tool: 'orders_find',
      input: { projection: Array.isArray(value) ? [value] : value },
    };
  }
  for (const [what, value] of NOT_JSON) {
    yield { what, tool: 'orders_count', input: { filter: compare('product', value) } };
    yield { what: `${what} as the input`, tool: 'orders_count', input: value };
  }
  for (const operator of OPERATORS)
    yield {
      what: `the operator ${String(operator)}`,
      tool: 'orders_count',
      input: { filter: { field: 'product', op: operator, value: 'x' } },
    };
}

const deep = (depth: number): object => (depth === 0 ? equal('product') : { not: deep(depth - 1) });
const many = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

const FORMS: readonly (readonly [what: string, tool: string, input: unknown])[] = [
  ['no JSON', 'orders_find', '{"projection":["product"]'],
  ['JSON with a comment', 'orders_count', '{} // all'],
  ['a string of JSON in JSON', 'orders_count', '"{}"'],
  ['an array', 'orders_count', '[]'],
  ['null', 'orders_count', 'null'],
  ['a long text', 'orders_count', `{"filter":${' '.repeat(64_000)}null}`],
  ['__proto__ in JSON', 'orders_count', '{"__proto__":{"filter":{}}}'],
  ['__proto__ in a condition', 'orders_count', '{"filter":{"__proto__":{},"field":"product","op":"eq","value":"x"}}'],
  ['no projection', 'orders_find', {}],
  ['a projection of all', 'orders_find', { projection: '*' }],
  ['an object as projection', 'orders_find', { projection: { cost_center: 1 } }],
  ['a projection twice', 'orders_find', { projection: ['product', 'product'] }],
  ['a limit of 0', 'orders_find', { projection: ['product'], limit: 0 }],
  ['a negative limit', 'orders_find', { projection: ['product'], limit: -1 }],
  ['a high limit', 'orders_find', { projection: ['product'], limit: 51 }],
  ['a limit as text', 'orders_find', { projection: ['product'], limit: '5' }],
  ['a high skip', 'orders_find', { projection: ['product'], skip: 10_001 }],
  ['a sort by an object', 'orders_find', { projection: ['product'], sort: { product: 1 } }],
  [
    'a sort with $meta',
    'orders_find',
    { projection: ['product'], sort: [{ field: 'product', direction: { $meta: 'sortKey' } }] },
  ],
  ['a sort twice', 'orders_find', { projection: ['product'], sort: many(2, { field: 'product', direction: 'asc' }) }],
  ['a page without a projection', 'orders_paginate', {}],
  ['skip on a page', 'orders_paginate', { projection: ['product'], skip: 1 }],
  ['a page that is too long', 'orders_paginate', { projection: ['product'], limit: 51 }],
  ['a page by arrays', 'orders_paginate', { projection: ['product'], sort: [{ field: 'tags', direction: 'asc' }] }],
  ['a page by the id', 'orders_paginate', { projection: ['product'], sort: [{ field: '_id', direction: 'asc' }] }],
  ['a forged cursor', 'orders_paginate', { projection: ['product'], after: 'eyJpZCI6NX0' }],
  ['a forged cursor backwards', 'orders_paginate', { projection: ['product'], before: 'A'.repeat(120) }],
  ['an empty cursor', 'orders_paginate', { projection: ['product'], after: '' }],
  ['a long cursor', 'orders_paginate', { projection: ['product'], after: 'A'.repeat(1_000_000) }],
  ['no cursor', 'orders_paginate', { projection: ['product'], after: null }],
  ['an object as a cursor', 'orders_paginate', { projection: ['product'], after: { $gt: '' } }],
  ['two cursors', 'orders_paginate', { projection: ['product'], after: 'a', before: 'b' }],
  ['a range of ids', 'orders_count', { filter: { field: '_id', op: 'gt', value: { id: '0'.repeat(24) } } }],
  ['another id', 'orders_count', { filter: { field: '_id', op: 'ne', value: { id: '0'.repeat(24) } } }],
  ['text in an id', 'orders_count', { filter: { field: '_id', op: 'startsWith', value: 'a' } }],
  ['whether there is an id', 'orders_count', { filter: { field: '_id', op: 'exists', value: true } }],
  ['the id in a projection', 'orders_find', { projection: ['_id'] }],
  ['a sort by the id', 'orders_find', { projection: ['product'], sort: [{ field: '_id', direction: 'asc' }] }],
  ['a group by the id', 'orders_aggregate', { group: ['_id'], measures: COUNT }],
  ['deep conditions', 'orders_count', { filter: deep(6) }],
  ['very deep conditions', 'orders_count', { filter: deep(5_000) }],
  ['very deep JSON', 'orders_count', `{"filter":${'{"not":'.repeat(9_000)}1${'}'.repeat(9_001)}`],
  ['many conditions', 'orders_count', { filter: { or: many(60, equal('product')) } }],
  ['many nested conditions', 'orders_count', { filter: { or: many(10, { and: many(10, equal('product')) }) } }],
  ['many values', 'orders_count', { filter: { field: 'product', op: 'in', value: many(101, 'x') } }],
  ['no values', 'orders_count', { filter: { field: 'product', op: 'in', value: [] } }],
  ['two combinations', 'orders_count', { filter: { and: [equal('product')], or: [equal('product')] } }],
  ['a combination beside a condition', 'orders_count', { filter: { and: [equal('product')], ...equal('product') } }],
  ['no conditions', 'orders_count', { filter: { and: [] } }],
  ['an array-like combination', 'orders_count', { filter: { or: { 0: equal('product'), length: 1 } } }],
  ['a long text to find', 'orders_count', { filter: { field: 'product', op: 'contains', value: 'x'.repeat(257) } }],
  ['an empty text to find', 'orders_count', { filter: { field: 'product', op: 'contains', value: '' } }],
  ['a NUL in text', 'orders_count', { filter: { field: 'product', op: 'contains', value: 'x\0' } }],
  ['a list as text', 'orders_count', { filter: { field: 'product', op: 'contains', value: ['x'] } }],
  ['text in a number', 'orders_count', { filter: { field: 'quantity', op: 'contains', value: '1' } }],
  ['a number as text', 'orders_count', { filter: compare('quantity', '1') }],
  ['null in a range', 'orders_count', { filter: { field: 'quantity', op: 'gt', value: null } }],
  ['a condition without a value', 'orders_count', { filter: { field: 'quantity', op: 'eq' } }],
  ['a condition with options', 'orders_count', { filter: { ...equal('product'), collation: { locale: 'en' } } }],
  ['trusted', 'orders_count', { trusted: { filter: {} } }],
  ['options of the driver', 'orders_find', { projection: ['product'], returnKey: true }],
  ['a pipeline', 'orders_aggregate', [{ $match: {} }, { $out: 'x' }]],
  ['stages', 'orders_aggregate', { measures: COUNT, pipeline: [{ $out: 'x' }] }],
  ['a lookup', 'orders_aggregate', { measures: COUNT, lookup: { from: 'users' } }],
  ['no measure', 'orders_aggregate', { group: ['product'], measures: [] }],
  ['many measures', 'orders_aggregate', { measures: many(9, { name: 'n', op: 'count' }) }],
  ['two measures of one name', 'orders_aggregate', { measures: many(2, { name: 'n', op: 'count' }) }],
  ['an accumulator with code', 'orders_aggregate', { measures: [{ name: 'n', op: '$accumulator', field: 'product' }] }],
  ['$push', 'orders_aggregate', { measures: [{ name: 'n', op: 'push', field: 'product' }] }],
  ['an expression', 'orders_aggregate', { measures: [{ name: 'n', op: 'sum', field: { $toInt: '$margin' } }] }],
  ['an expression as text', 'orders_aggregate', { measures: [{ name: 'n', op: 'sum', field: '$margin' }] }],
  ['a name with a dot', 'orders_aggregate', { measures: [{ name: 'a.b', op: 'count' }] }],
  ['a name with $', 'orders_aggregate', { measures: [{ name: '$n', op: 'count' }] }],
  ['the name __proto__', 'orders_aggregate', { measures: [{ name: '__proto__', op: 'count' }] }],
  ['count of a field', 'orders_aggregate', { measures: [{ name: 'n', op: 'count', field: 'product' }] }],
  ['sum of nothing', 'orders_aggregate', { measures: [{ name: 'n', op: 'sum' }] }],
  ['a unit of no date', 'orders_aggregate', { group: [{ field: 'product', unit: 'month' }], measures: COUNT }],
  ['an unknown unit', 'orders_aggregate', { group: [{ field: 'order_date', unit: 'decade' }], measures: COUNT }],
  ['many groups', 'orders_aggregate', { group: ['product', 'quantity', 'note', 'is_gift', 'tags'], measures: COUNT }],
  ['a group by arrays', 'orders_aggregate', { group: ['tags'], measures: COUNT }],
  ['a measure of arrays', 'orders_aggregate', { measures: [{ name: 'n', op: 'max', field: 'tags' }] }],
  ['a group twice', 'orders_aggregate', { group: ['product', 'product'], measures: COUNT }],
  [
    'a sort by what is not there',
    'orders_aggregate',
    { group: ['product'], measures: COUNT, sort: [{ field: 'quantity', direction: 'asc' }] },
  ],
  ['another tool', 'users_find', { projection: ['product'] }],
  ['a method that is no tool', 'orders_deleteMany', {}],
  ['an inherited name', 'constructor', {}],
  ['no tool', '', {}],
];

export const HOSTILE: readonly HostileCall[] = [
  ...ofFields(),
  ...ofValues(),
  ...FORMS.map(([what, tool, input]) => ({ what, tool, input })),
];
