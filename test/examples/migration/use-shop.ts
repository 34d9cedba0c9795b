import { afterAll, beforeAll } from 'vitest';

import { openTestShop, type ShopModule, type TestShop } from './running-shop.ts';

/** A shop for the tests of one group. Each test makes the people and the products that it needs. */
export function useShop(load: () => Promise<ShopModule>): () => TestShop {
  let shop: TestShop | undefined;
  beforeAll(async () => {
    shop = await openTestShop(await load());
  });
  afterAll(() => shop?.stop());
  return () => {
    if (shop === undefined) throw new Error('The shop is not open.');
    return shop;
  };
}
