import type { ObjectId } from 'mongodb';

/** What is stored. Nothing here says what may be seen: that is the view's word. */
export interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  order_date: Date;
  cost_center: string;
  internal_notes: string[];
}
