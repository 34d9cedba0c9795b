import type { Db } from 'mongodb';
import { createSafeDb, type CollectionOf } from 'safe-collection';

import { productView } from './views.ts';

/** The products of one shop. */
export type Products = CollectionOf<typeof productView>;

/** The collections of one shop: made once for each request, with the shop of the session. */
export function openShop(db: Db, shop_id: string) {
  return createSafeDb(db, { products: productView }).scoped({ shop_id });
}
