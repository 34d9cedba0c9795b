import { defineView } from 'safe-collection';

import type { Order } from './order.ts';

/** What a client may see of an order. */
export const orderView = defineView<Order>()({
  name: 'order',
  public: { user_id: 1, product: 1, quantity: 1, order_date: 1 },
});
