import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Db } from 'mongodb';

import { ProductController } from './product.controller.ts';
import { RefusedCallFilter } from './refused-call.filter.ts';
import { SafeShopModule } from './safe-shop.module.ts';

@Module({})
export class AppModule {
  static forShop(db: Db, shop_id: string): DynamicModule {
    return {
      module: AppModule,
      imports: [SafeShopModule.forShop(db, shop_id)],
      controllers: [ProductController],
      providers: [{ provide: APP_FILTER, useClass: RefusedCallFilter }],
    };
  }
}
