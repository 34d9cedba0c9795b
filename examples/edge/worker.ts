import { MongoClient } from 'mongodb';
import { createSafeDb, defineView } from 'safe-collection';

interface Product {
  sku: string;
  name: string;
  price: number;
  purchase_price: number;
}

const productView = defineView<Product>()({ public: { sku: 1, name: 1, price: 1 } });

/** Answers `GET /products/lamp`. A Worker can't use a connection that another request opened, so each request opens its own. */
export default {
  async fetch(request: Request, { MONGODB_URI }: { readonly MONGODB_URI: string }): Promise<Response> {
    const sku = decodeURIComponent(new URL(request.url).pathname.replace(/^\/products\//, ''));
    const client = new MongoClient(MONGODB_URI, { maxPoolSize: 1 });
    try {
      const { products } = createSafeDb(client.db(), { products: productView });
      const product = await products.findOneJson({ sku }, { projection: productView });
      return product?.response() ?? new Response('no such product', { status: 404 });
    } finally {
      await client.close();
    }
  },
};
