import type { AnswerList } from '../support/answer-list.ts';
import { SHOP } from '../support/shop.ts';
import { distinct, listed } from '../support/tables.ts';

const USER = `from: 'users', foreignField: 'id', projection: ['name']`;
const PRODUCT = `from: 'products', foreignField: '_id', projection: ['label']`;

/** Fields of populate, each by itself. */
const JOINS = `
  u: { localField: 'buyer', ${USER} } | u: { localField: 'buyer', ${USER}, justOne: true } | u: { localField: 'agent', ${USER}, justOne: true } | u: { localField: 'agent', ${USER}, justOne: false } | buyer: { localField: 'buyer', ${USER} } | buyer: { localField: 'buyer', ${USER}, justOne: true } | agent: { localField: 'agent', ${USER}, justOne: true } | buyer_id: { localField: 'buyer', ${USER} } | id: { localField: 'id', ${USER} } | id: { localField: 'id', from: 'users', foreignField: 'badge', projection: ['name'] } | _id: { localField: '_id', ${USER} } | _id: { localField: 'id', ${USER} }
  p: { localField: 'liked', ${PRODUCT} } | p: { localField: 'liked', ${PRODUCT}, sort: { price: -1 } } | p: { localField: 'liked', ${PRODUCT}, limit: 1 } | p: { localField: 'liked', ${PRODUCT}, skip: 1 } | p: { localField: 'liked', ${PRODUCT}, skip: 1, limit: 1 } | p: { localField: 'liked', ${PRODUCT}, justOne: true } | p: { localField: 'liked', ${PRODUCT}, justOne: true, skip: 1 } | p: { localField: 'liked', ${PRODUCT}, filter: { price: op({ $gt: 2 }) } } | liked: { localField: 'liked', ${PRODUCT} } | liked: { localField: 'liked', ${PRODUCT}, justOne: true } | liked: { localField: 'liked', ${PRODUCT}, sort: { label: 1 }, limit: 2 }
  l: { localField: 'tags', from: 'labels', foreignField: '_id', projection: ['color'] } | tags: { localField: 'tags', from: 'labels', foreignField: '_id', projection: { _id: 1, color: 1 } } | l: { localField: 'tags', from: 'labels', foreignField: '_id', projection: ['color'], justOne: true } | l: { localField: 'flex', from: 'labels', foreignField: '_id', projection: ['color'] } | p: { localField: 'code', from: 'products', foreignField: 'label', projection: ['price', 'parts'] } | p: { localField: 'amount', from: 'products', foreignField: 'price', projection: ['label'], justOne: true } | p: { localField: 'code', from: 'users', foreignField: 'friends', projection: ['name'] }
  'items.p': { localField: 'items.product_id', ${PRODUCT} } | 'items.p': { localField: 'items.product_id', ${PRODUCT}, justOne: true } | 'items.product_id': { localField: 'items.product_id', ${PRODUCT}, justOne: true } | 'items.product_id': { localField: 'items.product_id', ${PRODUCT} } | 'items.ref': { localField: 'items.ref', ${USER}, justOne: true } | 'items.l': { localField: 'items.label', from: 'labels', foreignField: '_id', projection: ['color'], justOne: true } | 'items.m': { localField: 'items.marks', from: 'labels', foreignField: '_id', projection: ['color'], sort: { color: 1 } } | p: { localField: 'items.product_id', ${PRODUCT} }
  p: { localField: 'items.product_id', ${PRODUCT}, limit: 1 } | p: { localField: 'items.product_id', ${PRODUCT}, sort: { label: -1 }, skip: 1 } | p: { localField: 'items.product_id', ${PRODUCT}, justOne: true } | 'ship.p': { localField: 'ship.product_id', ${PRODUCT}, justOne: true } | 'ship.p': { localField: 'ship.product_id', ${PRODUCT} } | 'ship.agent': { localField: 'ship.agent', ${USER}, justOne: true } | 'ship.a': { localField: 'ship.agent', ${USER} } | 'ship.liked': { localField: 'ship.liked', ${PRODUCT} } | 'ship.l': { localField: 'ship.liked', ${PRODUCT}, limit: 1 } | 'ship.l': { localField: 'ship.liked', ${PRODUCT}, sort: { label: 1 }, justOne: true, skip: 1 }
  'ship.to.p': { localField: 'ship.to.product_id', ${PRODUCT}, justOne: true } | 'ship.to.product_id': { localField: 'ship.to.product_id', ${PRODUCT}, justOne: true } | 'ship.p': { localField: 'ship.to.product_id', ${PRODUCT} } | 'ship.to.p': { localField: 'ship.product_id', ${PRODUCT} } | p: { localField: 'ship.to.product_id', ${PRODUCT} } | p: { localField: 'ship.liked', ${PRODUCT}, skip: 1 } | 'rows.p': { localField: 'rows.product_id', ${PRODUCT}, justOne: true } | 'rows.p': { localField: 'rows.product_id', ${PRODUCT}, limit: 1 } | 'rows.product_id': { localField: 'rows.product_id', ${PRODUCT} } | p: { localField: 'rows.product_id', ${PRODUCT} }
  'items.p': { localField: 'liked', ${PRODUCT} } | 'items.p': { localField: 'items', ${PRODUCT} } | 'ship.p': { localField: 'liked', ${PRODUCT} } | 'nothing.p': { localField: 'liked', ${PRODUCT} } | 'nothing.p': { localField: 'nothing.x', ${PRODUCT} } | code: { localField: 'liked', ${PRODUCT} } | cost: { localField: 'liked', ${PRODUCT} } | stock: { localField: 'liked', ${PRODUCT} } | settings: { localField: 'liked', ${PRODUCT} } | 'settings.x': { localField: 'liked', ${PRODUCT} } | ship: { localField: 'liked', ${PRODUCT} } | 'ship.city': { localField: 'ship.product_id', ${PRODUCT} } | 'items.name': { localField: 'items.product_id', ${PRODUCT} } | agent: { localField: 'liked', ${PRODUCT} }
  '': { localField: 'liked', ${PRODUCT} } | $p: { localField: 'liked', ${PRODUCT} } | 'a..b': { localField: 'liked', ${PRODUCT} } | '7': { localField: 'liked', ${PRODUCT} } | _bsontype: { localField: 'liked', ${PRODUCT} } | 'ship.$x': { localField: 'ship.product_id', ${PRODUCT} } | 'ship.7': { localField: 'ship.product_id', ${PRODUCT} } | 'p\\0': { localField: 'liked', ${PRODUCT} } | ['__proto__']: { localField: 'liked', ${PRODUCT} } | joined0: { localField: 'liked', ${PRODUCT} } | joinedKey: { localField: 'liked', ${PRODUCT} }
  p: { localField: 'cost', ${PRODUCT} } | p: { localField: 'memo', ${PRODUCT} } | p: { localField: 'nothing', ${PRODUCT} } | p: { localField: '', ${PRODUCT} } | p: { localField: 'a..b', ${PRODUCT} } | p: { localField: 1, ${PRODUCT} } | p: { ${PRODUCT} } | p: { localField: 'ship', ${PRODUCT} } | p: { localField: 'liked', from: 'products', foreignField: 'stock', projection: ['label'] } | p: { localField: 'liked', from: 'products', foreignField: 'nothing', projection: ['label'] } | p: { localField: 'liked', from: 'products', foreignField: '', projection: ['label'] } | p: { localField: 'liked', from: 'products', foreignField: 1, projection: ['label'] } | p: { localField: 'liked', from: 'products', projection: ['label'] }
  p: { localField: 'liked', from: 'other', foreignField: '_id', projection: ['label'] } | p: { localField: 'liked', from: 1, foreignField: '_id', projection: ['label'] } | p: { localField: 'liked', foreignField: '_id', projection: ['label'] } | p: { localField: 'liked', from: 'products', foreignField: '_id' } | p: { localField: 'liked', from: 'products', foreignField: '_id', projection: ['stock'] } | p: { localField: 'liked', from: 'products', foreignField: '_id', projection: [] } | p: { localField: 'liked', from: 'products', foreignField: '_id', projection: { label: 0 } } | p: { localField: 'liked', from: 'products', foreignField: '_id', projection: { label: 1, _id: 1 } }
  p: { localField: 'liked', ${PRODUCT}, x: 1 } | p: { localField: 'liked', ${PRODUCT}, justOne: 1 } | p: { localField: 'liked', ${PRODUCT}, justOne: null } | p: { localField: 'liked', ${PRODUCT}, skip: -1 } | p: { localField: 'liked', ${PRODUCT}, skip: 0 } | p: { localField: 'liked', ${PRODUCT}, skip: 0.5 } | p: { localField: 'liked', ${PRODUCT}, skip: '1' } | p: { localField: 'liked', ${PRODUCT}, limit: 0 } | p: { localField: 'liked', ${PRODUCT}, limit: -1 } | p: { localField: 'liked', ${PRODUCT}, limit: null } | p: { localField: 'liked', ${PRODUCT}, limit: '1' } | p: { localField: 'liked', ${PRODUCT}, sort: {} } | p: { localField: 'liked', ${PRODUCT}, sort: { stock: 1 } } | p: { localField: 'liked', ${PRODUCT}, sort: 1 }
  p: { localField: 'liked', ${PRODUCT}, filter: {} } | p: { localField: 'liked', ${PRODUCT}, filter: { stock: 3 } } | p: { localField: 'liked', ${PRODUCT}, filter: { secret: 's' } } | p: { localField: 'liked', ${PRODUCT}, filter: null } | p: { localField: 'liked', ${PRODUCT}, filter: { $expr: true } } | p: { localField: 'liked', ${PRODUCT}, filter: trusted({ secret: 's' }) } | p: 1 | p: null | p: [] | p: {} | p: undefined | p: { localField: 'liked', ${PRODUCT}, filter: { _id: ID } } | p: { localField: 'liked', ${PRODUCT}, sort: [['price', 1]], limit: 2 } | p: { localField: 'liked', ${PRODUCT}, populate: 1 } | p: { localField: 'liked', ${PRODUCT}, populate: {} } | p: { localField: 'liked', ${PRODUCT}, populate: undefined }
  p: { localField: 'liked', ${PRODUCT}, populate: { m: { localField: 'maker', from: 'users', foreignField: 'name', projection: ['age'], justOne: true } } } | p: { localField: 'liked', ${PRODUCT}, populate: { maker: { localField: 'maker', from: 'users', foreignField: 'name', projection: ['age', 'id'], justOne: true } } } | p: { localField: 'liked', ${PRODUCT}, populate: { likes: { localField: 'likes', from: 'users', foreignField: 'badge', projection: ['name'], sort: { name: 1 }, limit: 2 } } } | p: { localField: 'liked', ${PRODUCT}, populate: { joinedKey: { localField: 'likes', from: 'users', foreignField: 'badge', projection: ['name'] } } }
  p: { localField: 'liked', ${PRODUCT}, populate: { 'parts.x': { localField: 'likes', from: 'users', foreignField: 'badge', projection: ['name'] } } } | u: { localField: 'buyer', ${USER}, populate: { friends: { localField: 'friends', ${USER}, populate: { friends: { localField: 'friends', ${USER} } } } } } | u: { localField: 'buyer', ${USER}, justOne: true, populate: { 'team.lead': { localField: 'team.lead', ${USER}, justOne: true } } } | u: { localField: 'buyer', from: 'users', foreignField: 'id', projection: ['team.name'], justOne: true, populate: { 'team.lead': { localField: 'team.lead', ${USER}, justOne: true } } } | u: { localField: 'buyer', ${USER}, populate: { f: { localField: 'secret', ${USER} } } }
`;

/** Several fields. */
const WHOLE = `
  { u: { localField: 'buyer', ${USER} }, buyer: { localField: 'buyer', ${USER}, justOne: true } } | { buyer: { localField: 'buyer', ${USER}, justOne: true }, u: { localField: 'buyer', ${USER} } } | { p: { localField: 'liked', ${PRODUCT} }, liked: { localField: 'liked', ${PRODUCT}, justOne: true }, q: { localField: 'liked', ${PRODUCT}, limit: 1 } } | { p: { localField: 'liked', ${PRODUCT} }, 'p.x': { localField: 'p.y', ${PRODUCT} } } | { joined0: { localField: 'liked', ${PRODUCT} }, joined1: { localField: 'agent', ${USER} } }
  { 'joined0.x': { localField: 'liked', ${PRODUCT} } } | { 'ship.p': { localField: 'ship.product_id', ${PRODUCT} }, 'ship.agent': { localField: 'ship.agent', ${USER}, justOne: true }, 'items.p': { localField: 'items.product_id', ${PRODUCT}, justOne: true } } | { 'ship.p': { localField: 'ship.product_id', ${PRODUCT} }, ship: { localField: 'agent', ${USER} } } | { 'ship.p': { localField: 'ship.product_id', ${PRODUCT} }, 'ship.p.x': { localField: 'ship.p.y', ${USER} } } | {} | 1 | null | [] | undefined | 'u' | new Map()
`;

const nested = (depth: number): string =>
  depth === 0
    ? `{ localField: 'friends', ${USER} }`
    : `{ localField: 'friends', ${USER}, populate: { f: ${nested(depth - 1)} } }`;

const PROJECTIONS = `
  ['code'] | ['code', 'ship', 'items', 'rows'] | ['buyer', 'tags', 'ship.agent', 'items.ref'] | { ship: { x: 1 } } | [] | undefined | { code: 0 } | ['cost'] | ['ship.to.zip'] | ['id']
`;

const OPTIONS = `
  sort: { amount: -1 } | sort: { cost: 1 }, limit: 1 | sort: { note: 1 } | sort: {} | limit: 0 | limit: 2, skip: 1 | skip: -1 | skip: 0 | limit: '1' | collation: { locale: 'en' } | collation: { locale: 'simple' } | trusted: trusted({ filter: { cost: 5 } }) | trusted: trusted({ filter: { cost: 5 }, joins: { users: { badge: 7 } } }) | trusted: trusted({ joins: { users: { badge: 8 } } }) | trusted: trusted({ joins: { products: {} } }) | trusted: {} | let: {} | batchSize: 1 | maxTimeMS: 9000 | hint: 'x' | ejson: 'relaxed' | comment: 'x' | allowDiskUse: true
`;

const FILTERS = `
  {} | { code: 'tea' } | { cost: 5 } | { note: 'n' } | null | trusted({ cost: 5 }) | trusted({ secret: op({ $exists: false }) }) | { $expr: true } | everything | { _id: ID } | [] | undefined | { amount: { $gt: 1 } } | { amount: op({ $gt: 1 }) }
`;

const read = (filter: string, options: string): string =>
  `return await O.findPopulated(${filter}, { ${options} }).toArray();`;
const EACH = `projection: ['code', 'ship.city', 'ship.to.zip', 'items.name', 'rows.n']`;
const ONE = `populate: { u: { localField: 'buyer', ${USER} } }`;

/** Which joins fit a projection. */
const FITTING = [
  `u: { localField: 'buyer', ${USER}, justOne: true }`,
  `buyer: { localField: 'buyer', ${USER}, justOne: true }`,
  `'ship.agent': { localField: 'ship.agent', ${USER}, justOne: true }`,
  `'items.ref': { localField: 'items.ref', ${USER} }`,
  `'rows.p': { localField: 'rows.product_id', ${PRODUCT} }`,
  `tags: { localField: 'tags', from: 'labels', foreignField: '_id', projection: ['color'] }`,
  `'ship.to.p': { localField: 'ship.to.product_id', ${PRODUCT} }`,
];

export const POPULATE: AnswerList = {
  name: 'populate',
  world: SHOP,
  calls: distinct(
    listed(JOINS).map((join) => read('{}', `${EACH}, populate: { ${join} }`)),
    listed(WHOLE).map((joins) => read('{}', `${EACH}, populate: ${joins}`)),
    [2, 3, 4].map((depth) =>
      read(
        `{ code: 'tea' }`,
        `projection: ['code'], populate: { u: { localField: 'buyer', ${USER}, populate: { f: ${nested(depth)} } } }`,
      ),
    ),
    listed(PROJECTIONS).flatMap((projection) =>
      FITTING.map((join) => read(`{ code: 'tea' }`, `projection: ${projection}, populate: { ${join} }`)),
    ),
    listed(OPTIONS).map((option) => read('{}', `projection: ['code'], ${ONE}, ${option}`)),
    listed(OPTIONS).map((option) =>
      read('{}', `projection: ['code'], populate: { p: { localField: 'liked', ${PRODUCT} } }, ${option}`),
    ),
    listed(FILTERS).map((filter) => read(filter, `projection: ['code'], ${ONE}`)),
    listed(FILTERS).map((filter) =>
      read(filter, `projection: ['code'], ${ONE}, trusted: trusted({ joins: { users: {} } })`),
    ),
    [
      read('{}', `projection: ['code']`),
      read('{}', ONE),
      `return await O.findPopulated().toArray();`,
      `return await O.findPopulated({}, null).toArray();`,
      `return await lone.findPopulated({}, { projection: ['code'], ${ONE} }).toArray();`,
      `return await plain.findPopulated({}, { projection: ['code'], ${ONE} }).toArray();`,
      `return await parts.findPopulated({}, { projection: ['x'], populate: { l: { localField: 'x', from: 'labels', foreignField: '_id', projection: ['color'] } } }).toArray();`,
      `return await parts.findPopulated({}, { projection: ['_id.a'], populate: { l: { localField: '_id.a', from: 'labels', foreignField: '_id', projection: ['_id'] } } }).toArray();`,
      `return await parts.findPopulated({}, { projection: ['_id.a'], populate: { '_id.l': { localField: '_id.a', from: 'labels', foreignField: '_id', projection: ['_id'] } } }).toArray();`,
      `return await labels.findPopulated({}, { projection: { _id: 1 }, populate: { _id: { localField: '_id', from: 'orders', foreignField: 'code', projection: ['code'] } } }).toArray();`,
      `return await labels.findPopulated({}, { projection: ['color'], populate: { o: { localField: '_id', from: 'orders', foreignField: 'tags', projection: ['code'], sort: { code: 1 } } } }).toArray();`,
      `return await products.findPopulated({}, { projection: ['label', 'parts.size'], populate: { likes: { localField: 'likes', from: 'users', foreignField: 'badge', projection: ['name'] } } }).toArray();`,
      `return await products.findPopulated({}, { projection: ['label'], populate: { o: { localField: '_id', from: 'orders', foreignField: 'liked', projection: ['code'], sort: { code: 1 } } } }).toArray();`,
      `return await U.findPopulated({}, { projection: ['name'], populate: { o: { localField: 'id', from: 'orders', foreignField: 'buyer', projection: ['code'] }, friends: { localField: 'friends', ${USER}, sort: { name: -1 } } } }).toArray();`,
      `return await D.findPopulated({}, { projection: ['amount'], populate: {} }).toArray();`,
    ],
  ),
};
