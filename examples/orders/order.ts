import type { ObjectId } from 'mongodb';

/** The stored document. The view decides which fields may be read. */
export interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  order_date: Date;
  cost_center: string;
  internal_notes: string[];
}
