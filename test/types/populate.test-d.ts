// Joined documents of findPopulated(): their names, their places and their types.
import type { Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, trusted, type Exposed, type SafeDb } from 'safe-collection';

import { a, compiles, type } from './assert.ts';

interface Vendor {
  _id: ObjectId;
  name: string;
  iban: string;
}
interface Product {
  _id: ObjectId;
  name: string;
  price?: number;
  cost: number;
  vendor: ObjectId;
}
interface Order {
  _id: ObjectId;
  number: number;
  buyer: ObjectId | null;
  picks: ObjectId[];
  note?: ObjectId;
  items?: { quantity: number; product_id: ObjectId; extras?: ObjectId[] }[];
  meta: { shop?: ObjectId; label: string };
  box: { parts: { piece_id: ObjectId; size: number }[] } | null;
}

const vendorView = defineView<Vendor>()({ public: { name: 1 } });
const productView = defineView<Product>()({ public: { name: 1, price: 1 }, joinable: { vendor: 1 } });
const orderView = defineView<Order>()({
  public: { number: 1, buyer: 1, 'items.quantity': 1, 'meta.label': 1, 'box.parts.size': 1 },
  joinable: { picks: 1, note: 1, 'items.product_id': 1, 'items.extras': 1, 'meta.shop': 1, 'box.parts.piece_id': 1 },
  arrays: { picks: 1, items: 1, 'items.extras': 1, 'box.parts': 1 },
});
const { orders } = createSafeDb(a<Db>(), { orders: orderView, products: productView, vendors: vendorView });

const PRODUCT = { from: 'products', foreignField: '_id', projection: ['name'] } as const;
const ONE = { ...PRODUCT, justOne: true } as const;
const VENDOR = { from: 'vendors', localField: 'vendor', foreignField: '_id', projection: ['name'], justOne: true } as const;

// Under the name of the reference: null if there is no document, missing if the reference may be.
type(orders.findPopulated({}, { projection: ['number', 'buyer'], populate: { buyer: { ...ONE, localField: 'buyer' } } }).toArray()).is<
  Promise<Exposed<{ number: number; buyer: { name: string } | null }>[]>
>();
type(orders.findPopulated({}, { projection: ['number'], populate: { note: { ...ONE, localField: 'note' } } }).toArray()).is<
  Promise<Exposed<{ number: number; note?: { name: string } | null }>[]>
>();
type(orders.findPopulated({}, { projection: ['number'], populate: { buyer: { ...PRODUCT, localField: 'buyer' } } }).toArray()).is<
  Promise<Exposed<{ number: number; buyer: { name: string }[] | null }>[]>
>();
type(orders.findPopulated({}, { projection: ['number'], populate: { picks: { ...PRODUCT, localField: 'picks' } } }).toArray()).is<
  Promise<Exposed<{ number: number; picks: { name: string }[] }>[]>
>();
type(
  orders
    .findPopulated({}, { projection: ['meta.label'], populate: { 'meta.shop': { ...ONE, from: 'vendors', localField: 'meta.shop' } } })
    .toArray(),
).is<Promise<Exposed<{ meta: { label: string; shop?: { name: string } | null } }>[]>>();

// In the elements of an array, under the reference's name or a new one.
type(
  orders
    .findPopulated(
      {},
      {
        projection: ['items.quantity', 'number'],
        populate: {
          'items.product_id': { ...ONE, localField: 'items.product_id' },
          'items.product': { ...ONE, localField: 'items.product_id' },
          'items.more': { ...PRODUCT, localField: 'items.extras' },
          'items.extras': { ...PRODUCT, localField: 'items.extras' },
        },
      },
    )
    .toArray(),
).is<
  Promise<
    Exposed<{
      number: number;
      items?: {
        quantity: number;
        product_id: { name: string } | null;
        product?: { name: string };
        more: { name: string }[];
        extras?: { name: string }[];
      }[];
    }>[]
  >
>();
type(
  orders
    .findPopulated({}, { projection: { box: 1 }, populate: { 'box.parts.piece': { ...ONE, localField: 'box.parts.piece_id' } } })
    .toArray(),
).is<Promise<Exposed<{ box?: { parts: { size: number; piece?: { name: string } }[] } }>[]>>();

// Nested, with a projection at each level.
type(
  orders
    .findPopulated(
      {},
      {
        projection: ['number'],
        populate: { picks: { ...PRODUCT, localField: 'picks', populate: { vendor: VENDOR, sellers: { ...VENDOR, justOne: false } } } },
      },
    )
    .toArray(),
).is<Promise<Exposed<{ number: number; picks: { name: string; vendor: { name: string } | null; sellers: { name: string }[] }[] }>[]>>();

const nested = { x: { ...ONE, localField: 'buyer', populate: { vendor: VENDOR } } } as const;
compiles(() => orders.findPopulated({}, { projection: ['number'], populate: nested, trusted: trusted({ joins: { products: {}, vendors: { iban: 'x' } } }) }));
// refused at trusted: trusted has no condition for 'vendors': add joins: { vendors: filter }
orders.findPopulated({}, { projection: ['number'], populate: nested, trusted: trusted({ joins: { products: {} } }) });
compiles(() => orders.findPopulated({}, { projection: ['number'], populate: { x: { ...ONE, localField: 'buyer', filter: { name: 'a' }, sort: { price: 1 } } } }));

// refused at number: 'number' already exists: join under another name, or under the name of the reference itself
orders.findPopulated({}, { projection: ['number'], populate: { number: { ...ONE, localField: 'buyer' } } });
// refused at note: 'note' already exists: join under another name
orders.findPopulated({}, { projection: ['number'], populate: { note: { ...ONE, localField: 'buyer' } } });
// refused: 'items.quantity' already exists
orders.findPopulated({}, { projection: { items: 1 }, populate: { 'items.quantity': { ...ONE, localField: 'items.product_id' } } });
// refused at items: 'items' already exists
orders.findPopulated({}, { projection: { items: 1 }, populate: { items: { ...ONE, localField: 'items.product_id' } } });
// refused at items.product: the projection has no field of 'items': name one, so that it is returned
orders.findPopulated({}, { projection: ['number'], populate: { 'items.product': { ...ONE, localField: 'items.product_id' } } });
// refused at items.buyer: the key of 'items.buyer' has to be in the same branch: a field of 'items'
orders.findPopulated({}, { projection: { items: 1 }, populate: { 'items.buyer': { ...ONE, localField: 'buyer' } } });
// refused at _id: '_id' can't be replaced: join under another name
orders.findPopulated({}, { projection: ['number'], populate: { _id: { ...ONE, localField: '_id' } } });
// refused at cost: 'cost' is not public in this view
orders.findPopulated({}, { projection: ['number'], populate: { x: { ...PRODUCT, localField: 'buyer', projection: { cost: 1 } } } });
// refused at iban: 'iban' is not public in this view
orders.findPopulated({}, { projection: ['number'], populate: { x: { ...ONE, localField: 'buyer', populate: { vendor: { ...VENDOR, projection: { iban: 1 } } } } } });
// refused at vendor: a field of populate takes from, localField, foreignField and projection
orders.findPopulated({}, { projection: ['number'], populate: { x: { ...ONE, localField: 'buyer', populate: { vendor: { from: 'vendors', localField: 'vendor', foreignField: '_id' } } } } });
// refused at localField: 'cost' is not joinable in this view
orders.findPopulated({}, { projection: ['number'], populate: { x: { ...ONE, localField: 'buyer', populate: { v: { ...VENDOR, localField: 'cost' } } } } });
// refused at foreignField: 'cost' is not joinable in the other view
orders.findPopulated({}, { projection: ['number'], populate: { x: { ...ONE, localField: 'buyer', foreignField: 'cost' } } });
// refused at price: 'price' already exists
orders.findPopulated({}, { projection: ['number'], populate: { x: { ...ONE, localField: 'buyer', populate: { price: VENDOR } } } });
