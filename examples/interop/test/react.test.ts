import { createElement } from 'react';
import { renderToReadableStream } from 'react-dom/server.browser';
import { expect, it } from 'vitest';

import { productLoader } from '../react/product-loader.ts';
import { ProductList } from '../react/product-list.ts';
import { seededShop, SECRET } from './support/seeded-shop.ts';

const { products } = seededShop();

it('a Server Component renders what the view returns', async () => {
  const stream = await renderToReadableStream(createElement(ProductList, { products }));
  await stream.allReady;
  const html = await new Response(stream).text();
  expect(html).toContain('The tea: ');
  expect(html.indexOf('tea')).toBeLessThan(html.indexOf('lamp'));
  expect(html).not.toMatch(SECRET);
});

it('a loader answers with a checked body', async () => {
  const load = productLoader(products);
  const response = await load({ params: { sku: 'lamp' } });
  expect(await response.json()).toEqual({
    sku: 'lamp',
    name: 'The lamp',
    price: 80,
    added_at: '2026-03-14T09:26:53.000Z',
    supplier: { city: 'London' },
  });
  expect((await load({ params: { sku: 'SECRET-LAMP' } })).status).toBe(404);
});
