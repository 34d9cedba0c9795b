import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

/** The reference documents. They are only for the compiler. */
export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  joined_at: Date;
  age: number;
  role: 'admin' | 'member';
  tags: string[];
  deleted_at: Date | null;
  password_hash: string;
  api_key: string;
  internal_role: string;
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; street: string; access_code: string }[];
  settings: Record<string, number>;
}

export interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  cost_center: string;
}

export const userView = defineView<User>()({
  public: {
    username: 1,
    email: 1,
    joined_at: 1,
    age: 1,
    role: 1,
    tags: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    'addresses.city': 1,
  },
  filterable: { deleted_at: 1, email: 0 },
  sortable: { deleted_at: 1, email: 0 },
  arrays: { tags: 1, addresses: 1 },
});

export const orderView = defineView<Order>()({ public: { user_id: 1, product: 1, quantity: 1 } });

export declare const rawUsers: Collection<User>;
export declare const rawOrders: Collection<Order>;

export const users = new SafeCollection(rawUsers, userView);
export const orders = new SafeCollection(rawOrders, orderView);
