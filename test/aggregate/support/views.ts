import { defineView } from 'safe-collection';
import type { ObjectId } from 'mongodb';

export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  age?: number;
  joined_at: Date;
  password_hash: string;
  api_key?: string;
  internal_role: string;
  profile?: { bio?: string; avatar: string; ssn?: string };
  addresses: { city: string; street: string; access_code?: string }[];
}

export interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  price: number;
  order_date: Date;
  note?: string;
  tags: string[];
  ship: { city: string; zip?: string; driver: string } | null;
  items: { sku: string; n: number; cost: number }[];
  cost_center?: string;
  internal_notes?: string[];
  margin?: number;
}

export const userView = defineView<User>()({
  name: 'users',
  public: { username: 1, email: 1, age: 1, joined_at: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  arrays: { addresses: 1 },
});

export const orderView = defineView<Order>()({
  name: 'orders',
  public: {
    user_id: 1,
    product: 1,
    quantity: 1,
    price: 1,
    order_date: 1,
    note: 1,
    tags: 1,
    'ship.city': 1,
    'ship.zip': 1,
    'items.sku': 1,
    'items.n': 1,
  },
  arrays: { tags: 1, items: 1 },
});
