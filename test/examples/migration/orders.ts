import { describe, expect, it } from 'vitest';

import type { ShopModule } from './running-shop.ts';
import { useShop } from './use-shop.ts';

export function testOrders(load: () => Promise<ShopModule>): void {
  describe('orders', () => {
    const shop = useShop(load);

    const stockOf = async (sku: string) =>
      ((await shop().office('GET', `/products/${sku}`)).body as { stock: number }).stock;

    it('removes ordered items from the stock', async () => {
      const { front, customer, product, office } = shop();
      const { token } = await customer();
      const { sku } = await product();
      const placed = await front('POST', '/orders', { items: [{ sku, quantity: 3 }], address: 'home' }, token);
      expect(placed).toMatchObject({
        status: 201,
        body: { status: 'pending', totals: { items: 6_000, discount: 0, shipping: 0, total: 6_000 } },
      });
      expect(await stockOf(sku)).toBe(7);
      expect((await office('GET', `/stock/${sku}`)).body).toMatchObject([
        { change: -3, reason: 'sale', order_number: (placed.body as { number: string }).number },
      ]);
    });

    it('changes nothing if one product is out of stock', async () => {
      const { front, customer, product, db } = shop();
      const { token } = await customer();
      const [plenty, rare] = [await product(), await product({ stock: 1 })];
      const items = [
        { sku: plenty.sku, quantity: 2 },
        { sku: rare.sku, quantity: 2 },
      ];
      expect(await front('POST', '/orders', { items, address: 'home' }, token)).toMatchObject({
        status: 409,
        body: { error: `${rare.sku} is out of stock` },
      });
      expect([await stockOf(plenty.sku), await stockOf(rare.sku)]).toEqual([10, 1]);
      expect(await db.collection('orders').countDocuments({ 'items.sku': plenty.sku })).toBe(0);
      expect(await db.collection('stock_movements').countDocuments({ sku: plenty.sku })).toBe(0);
    });

    it.each([
      ['no item', { items: [], address: 'home' }, 400],
      ['an unknown product', { items: [{ sku: 'none', quantity: 1 }], address: 'home' }, 404],
      ['an unknown address', { items: [{ sku: 'none', quantity: 1 }], address: 'moon' }, 400],
    ])('refuses %s', async (_, cart, status) => {
      const { front, customer } = shop();
      const { token } = await customer();
      expect(await front('POST', '/orders', cart, token)).toMatchObject({ status });
      expect(await front('POST', '/orders', cart)).toMatchObject({ status: 401 });
    });

    it('shows each customer their own orders', async () => {
      const { front, customer, product, order, paidOrder } = shop();
      const [ada, eve] = [await customer(), await customer()];
      const { sku } = await product();
      const [pending, paid] = [await order(ada.token, sku), await paidOrder(ada.token, sku)];
      const numbers = async (query: string, token: string) =>
        ((await front('GET', `/orders${query}`, undefined, token)).body as { number: string }[]).map(
          ({ number }) => number,
        );
      expect(await numbers('', ada.token)).toEqual([paid, pending]);
      expect(await numbers('?status=paid', ada.token)).toEqual([paid]);
      expect(await numbers('', eve.token)).toEqual([]);
      expect(await front('GET', `/orders/${paid}`, undefined, ada.token)).toMatchObject({
        status: 200,
        body: { number: paid, status: 'paid', items: [{ sku, quantity: 1, unit_price: 2_000 }] },
      });
      expect(await front('GET', `/orders/${paid}`, undefined, eve.token)).toMatchObject({ status: 404 });
      expect(await front('POST', `/orders/${pending}/cancel`, undefined, eve.token)).toMatchObject({ status: 404 });
    });

    it('is paid once, and earns points', async () => {
      const { front, customer, product, order, shop: services } = shop();
      const { token } = await customer();
      const { sku } = await product({ price: 25_000 });
      const number = await order(token, sku);
      const payment = { intent: 'pi_7', fingerprint: 'fp_7' };
      expect((await front('POST', `/orders/${number}/pay`, payment, token)).body).toMatchObject({
        number,
        status: 'paid',
      });
      expect(await front('POST', `/orders/${number}/pay`, payment, token)).toMatchObject({ status: 409 });
      expect(await services.maintenance.setTiers()).toBe(1);
      expect((await front('GET', '/me', undefined, token)).body).toMatchObject({
        loyalty: { tier: 'silver', points: 250 },
      });
    });

    it('goes back into the stock when it is cancelled', async () => {
      const { front, office, customer, product, order } = shop();
      const { token, username } = await customer();
      const { sku } = await product();
      const number = await order(token, sku, 4);
      expect((await front('POST', `/orders/${number}/cancel`, undefined, token)).body).toMatchObject({
        number,
        status: 'cancelled',
      });
      expect(await stockOf(sku)).toBe(10);
      expect(await front('POST', `/orders/${number}/cancel`, undefined, token)).toMatchObject({ status: 409 });
      expect((await office('GET', `/orders/${number}`)).body).toMatchObject({
        order: { number, status: 'cancelled' },
        trail: [{ actor: username, action: 'cancel' }],
      });
    });

    it('takes a coupon off, once for each customer and until it is used up', async () => {
      const { front, office, customer, product, order } = shop();
      const [ada, eve, bob] = [await customer(), await customer(), await customer()];
      const { sku } = await product();
      const coupon = { percent_off: 25, max_uses: 2, campaign_budget: 100_000, days: 3 };
      expect((await office('PUT', '/coupons/SPRING', coupon)).body).toEqual({ created: true });
      expect((await office('PUT', '/coupons/SPRING', { ...coupon, percent_off: 50 })).body).toEqual({ created: false });
      const cart = { items: [{ sku, quantity: 2 }], address: 'home', coupon: 'SPRING' };
      expect((await front('POST', '/orders', cart, ada.token)).body).toMatchObject({
        totals: { items: 4_000, discount: 2_000, shipping: 490, total: 2_490 },
        coupon_code: 'SPRING',
      });
      expect(await front('POST', '/orders', cart, ada.token)).toMatchObject({ status: 409 });
      await order(eve.token, sku, 1, 'SPRING');
      expect(await front('POST', '/orders', cart, bob.token)).toMatchObject({ status: 409 });
      expect(await front('POST', '/orders', { ...cart, coupon: 'NONE' }, bob.token)).toMatchObject({ status: 400 });
      expect(await stockOf(sku)).toBe(7);
      expect((await office('GET', '/coupons/SPRING')).body).toMatchObject({ code: 'SPRING', percent_off: 50, used: 2 });
    });

    it('is shipped by the back office after it is paid', async () => {
      const { front, office, customer, product, order } = shop();
      const { token } = await customer();
      const { sku } = await product();
      const number = await order(token, sku);
      expect(await office('POST', `/orders/${number}/ship`, { tracking: 'TR-1' })).toMatchObject({ status: 409 });
      await front('POST', `/orders/${number}/pay`, { intent: 'pi_1', fingerprint: 'fp_1' }, token);
      expect((await office('PATCH', `/orders/${number}/address`, { city: 'Bath', zip: 'BA1' })).body).toEqual({
        changed: 2,
      });
      expect((await office('POST', `/orders/${number}/ship`, { tracking: 'TR-1' })).body).toMatchObject({
        number,
        status: 'shipped',
      });
      expect((await front('GET', `/orders/${number}`, undefined, token)).body).toMatchObject({
        status: 'shipped',
        tracking_number: 'TR-1',
        shipping_address: { street: '1 Park Lane', city: 'Bath' },
      });
      expect(await office('PATCH', `/orders/${number}/address`, { city: 'Rome' })).toMatchObject({ status: 404 });
    });
  });
}
