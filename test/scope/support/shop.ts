import { randomBytes } from 'node:crypto';

import { ObjectId, type Db } from 'mongodb';
import { createSafeDb, defineView } from 'safe-collection';

/** A row of one tenant. */
export interface Order {
  _id: ObjectId;
  tenant_id: string;
  product: string;
  quantity: number;
  status: string;
  buyer_id: number;
  tags: string[];
  cost: number;
}

/** A row of one tenant, with another name for nothing: the scope of all views has one name. */
export interface Buyer {
  _id: ObjectId;
  tenant_id: string;
  number: number;
  name: string;
}

/** A row for everybody. */
export interface Product {
  _id: ObjectId;
  name: string;
  price: number;
}

export const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1, status: 1, buyer_id: 1, tags: 1 },
  writable: { product: 1, quantity: 1, status: 1, tags: 1 },
  arrays: { tags: 1 },
  scope: { tenant_id: 1 },
});

export const buyerView = defineView<Buyer>()({ public: { number: 1, name: 1 }, scope: { tenant_id: 1 } });

export const productView = defineView<Product>()({ public: { name: 1, price: 1 }, scope: 'shared' });

export const VIEWS = { orders: orderView, buyers: buyerView, products: productView };

const KEY = randomBytes(32);

export function shopOf(db: Db) {
  return createSafeDb(db, VIEWS, { sealKeys: [KEY] });
}

const PRODUCTS = ['lamp', 'tea', 'desk'];

/** Rows of a tenant. Their values are found in the rows of every other tenant too. */
export function rowsOf(tenant_id: string, count: number, seed = 0): { orders: Order[]; buyers: Buyer[] } {
  const orders = Array.from({ length: count }, (_, index) => ({
    _id: new ObjectId(),
    tenant_id,
    product: PRODUCTS[(index + seed) % 3] as string,
    quantity: (index * 7 + seed) % 10,
    status: index % 2 === 0 ? 'open' : 'paid',
    buyer_id: index % 4,
    tags: [`t${(index + seed) % 3}`, 'all'],
    cost: index,
  }));
  const buyers = Array.from({ length: 4 }, (_, number) => ({
    _id: new ObjectId(),
    tenant_id,
    number,
    name: `${tenant_id} ${number}`,
  }));
  return { orders, buyers };
}
