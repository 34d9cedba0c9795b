import type { Db } from 'mongodb';
import { createSafeDb, type SealKey } from 'safe-collection';

import { customerView, tenantOrderView } from './tenant-views.ts';

export type TenantShop = ReturnType<typeof openTenantShop>;

/** The collections of all tenants. Without `scoped()` they have no method. The keys seal ids, cursors of pages and tokens of live views. */
export function openTenantShop(db: Db, sealKeys: readonly SealKey[]) {
  return createSafeDb(db, { customers: customerView, tenant_orders: tenantOrderView }, { sealKeys });
}

/** Makes what the service needs in the database: images for the live page, and an index that begins with the scope. Run it when you deploy. */
export async function prepareTenantShop(db: Db): Promise<void> {
  const orders = await db.createCollection('tenant_orders', { changeStreamPreAndPostImages: { enabled: true } });
  await orders.createIndex({ tenant_id: 1, ordered_at: -1, _id: -1 });
}
