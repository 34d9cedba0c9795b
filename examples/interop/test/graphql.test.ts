import { graphql } from 'graphql';
import { expect, it } from 'vitest';

import { productSchema } from '../graphql/product-schema.ts';
import { seededShop, SECRET } from './support/seeded-shop.ts';

const { products, commands } = seededShop();
const ask = (source: string) => graphql({ schema: productSchema, source, contextValue: { products } });

it('resolves the fields of a query', async () => {
  const { data, errors } = await ask('{ products { sku price city } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    products: [
      { sku: 'tea', price: 4, city: 'London' },
      { sku: 'lamp', price: 80, city: 'London' },
    ],
  });
  expect(JSON.stringify(data)).not.toMatch(SECRET);
});

it('reads only what the query asks for', async () => {
  commands.length = 0;
  await ask('{ products(limit: 1) { name } }');
  expect(commands.map(({ command }) => command['projection'] as unknown)).toEqual([{ _id: 0, name: 1 }]);
});

it('a refused call is an error of the query, without a stored value', async () => {
  const { errors } = await ask('{ products(limit: 0) { name } }');
  expect(errors?.[0]?.originalError).toMatchObject({ code: 'option_value' });
});

it('a private field is no field of the schema', async () => {
  const { errors } = await ask('{ products { purchase_price } }');
  expect(errors?.[0]?.message).toContain('Cannot query field');
});
