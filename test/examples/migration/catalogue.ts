import { describe, expect, it } from 'vitest';

import type { ShopModule } from './running-shop.ts';
import { useShop } from './use-shop.ts';

export function testCatalogue(load: () => Promise<ShopModule>): void {
  describe('catalogue', () => {
    const shop = useShop(load);

    const found = async (query: string) => {
      const { total, products } = (await shop().front('GET', `/products?${query}`)).body as {
        total: number;
        products: { sku: string }[];
      };
      return { total, skus: products.map(({ sku }) => sku) };
    };

    it('filters, sorts and pages', async () => {
      const { product } = shop();
      const category = 'desks';
      const cheap = await product({ category, price: 1_000, title: 'Plain (desk)', tags: ['wood'] });
      const middle = await product({ category, price: 3_000, title: 'Desk', tags: ['steel'] });
      const dear = await product({ category, price: 9_000, title: 'Writing desk', tags: ['wood', 'old'] });
      expect(await found(`category=${category}`)).toEqual({ total: 3, skus: [cheap.sku, middle.sku, dear.sku] });
      expect(await found(`category=${category}&sort=-price&limit=2`)).toEqual({
        total: 3,
        skus: [dear.sku, middle.sku],
      });
      expect(await found(`category=${category}&limit=2&page=2`)).toEqual({ total: 3, skus: [dear.sku] });
      expect(await found(`category=${category}&min=2000`)).toEqual({ total: 2, skus: [middle.sku, dear.sku] });
      expect(await found(`category=${category}&min=2000&max=8000`)).toEqual({ total: 1, skus: [middle.sku] });
      expect(await found(`category=${category}&tag=wood`)).toEqual({ total: 2, skus: [cheap.sku, dear.sku] });
      expect(await found(`category=${category}&q=writing`)).toEqual({ total: 1, skus: [dear.sku] });
      expect(await found(`category=${category}&q=(desk)`)).toEqual({ total: 1, skus: [cheap.sku] });
      expect(await shop().front('GET', '/products?sort=cost_price')).toMatchObject({ status: 400 });
      expect(await shop().front('GET', '/products?limit=none')).toMatchObject({ status: 400 });
    });

    it('shows a product with others of its category', async () => {
      const { product, front } = shop();
      const one = await product({ category: 'chairs', title: 'Chair' });
      const other = await product({ category: 'chairs', title: 'Stool' });
      expect((await front('GET', `/products/${one.slug}`)).body).toMatchObject({
        product: { sku: one.sku, title: 'Chair', price: 2_000 },
        related: [{ slug: other.slug, title: 'Stool' }],
      });
      expect(await front('GET', '/products/none')).toMatchObject({ status: 404 });
    });

    it('lists categories with their tags', async () => {
      const { product, front } = shop();
      await product({ category: 'shelves', tags: ['oak', 'tall'] });
      await product({ category: 'shelves', tags: ['oak'] });
      const lists = (await front('GET', '/categories')).body as { category: string; tags: string[] }[];
      expect(lists.find(({ category }) => category === 'shelves')?.tags.toSorted()).toEqual(['oak', 'tall']);
    });

    it('suggests titles by how they begin', async () => {
      const { product, front } = shop();
      const { slug } = await product({ title: 'Zither' });
      await product({ title: 'A zither' });
      expect((await front('GET', '/suggest?q=zit')).body).toEqual([{ title: 'Zither', slug }]);
    });

    it('publishes reviews of buyers once they are looked at, and rates the product', async () => {
      const { product, front, office, customer, paidOrder } = shop();
      const { sku, slug } = await product();
      const [buyer, visitor] = [await customer(), await customer()];
      await paidOrder(buyer.token, sku);
      const review = { rating: 4, title: 'Bright', text: 'It shines indeed.' };
      expect(await front('POST', `/products/${slug}/reviews`, review, visitor.token)).toMatchObject({ status: 403 });
      expect(await front('POST', `/products/${slug}/reviews`, { ...review, rating: 6 }, buyer.token)).toMatchObject({
        status: 400,
      });
      const { id } = (await front('POST', `/products/${slug}/reviews`, review, buyer.token)).body as { id: string };
      expect((await front('GET', `/products/${slug}/reviews`)).body).toMatchObject({
        rating: { count: 0 },
        reviews: [],
      });

      expect((await office('GET', '/reviews/pending')).body).toMatchObject([
        { title: 'Bright', author: buyer.username },
      ]);
      expect((await office('POST', `/reviews/${id}/moderate`, { status: 'published', reason: 'fine' })).body).toEqual({
        status: 'published',
        title: 'Bright',
      });
      expect(await office('POST', `/reviews/${id}/moderate`, { status: 'rejected', reason: 'late' })).toMatchObject({
        status: 404,
      });
      expect((await front('GET', `/products/${slug}/reviews`)).body).toMatchObject({
        rating: { average: 4, count: 1 },
        reviews: [{ title: 'Bright', rating: 4, author: buyer.username }],
      });

      expect((await front('POST', `/reviews/${id}/helpful`)).body).toEqual({ helpful: 1 });
      expect(await front('POST', '/reviews/none/helpful')).toMatchObject({ status: 400 });
      expect((await front('POST', `/reviews/${id}/report`, { reason: 'rude' }, visitor.token)).body).toEqual({
        reported: true,
      });
      expect((await front('POST', `/reviews/${id}/report`, { reason: 'rude' }, visitor.token)).body).toEqual({
        reported: false,
      });
      expect((await office('GET', '/reviews/reported')).body).toEqual([
        { title: 'Bright', author: buyer.username, reports: 1 },
      ]);
      expect((await office('GET', `/reports/ratings/${sku}`)).body).toEqual([{ rating: 4, count: 1 }]);
    });
  });
}
