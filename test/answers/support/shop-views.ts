import { defineView, opaqueId, subtree } from 'safe-collection';

/** Views of a shop, with each kind of field that a pipeline can meet. */
const loose = defineView as () => (spec: object) => object;

/** Where the orders of both views have arrays. */
const ARRAYS = {
  tags: 1,
  flex: [0, 1],
  grid: 2,
  'ship.notes': 1,
  items: 1,
  'items.marks': 1,
  rows: 2,
  'rows.inner': [0, 1],
} as const;

export const userView = loose()({
  name: 'user',
  public: { id: opaqueId('_id'), name: 1, age: 1, 'team.name': 1, 'team.lead': opaqueId('team.lead_id') },
  joinable: { friends: 1, badge: 1, age: 0 },
  arrays: { friends: 1 },
});

export const productView = loose()({
  name: 'product',
  public: { label: 1, price: 1, maker: 1, 'parts.size': 1, joined0: 1 },
  writable: { joined1: 1 },
  filterable: { stock: 1 },
  joinable: { likes: 1, stock: 0 },
  arrays: { likes: 1, parts: 1 },
});

/** Its `_id` is a text, and public. */
export const labelView = loose()({ name: 'label', public: { _id: 1, color: 1 }, joinable: { color: 0 } });

export const orderView = loose()({
  name: 'order',
  public: {
    id: opaqueId('_id'),
    buyer: opaqueId('buyer_id', userView as never),
    code: 1,
    amount: 1,
    price: 1,
    at: 1,
    open: 1,
    tags: 1,
    flex: 1,
    grid: 1,
    note: 1,
    memo: 1,
    'ship.agent': opaqueId('ship.agent_id', userView as never),
    'ship.city': 1,
    'ship.days': 1,
    'ship.notes': 1,
    'ship.to.zip': 1,
    'items.ref': opaqueId('items.ref_id', userView as never),
    'items.name': 1,
    'items.count': 1,
    'items.marks': 1,
    'rows.n': 1,
    'rows.inner.m': 1,
    settings: subtree,
    'extra.more': subtree,
    'scores.2024': 1,
  },
  writable: { code: 1, stock: 1 },
  filterable: { cost: 1, note: 0, 'ship.days': 0 },
  sortable: { cost: 1, note: 0, 'ship.days': 0 },
  joinable: {
    liked: 1,
    cost: 0,
    agent: 1,
    memo: 0,
    'items.product_id': 1,
    'ship.product_id': 1,
    'ship.to.product_id': 1,
    'rows.product_id': 1,
    'ship.liked': 1,
    'items.label': 1,
  },
  arrays: {
    ...ARRAYS,
    liked: 1,
    'ship.liked': 1,
  },
});

/** Orders without opaque ids. */
export const flatView = loose()({
  name: 'flat',
  public: {
    code: 1,
    amount: 1,
    at: 1,
    tags: 1,
    flex: 1,
    grid: 1,
    note: 1,
    'ship.city': 1,
    'ship.days': 1,
    'ship.notes': 1,
    'ship.to.zip': 1,
    'items.name': 1,
    'items.count': 1,
    'items.marks': 1,
    'rows.n': 1,
    'rows.inner.m': 1,
    settings: subtree,
    'extra.more': subtree,
  },
  filterable: { note: 0, 'ship.days': 0 },
  sortable: { note: 0, 'ship.days': 0 },
  joinable: { note: 0, 'ship.days': 0, agent: 1 },
  arrays: ARRAYS,
});

/** Without opaque ids, and with operators as plain objects. */
export const plainView = loose()({
  name: 'plain',
  operators: 'plain',
  public: { _id: 1, code: 1, amount: 1, tags: 1 },
  arrays: { tags: 1 },
});

/** The id has parts. */
export const partView = loose()({ name: 'part', public: { '_id.a': 1, '_id.b': 1, x: 1 }, filterable: { '_id.b': 0 } });
