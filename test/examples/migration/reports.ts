import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';

import type { ShopModule } from './running-shop.ts';
import { useShop } from './use-shop.ts';

export function testReports(load: () => Promise<ShopModule>): void {
  describe('reports', () => {
    const shop = useShop(load);

    it('adds up what was sold', async () => {
      const { office, customer, product, order, paidOrder } = shop();
      const [ada, eve] = [await customer(), await customer()];
      const [lamp, desk] = [
        await product({ title: 'Lamp' }),
        await product({ title: 'Desk', price: 10_000, category: 'desks', tags: ['wood'] }),
      ];
      await paidOrder(ada.token, lamp.sku, 3);
      const first = await paidOrder(ada.token, desk.sku, 1);
      const second = await paidOrder(eve.token, lamp.sku, 1);
      const pending = await order(eve.token, lamp.sku, 5);

      const month = new Date().toISOString().slice(0, 7);
      expect((await office('GET', '/reports/revenue')).body).toEqual([
        { month, orders: 3, revenue: 6_000 + 10_000 + 2_490 },
      ]);
      expect((await office('GET', '/reports/revenue?from=2999-01-01')).body).toEqual([]);
      expect((await office('GET', '/reports/top-products?limit=1')).body).toEqual([
        { sku: lamp.sku, title: 'Lamp', sold: 4 },
      ]);
      expect((await office('GET', '/reports/margins')).status).toBe(200);
      expect((await office('GET', '/reports/customers?limit=5')).body).toEqual({
        fresh: 2,
        best: [
          { username: ada.username, spent: 16_000, orders: 2 },
          { username: eve.username, spent: 2_490, orders: 1 },
        ],
      });
      expect((await office('GET', '/reports/sold')).body).toEqual({ [lamp.sku]: 9, [desk.sku]: 1 });
      expect((await office('GET', '/orders/by-status/paid')).body).toMatchObject([
        { number: second, buyer: { username: eve.username } },
        { number: first },
        {},
      ]);

      const { orders, bands, catalogue } = (await office('GET', '/reports/overview')).body as {
        orders: unknown;
        bands: unknown;
        catalogue: { categories: unknown };
      };
      expect(orders).toEqual({ paid: 3, pending: 1 });
      expect(bands).toEqual([
        { from: 1_000, products: 1 },
        { from: 5_000, products: 1 },
      ]);
      expect(catalogue.categories).toEqual(
        expect.arrayContaining([
          { _id: 'desks', count: 1 },
          { _id: 'lamps', count: 1 },
        ]),
      );

      const csv = await office('GET', '/reports/orders.csv');
      expect(csv.text.split('\n')).toHaveLength(5);
      expect(csv.text.split('\n')).toContain(`${pending},pending,10000`);
    });

    it('counts tickets and their messages', async () => {
      const { office, front, customer } = shop();
      const { token } = await customer();
      const { number } = (await front('POST', '/tickets', { subject: 'One', text: 'x' }, token)).body as {
        number: string;
      };
      await front('POST', '/tickets', { subject: 'Two', text: 'x' }, token);
      await office('POST', `/tickets/${number}/replies`, { text: 'y' });
      const { support } = (await office('GET', '/reports/overview')).body as { support: unknown };
      expect(support).toEqual([
        { status: 'open', tickets: 1, messages: 1 },
        { status: 'waiting', tickets: 1, messages: 2 },
      ]);
    });

    it('counts new customers', async () => {
      const { customer, shop: services } = shop();
      const from = new Date();
      await customer();
      expect(await services.reports.newCustomers(from)).toBe(1);
      expect(await services.reports.newCustomers(new Date('2999-01-01'))).toBe(0);
    });

    it('cleans up at night', async () => {
      const { office, customer, front, product, order, db } = shop();
      const { token } = await customer();
      const number = await order(token, (await product()).sku);
      await office('PUT', '/coupons/OLD', { percent_off: 5, max_uses: 1, campaign_budget: 1, days: 1 });
      await db.collection('audit_events').insertOne({
        _id: new ObjectId(),
        actor: 'old',
        action: 'x',
        target: { kind: 'x', id: 'x' },
        details: {},
        at: new Date('2001-01-01'),
      });
      expect((await office('POST', '/maintenance', {})).body).toMatchObject({
        sessions: 0,
        coupons: 0,
        unpaid: [],
        events: 1,
      });
      const later = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString();
      const { sessions, coupons, unpaid } = (await office('POST', '/maintenance', { now: later })).body as {
        sessions: number;
        coupons: number;
        unpaid: string[];
      };
      expect(sessions).toBeGreaterThanOrEqual(1);
      expect(coupons).toBe(1);
      expect(unpaid).toContain(number);
      expect(await front('GET', '/me', undefined, token)).toMatchObject({ status: 401 });
    });
  });
}
