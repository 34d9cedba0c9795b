import { type DynamicModule, Module } from '@nestjs/common';
import type { Db } from 'mongodb';

import { openShop, type Products } from '../shop/open-shop.ts';

/** The token under which the collection is injected: `@Inject(PRODUCTS) products: Products`. */
export const PRODUCTS = Symbol('products');

/** Provides safe collections. The raw database stays in this file: nothing that is injected leads back to it. */
@Module({})
export class SafeShopModule {
  static forShop(db: Db, shop_id: string): DynamicModule {
    const useFactory = (): Products => openShop(db, shop_id).products;
    return { module: SafeShopModule, providers: [{ provide: PRODUCTS, useFactory }], exports: [PRODUCTS] };
  }
}
