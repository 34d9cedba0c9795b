import type { ObjectId } from 'mongodb';

/** A customer of one tenant, as it is stored. */
export interface Customer {
  _id: ObjectId;
  tenant_id: string;
  name: string;
  credit_limit: number;
}

/** An order of one tenant, as it is stored. */
export interface TenantOrder {
  _id: ObjectId;
  tenant_id: string;
  customer_id: ObjectId;
  product: string;
  quantity: number;
  ordered_at: Date;
  cost_center: string;
}
