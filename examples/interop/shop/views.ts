import type { ObjectId } from 'mongodb';
import { defineView } from 'safe-collection';

/** What is stored. Only the fields in the view ever leave the library. */
export interface Product {
  _id: ObjectId;
  shop_id: string;
  sku: string;
  name: string;
  price: number;
  added_at: Date;
  supplier: { city: string; contract: string };
  purchase_price: number;
}

export const productView = defineView<Product>()({
  public: { sku: 1, name: 1, price: 1, added_at: 1, 'supplier.city': 1 },
  writable: { name: 1, price: 1 },
  scope: { shop_id: 1 },
});
