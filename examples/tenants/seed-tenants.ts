import { type Db, ObjectId } from 'mongodb';

import type { Customer, TenantOrder } from './tenant-order.ts';

/** Orders of two tenants. */
export async function seedTenants(db: Db): Promise<readonly TenantOrder[]> {
  const customers = ['acme', 'globex'].map((tenant_id) => ({
    _id: new ObjectId(),
    tenant_id,
    name: `buyer of ${tenant_id}`,
    credit_limit: 5_000,
  }));
  const orders = customers.flatMap(({ _id, tenant_id }) =>
    ['lamp', 'desk', 'chair'].map((product, index) => ({
      _id: new ObjectId(),
      tenant_id,
      customer_id: _id,
      product,
      quantity: index + 1,
      ordered_at: new Date(Date.UTC(2026, 9, index + 1)),
      cost_center: 'CC-7741 (margin 61 %)',
    })),
  );
  await db.collection<Customer>('customers').insertMany(customers);
  await db.collection<TenantOrder>('tenant_orders').insertMany(orders);
  return orders;
}
