import { SafeCollection, trusted } from 'safe-collection';
import { expect, it } from 'vitest';

import type { Customer } from '../zod/customer-schema.ts';
import { customerView } from '../zod/customer-view.ts';
import { seededShop } from './support/seeded-shop.ts';

const { db } = seededShop();
const customers = new SafeCollection(db.collection<Customer>('customers'), customerView);

const OWN = trusted({
  set: { shop_id: 'acme', address: { city: 'London', street: 'SECRET' }, password_hash: 'SECRET' },
});

it('the document type of the view is that of the zod object', async () => {
  await customers.insertOne({ name: 'Ada', email: 'ada@example.com' }, { trusted: OWN });
  const ada = await customers.findOne({ name: 'Ada' }, { projection: customerView });
  expect(ada).toEqual({ name: 'Ada', email: 'ada@example.com', address: { city: 'London' } });
  const email: string | undefined = ada?.email;
  expect(email).toBe('ada@example.com');
});

it('the zod object checks what a caller writes', async () => {
  const refused = customers.insertOne({ name: 'Ada', email: 'not an address' }, { trusted: OWN });
  await expect(refused).rejects.toMatchObject({ code: 'validation_failed', paths: ['email'] });
});
