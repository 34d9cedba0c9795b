import { describe, expect, it } from 'vitest';

import type { ShopModule } from './running-shop.ts';
import { useShop } from './use-shop.ts';

export function testBackOffice(load: () => Promise<ShopModule>): void {
  describe('back office', () => {
    const shop = useShop(load);

    it('wants a key with the scope', async () => {
      const { office } = shop();
      expect(await office('GET', '/orders', undefined, 'sk_wrong')).toMatchObject({ status: 401 });
      const { key } = (await office('POST', '/keys', { name: 'reader', scopes: ['reports'], owner: 'bi@example.com' }))
        .body as { key: string };
      expect(await office('GET', '/reports/revenue', undefined, key)).toMatchObject({ status: 200 });
      expect(await office('GET', '/orders', undefined, key)).toMatchObject({ status: 403 });
      const keys = await office('GET', '/keys');
      expect(keys.body).toMatchObject([{ name: 'reader', scopes: ['reports'] }, { name: 'root' }]);
      expect(keys.text).not.toContain(key);
      expect((await office('DELETE', '/keys/reader')).body).toEqual({ revoked: true });
      expect((await office('DELETE', '/keys/reader')).body).toEqual({ revoked: false });
      expect(await office('GET', '/reports/revenue', undefined, key)).toMatchObject({ status: 401 });
    });

    it('notes when a key was used', async () => {
      const { office, db } = shop();
      await office('GET', '/reports/revenue');
      expect(await db.collection('api_keys').findOne({ name: 'root' })).toMatchObject({
        last_used_at: expect.any(Date),
      });
    });

    it('makes, edits, retires and removes a product', async () => {
      const { office, front, product } = shop();
      const { sku, slug } = await product();
      expect(await office('POST', '/products', { sku, slug: 'other', title: 'x' })).toMatchObject({ status: 409 });
      expect(
        (
          await office('PATCH', `/products/${sku}`, {
            title: 'Torch',
            tags: ['a', 'b'],
            stock: 99,
            rating: { average: 5, count: 99 },
          })
        ).body,
      ).toMatchObject({ sku, title: 'Torch', tags: ['a', 'b'], stock: 10, rating: { count: 0 } });
      expect(await office('PATCH', '/products/none', { title: 'x' })).toMatchObject({ status: 404 });
      expect(await office('DELETE', `/products/${sku}`)).toMatchObject({ status: 404 });
      expect((await office('POST', `/products/${sku}/retire`)).body).toEqual({ sku, stock: 10 });
      expect(await front('GET', `/products/${slug}`)).toMatchObject({ status: 404 });
      expect((await office('DELETE', `/products/${sku}`)).body).toEqual({ sku });
      expect(await office('GET', `/products/${sku}`)).toMatchObject({ status: 404 });
    });

    it('sets and raises prices, tags products', async () => {
      const { office, product } = shop();
      const [one, other] = [await product({ category: 'rugs' }), await product({ category: 'rugs' })];
      const priceOf = async (sku: string) =>
        ((await office('GET', `/products/${sku}`)).body as { price: number }).price;
      expect((await office('POST', '/prices', { [one.sku]: 1_500, none: 1 })).body).toEqual({ changed: 1 });
      expect((await office('POST', '/prices/raise', { category: 'rugs', percent: 100 })).body).toEqual({ changed: 2 });
      expect([await priceOf(one.sku), await priceOf(other.sku)]).toEqual([3_000, 4_000]);
      expect((await office('POST', '/tags', { skus: [one.sku, other.sku], tag: 'sale' })).body).toEqual({ changed: 2 });
      expect((await office('POST', '/tags', { skus: [one.sku], tag: 'sale' })).body).toEqual({ changed: 0 });
    });

    it('counts the stock', async () => {
      const { office, product } = shop();
      const { sku } = await product();
      expect((await office('POST', '/stock', { [sku]: 2, none: 7 })).body).toEqual({ changed: 1, unknown: ['none'] });
      expect((await office('POST', '/stock', { none: 7 })).body).toEqual({ changed: 0, unknown: ['none'] });
      expect((await office('GET', '/stock/low?below=3')).body).toMatchObject([{ sku, stock: 2 }]);
    });

    it('finds people', async () => {
      const { office, customer } = shop();
      const { username } = await customer();
      expect((await office('GET', `/users?q=${username.toUpperCase()}@&role=customer`)).body).toMatchObject({
        total: 1,
        users: [{ username }],
      });
      expect((await office('GET', `/users?q=${username}@&role=staff`)).body).toEqual({ total: 0, users: [] });
      expect((await office('POST', `/users/${username}/staff`)).body).toEqual({ ok: true });
      expect(await office('POST', `/users/${username}/staff`)).toMatchObject({ status: 404 });
      expect((await office('GET', `/users?q=${username}@&role=staff`)).body).toMatchObject({ total: 1 });
      expect((await office('GET', `/users/${username}`)).body).toMatchObject({
        user: { username },
        actions: ['register'],
      });
    });

    it('rates a risk, which is copied to new orders', async () => {
      const { office, customer, product, order, db } = shop();
      const { username, token } = await customer();
      expect(
        (await office('PATCH', `/users/${username}/risk`, { risk_score: 8, internal_notes: 'chargebacks' })).body,
      ).toEqual({ ok: true });
      expect((await office('GET', '/users/at-risk')).body).toMatchObject([{ username }]);
      const number = await order(token, (await product()).sku);
      expect(await db.collection('orders').findOne({ number })).toMatchObject({ fraud_score: 80 });
      expect((await office('GET', '/health')).body).toMatchObject({ suspicious: [number] });
      expect(await office('PATCH', '/users/none/risk', { risk_score: 1, internal_notes: '' })).toMatchObject({
        status: 404,
      });
    });

    it('lists the subscribers of the newsletter', async () => {
      const { office, front, customer } = shop();
      const { email, token } = await customer();
      await front('PATCH', '/me', { newsletter: true, locale: 'de' }, token);
      const { subscribers, locales } = (await office('GET', '/newsletter')).body as {
        subscribers: unknown[];
        locales: string[];
      };
      expect(subscribers).toEqual([{ email, locale: 'de' }]);
      expect(locales).toContain('de');
    });

    it('adds notes to an order, and finds orders', async () => {
      const { office, customer, product, order, db } = shop();
      const { username, token } = await customer();
      const { sku } = await product();
      const number = await order(token, sku);
      expect(await office('POST', `/orders/${number}/notes`, { note: 'called' })).toMatchObject({ status: 201 });
      expect(await office('POST', '/orders/none/notes', { note: 'called' })).toMatchObject({ status: 404 });
      expect(await db.collection('orders').findOne({ number })).toMatchObject({ internal_notes: ['called'] });
      expect((await office('GET', `/orders?sku=${sku}`)).body).toEqual({
        total: 1,
        orders: [{ number, status: 'pending', total: 2_490, buyer: username }],
      });
      expect((await office('GET', `/orders?sku=${sku}&status=paid`)).body).toEqual({ total: 0, orders: [] });
      expect((await office('GET', `/orders?sku=${sku}&from=2999-01-01`)).body).toEqual({ total: 0, orders: [] });
      expect((await office('GET', '/orders/latest')).body).toMatchObject({ order: { number } });
    });
  });
}
