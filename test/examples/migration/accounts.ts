import { describe, expect, it } from 'vitest';

import type { ShopModule } from './running-shop.ts';
import { useShop } from './use-shop.ts';

export function testAccounts(load: () => Promise<ShopModule>): void {
  describe('accounts', () => {
    const shop = useShop(load);

    it('registers a customer once', async () => {
      const { front, unique } = shop();
      const username = unique('ada_');
      const registration = { username, email: `${username}@Example.com`, password: 'engine-1843-notes' };
      expect(await front('POST', '/register', registration)).toMatchObject({
        status: 201,
        body: { username, email: `${username}@example.com`, display_name: username },
      });
      expect(await front('POST', '/register', registration)).toMatchObject({ status: 409 });
      expect(await front('POST', '/register', { ...registration, username: unique('other_') })).toMatchObject({
        status: 409,
      });
    });

    it('stores a hash, and the role that the program sets', async () => {
      const { front, unique, db } = shop();
      const username = unique('eve_');
      await front('POST', '/register', {
        username,
        email: `${username}@example.com`,
        password: 'engine-1843-notes',
        role: 'admin',
        risk_score: -5,
      });
      const stored = await db.collection('users').findOne({ username });
      expect(stored).toMatchObject({ role: 'customer', risk_score: 0, loyalty: { tier: 'none', points: 0 } });
      expect(JSON.stringify(stored)).not.toContain('engine-1843-notes');
    });

    it.each([
      [{ username: 'A', email: 'a@example.com', password: 'long-enough-1' }],
      [{ username: 'abc', email: 'a@example.com', password: 'short' }],
      [{ username: 'abc', password: 'long-enough-1' }],
      [{ username: 'abc', email: { $ne: '' }, password: 'long-enough-1' }],
    ])('refuses to register %j', async (registration) => {
      expect(await shop().front('POST', '/register', registration)).toMatchObject({ status: 400 });
    });

    it('logs in only with the password, and out again', async () => {
      const { front, customer } = shop();
      const { email, password, username } = await customer();
      expect(await front('POST', '/login', { email, password: 'wrong-password' })).toMatchObject({ status: 401 });
      expect(await front('POST', '/login', { email: 'nobody@example.com', password })).toMatchObject({ status: 401 });
      const login = await front('POST', '/login', { email: email.toUpperCase(), password });
      expect(login).toMatchObject({ status: 200, body: { user: { username } } });
      const { token } = login.body as { token: string };
      expect(await front('GET', '/me', undefined, token)).toMatchObject({ status: 200, body: { username, email } });
      expect(await front('POST', '/logout', undefined, token)).toMatchObject({ body: { ended: true } });
      expect(await front('GET', '/me', undefined, token)).toMatchObject({ status: 401 });
    });

    it('locks an account after five wrong passwords', async () => {
      const { front, customer } = shop();
      const { email, password } = await customer();
      for (let attempt = 0; attempt < 5; attempt += 1)
        await front('POST', '/login', { email, password: 'wrong-password' });
      expect(await front('POST', '/login', { email, password })).toMatchObject({ status: 429 });
    });

    it('forgets wrong passwords after a login', async () => {
      const { front, customer, db } = shop();
      const { email, password } = await customer();
      await front('POST', '/login', { email, password: 'wrong-password' });
      expect(await db.collection('users').findOne({ email })).toMatchObject({ failed_logins: 1 });
      await front('POST', '/login', { email, password });
      expect(await db.collection('users').findOne({ email })).toMatchObject({ failed_logins: 0 });
    });

    it('changes the password, and ends all sessions', async () => {
      const { front, customer } = shop();
      const { email, password, token } = await customer();
      const next = 'another-password-1';
      expect(await front('POST', '/password', { current: 'wrong-password', next }, token)).toMatchObject({
        status: 401,
      });
      expect(await front('POST', '/password', { current: password, next }, token)).toMatchObject({ status: 200 });
      expect(await front('GET', '/me', undefined, token)).toMatchObject({ status: 401 });
      expect(await front('POST', '/login', { email, password })).toMatchObject({ status: 401 });
      expect(await front('POST', '/login', { email, password: next })).toMatchObject({ status: 200 });
    });

    it('resets a forgotten password with the token, once', async () => {
      const { front, customer, shop: services } = shop();
      const { email } = await customer();
      expect(await front('POST', '/password/forgotten', { email })).toMatchObject({ status: 202 });
      expect(await front('POST', '/password/forgotten', { email: 'nobody@example.com' })).toMatchObject({
        status: 202,
      });
      const token = await services.accounts.startReset(email);
      const reset = { token, password: 'a-new-password-1' };
      expect(await front('POST', '/password/reset', { ...reset, token: 'rt_wrong' })).toMatchObject({ status: 400 });
      expect(await front('POST', '/password/reset', reset)).toMatchObject({ status: 200 });
      expect(await front('POST', '/password/reset', reset)).toMatchObject({ status: 400 });
      expect(await front('POST', '/login', { email, password: reset.password })).toMatchObject({ status: 200 });
    });

    it('changes of a profile what a customer may change', async () => {
      const { front, customer, db } = shop();
      const { username, token } = await customer();
      const patch = {
        display_name: 'Countess',
        newsletter: true,
        profile: { bio: 'Writes notes on engines.' },
        role: 'admin',
        loyalty: { tier: 'gold', points: 9_999 },
      };
      expect(await front('PATCH', '/me', patch, token)).toMatchObject({
        status: 200,
        body: { display_name: 'Countess', newsletter: true, profile: { bio: 'Writes notes on engines.' } },
      });
      expect(await db.collection('users').findOne({ username })).toMatchObject({
        role: 'customer',
        loyalty: { tier: 'none', points: 0 },
      });
      expect(await front('PATCH', '/me', { role: 'admin' }, token)).toMatchObject({ status: 400 });
      expect(await front('PATCH', '/me', patch)).toMatchObject({ status: 401 });
    });

    it('shows a customer to others', async () => {
      const { front, customer } = shop();
      const { username } = await customer();
      expect(await front('GET', `/users/${username}`)).toMatchObject({
        status: 200,
        body: { username, display_name: `Dr ${username}` },
      });
      expect(await front('GET', `/users/${username}/card`)).toMatchObject({
        status: 200,
        body: { username, loyalty: { tier: 'none' } },
      });
      expect(await front('GET', '/users/nobody_here')).toMatchObject({ status: 404 });
    });

    it('adds, moves and removes addresses', async () => {
      const { front, customer } = shop();
      const { token } = await customer();
      const work = { label: 'work', street: '12 St James Square', city: 'London', zip: 'SW1', country: 'GB' };
      expect(await front('POST', '/me/addresses', work, token)).toMatchObject({ status: 201 });
      expect(await front('POST', '/me/addresses', work, token)).toMatchObject({ status: 409 });
      expect(await front('PUT', '/me/addresses/work', { city: 'Bath', zip: 'BA1' }, token)).toMatchObject({
        status: 200,
      });
      const { addresses } = (await front('GET', '/me', undefined, token)).body as { addresses: { city: string }[] };
      expect(addresses.map(({ city }) => city)).toEqual(['Ockham', 'Bath']);
      expect(await front('DELETE', '/me/addresses/home', undefined, token)).toMatchObject({ status: 200 });
      expect(await front('DELETE', '/me/addresses/home', undefined, token)).toMatchObject({ status: 404 });
    });

    it('lists sessions', async () => {
      const { front, customer } = shop();
      const { email, password, token } = await customer();
      await front('POST', '/login', { email, password });
      expect((await front('GET', '/me/sessions', undefined, token)).body).toHaveLength(2);
    });

    it('exports all data, and closes the account', async () => {
      const { front, customer, product, order } = shop();
      const { username, email, password, token } = await customer();
      const { sku } = await product();
      const number = await order(token, sku);
      expect((await front('GET', '/me/data', undefined, token)).body).toMatchObject({
        user: { username },
        orders: [{ number }],
        reviews: [],
        tickets: [],
      });
      expect(await front('DELETE', '/me', undefined, token)).toMatchObject({ status: 409 });
      await front('POST', `/orders/${number}/cancel`, undefined, token);
      expect(await front('DELETE', '/me', undefined, token)).toMatchObject({ status: 200 });
      expect(await front('POST', '/login', { email, password })).toMatchObject({ status: 401 });
      expect(await front('GET', `/users/${username}`)).toMatchObject({ status: 404 });
    });
  });
}
