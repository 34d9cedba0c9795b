import { createElement, type ReactNode } from 'react';

import type { Products } from '../shop/open-shop.ts';
import type { productView } from '../shop/views.ts';
import type { Exposed, Projected } from 'safe-collection';

/** Takes only what came through the view: a raw document is no `Exposed`, so it does not compile here. */
type Card = Projected<typeof productView, { sku: 1; name: 1; price: 1 }>;

function ProductCard({ product }: { readonly product: Card }): ReactNode {
  return createElement('li', null, `${product.name}: ${product.price}`);
}

/** A Server Component: it reads, and what it passes on to components of the client is what the view returns. */
export async function ProductList({ products }: { readonly products: Products }): Promise<ReactNode> {
  const found = await products
    .find({}, { projection: ['sku', 'name', 'price'], sort: { price: 1 }, limit: 10 })
    .toArray();
  return createElement(
    'ul',
    null,
    found.map((product) =>
      createElement(ProductCard, { key: product.sku, product: product satisfies Exposed<object> }),
    ),
  );
}
