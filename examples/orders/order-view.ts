import { defineView } from 'safe-collection';
import { z } from 'zod';

import type { Order } from './order.ts';

const line = z.strictObject({ product: z.string().min(1).max(80), quantity: z.int().min(1).max(99) });

/** The fields of an order that a client may read and write. */
export const orderView = defineView<Order>()({
  name: 'order',
  public: { user_id: 1, product: 1, quantity: 1, order_date: 1 },
  writable: { product: 1, quantity: 1 },
  timestamps: { createdAt: 'order_date' },
  validate: { insert: line, update: z.strictObject({ $set: line.partial() }) },
});
