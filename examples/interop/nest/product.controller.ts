import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common';

import type { Products } from '../shop/open-shop.ts';
import { productView } from '../shop/views.ts';
import { PRODUCTS } from './safe-shop.module.ts';

@Controller('products')
export class ProductController {
  readonly #products: Products;

  constructor(@Inject(PRODUCTS) products: Products) {
    this.#products = products;
  }

  /** `?fields=sku,price` chooses what is read; a field that is not public is refused. */
  @Get()
  async list(@Query('fields') fields = 'sku,name') {
    const projection = productView.selectFields(fields.split(','));
    return await this.#products.find({}, { projection, sort: { sku: 1 }, limit: 50 }).toArray();
  }

  @Get(':sku')
  async one(@Param('sku') sku: string) {
    const product = await this.#products.findOne({ sku }, { projection: productView });
    if (product === null) throw new NotFoundException();
    return product;
  }
}
