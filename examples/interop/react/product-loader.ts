import { sendable } from 'safe-collection';

import type { Products } from '../shop/open-shop.ts';
import { productView } from '../shop/views.ts';

/** A loader as Remix and React Router call it: from a request to a response, whose body is checked. */
export function productLoader(products: Products) {
  return async ({ params }: { readonly params: { readonly sku?: string } }): Promise<Response> => {
    const product = await products.findOne({ sku: params.sku ?? '' }, { projection: productView });
    if (product === null) return new Response('Not Found', { status: 404 });
    return Response.json(sendable(product));
  };
}
