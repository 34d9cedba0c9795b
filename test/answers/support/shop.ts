import { Binary, BSONRegExp, Code, DBRef, Decimal128, Long, ObjectId, type Db } from 'mongodb';
import { createSafeDb, SafeCollection } from 'safe-collection';

import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';
import { flatView, labelView, orderView, partView, plainView, productView, userView } from './shop-views.ts';

const SEAL = { sealKeys: [Buffer.alloc(32, 9)] };

const USERS = [
  {
    _id: idOf(1),
    name: 'ada',
    age: 40,
    team: { name: 'red', lead_id: idOf(2) },
    friends: [idOf(2), idOf(3)],
    badge: 7,
  },
  { _id: idOf(2), name: 'bob', age: 30, friends: [], badge: 8, secret: 's' },
  { _id: idOf(3), name: 'cyd', team: null, badge: 7 },
];

const PRODUCTS = [
  { _id: idOf(11), label: 'tea', price: 2, maker: 'ada', likes: [7, 8], stock: 3, parts: [{ size: 1, secret: 's' }] },
  { _id: idOf(12), label: 'cup', price: 5, maker: 'bob', likes: [8], stock: 0, joined0: 'x' },
  { _id: idOf(13), label: 'pot', price: 9, maker: 'ada', likes: 7, secret: 's' },
];

const LABELS = [
  { _id: 'hot', color: 'red' },
  { _id: 'new', color: 'blue', secret: 's' },
];

const ORDERS = [
  {
    _id: idOf(21),
    buyer_id: idOf(1),
    code: 'tea',
    amount: 2,
    price: 1.5,
    at: new Date(Date.UTC(2024, 1, 29, 13, 5, 7, 89)),
    open: true,
    tags: ['hot', 'new'],
    flex: 'f',
    grid: [[1, 2], [3]],
    note: 'n',
    memo: 'm',
    ship: {
      agent_id: idOf(2),
      city: 'Oslo',
      days: 3,
      notes: ['x', 'y'],
      to: { zip: 'z1', cost: 1, product_id: idOf(11) },
      cost: 7,
      product_id: idOf(12),
      liked: [idOf(13), idOf(11)],
    },
    items: [
      { ref_id: idOf(3), name: 'a', count: 1, marks: ['p'], product_id: idOf(11), label: 'hot', secret: 's' },
      { name: 'b', count: 5, marks: [], product_id: idOf(12) },
    ],
    rows: [
      [
        { n: 1, inner: { m: 1 }, product_id: idOf(13) },
        { n: 2, inner: [{ m: 2, s: 1 }] },
      ],
      [{ n: 3 }],
    ],
    settings: { theme: 'dark', deep: { list: [1, { a: 'b' }] } },
    extra: { more: { x: 1 }, less: 1 },
    scores: { '2024': 6, '2025': 9 },
    liked: [idOf(12), idOf(11), idOf(12)],
    agent: idOf(2),
    cost: 5,
  },
  {
    _id: idOf(22),
    buyer_id: null,
    code: 'cup',
    amount: 1,
    price: 4,
    at: new Date(Date.UTC(2023, 11, 31)),
    open: false,
    tags: [],
    flex: ['g', 'h'],
    ship: null,
    items: [],
    memo: null,
    rows: [],
    settings: 3,
    liked: [],
    agent: null,
    cost: 4,
  },
  {
    _id: idOf(23),
    code: 'ink',
    amount: 7,
    price: 0,
    at: new Date(0),
    tags: ['hot'],
    items: [{}],
    liked: idOf(13),
    cost: 9,
  },
];

const BROKEN = { secret: 'private' };

/** Other kinds of values than the view declares. */
const DRIFTED = [
  { _id: idOf(31), code: BROKEN, amount: 1, tags: ['a', BROKEN], ship: { city: BROKEN, notes: [[1]] }, items: BROKEN },
  {
    _id: idOf(32),
    code: ['x'],
    amount: 2,
    tags: 'a',
    ship: [{ city: 'y' }],
    items: [[{ name: 'a' }]],
    flex: [['deep']],
  },
  {
    _id: idOf(33),
    code: new Code('f'),
    amount: 3,
    note: new DBRef('users', idOf(1)),
    rows: [{ n: 1 }],
    grid: [1, [2]],
  },
  {
    _id: idOf(34),
    code: new Code('f', { a: 1 }),
    amount: 4,
    ship: 'text',
    buyer_id: 'text',
    memo: new BSONRegExp('a'),
  },
  {
    _id: idOf(35),
    code: Long.fromNumber(5),
    amount: 5,
    ship: { city: new Binary(Buffer.from([1])) },
    settings: [BROKEN],
  },
  { _id: idOf(36), code: Decimal128.fromString('1.5'), amount: 6, flex: [null, 'x'], rows: [[null, { n: null }]] },
];

const PARTS = [
  { _id: { a: 1, b: 'x' }, x: 1 },
  { _id: { a: 2, b: 'y', secret: 's' }, x: 2 },
];

/** Orders, and what they refer to. */
export const SHOP: AnswerWorld = {
  async store(db) {
    const stored = { users: USERS, products: PRODUCTS, labels: LABELS, orders: ORDERS, drifted: DRIFTED, parts: PARTS };
    for (const [name, documents] of Object.entries(stored)) {
      await db.collection(name).deleteMany({});
      await db.collection(name).insertMany(documents as never);
    }
  },
  names: namesOf,
};

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const views = { users: userView, products: productView, labels: labelView, orders: orderView };
  const open = createSafeDb as unknown as (
    db: Db,
    views: object,
    options?: object,
  ) => Readonly<Record<string, unknown>>;
  const shop = open(db, views, SEAL);
  return {
    O: shop['orders'],
    U: shop['users'],
    products: shop['products'],
    labels: shop['labels'],
    D: open(db, { drifted: orderView }, SEAL)['drifted'],
    F: open(db, { orders: flatView, labels: labelView, users: userView }, SEAL)['orders'],
    DF: open(db, { drifted: flatView })['drifted'],
    plain: open(db, { orders: plainView })['orders'],
    parts: open(db, { parts: partView, labels: labelView })['parts'],
    lone: new SafeCollection(db.collection('orders') as never, plainView as never),
    sorted,
    ID: idOf(21),
    BSONRegExp,
    Decimal128,
    Long,
    ObjectId,
  };
}

/** Documents that the server gives in no order. */
function sorted(documents: readonly unknown[]): readonly unknown[] {
  return documents.map((each) => JSON.stringify(each)).toSorted();
}
