import { describe, expect, it } from 'vitest';

import type { ShopModule } from './running-shop.ts';
import { useShop } from './use-shop.ts';

export function testSupport(load: () => Promise<ShopModule>): void {
  describe('support', () => {
    const shop = useShop(load);

    const open = async (token: string, subject: string) => {
      const { body } = await shop().front('POST', '/tickets', { subject, text: 'It does not shine.' }, token);
      return (body as { number: string }).number;
    };

    it('answers a ticket, and does not send internal fields', async () => {
      const { front, office, customer } = shop();
      const [ada, eve] = [await customer(), await customer()];
      const number = await open(ada.token, 'Dark');
      expect(await front('GET', `/tickets/${number}`, undefined, eve.token)).toMatchObject({ status: 404 });
      expect(
        (await office('POST', `/tickets/${number}/replies`, { text: 'Looks like fraud.', internal: true })).body,
      ).toMatchObject({ number, status: 'open' });
      expect((await office('POST', `/tickets/${number}/replies`, { text: 'Is it plugged in?' })).body).toMatchObject({
        number,
        status: 'waiting',
      });
      const ticket = await front('GET', `/tickets/${number}`, undefined, ada.token);
      expect(ticket.body).toMatchObject({
        number,
        subject: 'Dark',
        status: 'waiting',
        messages: [{ text: 'It does not shine.' }, { text: 'Is it plugged in?' }],
      });
      expect(ticket.text).not.toContain('fraud');
    });

    it('lists the tickets of a customer, three at most', async () => {
      const { front, office, customer } = shop();
      const { token } = await customer();
      const numbers = [await open(token, 'One'), await open(token, 'Two'), await open(token, 'Three')];
      expect(await front('POST', '/tickets', { subject: 'Four', text: 'x' }, token)).toMatchObject({ status: 429 });
      expect(await front('GET', '/tickets', undefined, token)).toMatchObject({
        body: expect.arrayContaining([expect.objectContaining({ number: numbers[0], subject: 'One', status: 'open' })]),
      });
      expect((await office('POST', `/tickets/${numbers[0]}/close`)).body).toEqual({ closed: true });
      expect((await office('POST', `/tickets/${numbers[0]}/close`)).body).toEqual({ closed: false });
      expect(await office('POST', `/tickets/${numbers[0]}/replies`, { text: 'x' })).toMatchObject({ status: 404 });
      expect(await front('POST', '/tickets', { subject: 'Four', text: 'x' }, token)).toMatchObject({ status: 201 });
    });

    it('has an inbox', async () => {
      const { office, customer } = shop();
      const { token } = await customer();
      const number = await open(token, 'Inbox');
      expect((await office('POST', `/tickets/${number}/assign`, { assignee: 'bea' })).body).toEqual({ ok: true });
      expect(await office('POST', '/tickets/none/assign', { assignee: 'bea' })).toMatchObject({ status: 404 });
      expect((await office('GET', '/tickets?assignee=bea&status=open')).body).toMatchObject([
        { number, subject: 'Inbox' },
      ]);
      expect((await office('GET', '/tickets?assignee=bea&status=closed')).body).toEqual([]);
    });

    it('closes unanswered tickets', async () => {
      const { office, customer } = shop();
      const { token } = await customer();
      const number = await open(token, 'Quiet');
      await office('POST', `/tickets/${number}/replies`, { text: 'Hello?' });
      expect((await office('POST', '/tickets/close-abandoned', { before: '2020-01-01' })).body).toEqual({ closed: 0 });
      const { closed } = (await office('POST', '/tickets/close-abandoned', { before: '2999-01-01' })).body as {
        closed: number;
      };
      expect(closed).toBeGreaterThanOrEqual(1);
      expect(await office('POST', `/tickets/${number}/replies`, { text: 'x' })).toMatchObject({ status: 404 });
    });
  });
}
