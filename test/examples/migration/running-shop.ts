import { randomUUID } from 'node:crypto';

import { type Db, MongoClient } from 'mongodb';
import { inject } from 'vitest';

/** The common interface of the shop before and after the migration. */
export interface RunningShop {
  readonly storefront: string;
  readonly backOffice: string;
  readonly rootKey: string;
  readonly stop: () => Promise<void>;
  readonly shop: {
    readonly accounts: { startReset(email: string): Promise<string> };
    readonly maintenance: {
      setTiers(): Promise<number>;
      importStock(counts: Readonly<Record<string, number>>): Promise<{ changed: number; unknown: string[] }>;
    };
    readonly reports: { newCustomers(from: Date): Promise<number> };
  };
}

export interface ShopModule {
  readonly startShop: (uri: string, name: string) => Promise<RunningShop>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: never;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A shop on a separate database, and the actions of a test. */
export async function openTestShop({ startShop }: ShopModule) {
  const name = `safe-collection-${randomUUID()}`;
  const running = await startShop(inject('mongodbUri'), name);
  const client = await new MongoClient(inject('mongodbUri')).connect();
  const db: Db = client.db(name);
  let made = 0;
  const unique = (word: string): string => `${word}${(made += 1)}`;

  const front = (method: Method, path: string, body?: unknown, token?: string): Promise<Answer> =>
    send(method, running.storefront + path, body, token === undefined ? {} : { authorization: `Bearer ${token}` });
  const office = (method: Method, path: string, body?: unknown, key = running.rootKey): Promise<Answer> =>
    send(method, running.backOffice + path, body, { 'x-api-key': key });

  /** Somebody who is logged in and has an address. */
  const customer = async () => {
    const username = unique('user_');
    const email = `${username}@example.com`;
    const password = `password-of-${username}`;
    await front('POST', '/register', { username, email, password, display_name: `Dr ${username}` });
    const { token } = (await front('POST', '/login', { email, password })).body as { token: string };
    await front(
      'POST',
      '/me/addresses',
      { label: 'home', street: '1 Park Lane', city: 'Ockham', zip: '12345', country: 'GB' },
      token,
    );
    return { username, email, password, token };
  };

  const product = async (fields: Readonly<Record<string, unknown>> = {}) => {
    const sku = unique('SKU-');
    const slug = sku.toLowerCase();
    await office('POST', '/products', {
      sku,
      slug,
      title: `Lamp ${sku}`,
      description: 'It shines.',
      category: 'lamps',
      tags: ['light'],
      price: 2_000,
      stock: 10,
      cost_price: 700,
      supplier: { name: 'Lumen', contact_email: 'sales@lumen.example', contract_id: 'C-1' },
      ...fields,
    });
    return { sku, slug };
  };

  const order = async (token: string, sku: string, quantity = 1, coupon?: string) => {
    const { body } = await front('POST', '/orders', { items: [{ sku, quantity }], address: 'home', coupon }, token);
    return (body as { number: string }).number;
  };

  const paidOrder = async (token: string, sku: string, quantity = 1) => {
    const number = await order(token, sku, quantity);
    await front('POST', `/orders/${number}/pay`, { intent: 'pi_1', fingerprint: 'fp_1' }, token);
    return number;
  };

  const stop = async (): Promise<void> => {
    await running.stop();
    await db.dropDatabase();
    await client.close();
  };
  return { ...running, db, unique, front, office, customer, product, order, paidOrder, stop };
}

async function send(
  method: Method,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as never,
  };
}

export type TestShop = Awaited<ReturnType<typeof openTestShop>>;
