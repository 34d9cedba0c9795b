import { defineView, opaqueId } from 'safe-collection';

import type { Customer, TenantOrder } from './tenant-order.ts';

export const customerView = defineView<Customer>()({
  name: 'customer',
  public: { id: opaqueId('_id'), name: 1 },
  scope: { tenant_id: 1 },
});

/** Each row belongs to one tenant, and no client sees a stored id. */
export const tenantOrderView = defineView<TenantOrder>()({
  name: 'tenant order',
  public: {
    id: opaqueId('_id'),
    customer: opaqueId('customer_id', customerView),
    product: 1,
    quantity: 1,
    ordered_at: 1,
  },
  writable: { customer: 1, product: 1, quantity: 1 },
  scope: { tenant_id: 1 },
  timestamps: { createdAt: 'ordered_at' },
});
