import { TRPCError } from '@trpc/server';
import { expect, it } from 'vitest';

import { productRouter } from '../trpc/router.ts';
import { seededShop } from './support/seeded-shop.ts';

const { products } = seededShop();
const caller = productRouter.createCaller({ products });

it('a procedure returns what its output schema, made by the view, allows', async () => {
  const product = await caller.bySku({ sku: 'lamp' });
  expect(product).toEqual({ sku: 'lamp', name: 'The lamp', price: 80 });
  const price: number = product.price;
  expect(price).toBe(80);
  // @ts-expect-error: the output of the procedure has no such field.
  expect(product.purchase_price).toBeUndefined();
});

it('an output with another field is an error, and is not sent', async () => {
  const careless = productRouter.createCaller({
    products: { findOne: async () => ({ sku: 'lamp', name: 'x', price: 1, purchase_price: 1 }) } as never,
  });
  await expect(careless.bySku({ sku: 'lamp' })).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
});

it('a refused call is a bad request, and the message has no stored value', async () => {
  const refused = await caller.sortedBy({ field: 'purchase_price' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TRPCError);
  expect(refused).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('not sortable') });
});
