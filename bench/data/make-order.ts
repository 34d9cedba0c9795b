import { ObjectId } from 'mongodb';

import type { Order } from '../../examples/orders/order.ts';
import { between, seededRandom, text } from './random.ts';

const START = Date.UTC(2024, 0, 1);
const TWO_YEARS = 2 * 365 * 24 * 3600 * 1000;

/** The order with this number: the same in each run. */
export function makeOrder(number: number): Order {
  const random = seededRandom(number + 1);
  return {
    _id: new ObjectId(number.toString(16).padStart(24, '0')),
    user_id: new ObjectId(between(random, 0, 9_999).toString(16).padStart(24, '0')),
    product: `product_${between(random, 1, 50)}`,
    quantity: between(random, 1, 9),
    order_date: new Date(START + Math.floor(random() * TWO_YEARS)),
    cost_center: `CC-${between(random, 1000, 9999)}`,
    internal_notes: Array.from({ length: between(random, 0, 3) }, () => text(random, 40)),
  };
}
