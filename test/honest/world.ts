import { ObjectId, type Collection, type Db } from 'mongodb';
import { createSafeDb, defineView, SafeCollection, subtree, type Projected } from 'safe-collection';

export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  age: number;
  role: 'admin' | 'member';
  tags: string[];
  joined_at: Date;
  deleted_at: Date | null;
  profile?: { bio?: string; avatar: string; ssn: string };
  settings: Record<string, number>;
  password_hash: string;
  internal_role: string;
}

export interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  order_date: Date;
  lines: { _id: ObjectId; sku: string; count: number }[];
  ship?: { city: string; zip: string };
  cost_center: string;
}

export const userView = defineView<User>()({
  name: 'users',
  public: {
    username: 1,
    email: 1,
    age: 1,
    role: 1,
    tags: 1,
    joined_at: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    settings: subtree,
  },
  writable: { username: 1, email: 1, age: 1, tags: 1, 'profile.bio': 1, settings: 1 },
  filterable: { deleted_at: 1 },
  arrays: { tags: 1 },
});

const orderLeaves = {
  product: 1,
  quantity: 1,
  'lines._id': 1,
  'lines.sku': 1,
  'lines.count': 1,
  'ship.city': 1,
  'ship.zip': 1,
} as const;

export const orderView = defineView<Order>()({
  name: 'orders',
  public: { user_id: 1, order_date: 1, ...orderLeaves },
  writable: orderLeaves,
  arrays: { lines: 1 },
  whole: { lines: 1 },
});

export type Card = Projected<typeof userView, { username: 1; email: 1 }>;

export const ADA = new ObjectId('0123456789abcdef01234567');
export const BOB = new ObjectId('0123456789abcdef01234568');
export const LINE = new ObjectId('0123456789abcdef01234569');
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

/** The values that only the program sets in a new user and a new order. */
export const newUser = {
  role: 'member' as const,
  joined_at: day('2024-03-01'),
  deleted_at: null,
  password_hash: 'h',
  internal_role: 'user',
};
export const newOrder = { user_id: ADA, order_date: day('2024-03-02'), cost_center: 'c' };

const SEAL_KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

/** Opens the collections of a database. */
export function openWorld(db: Db) {
  const rawUsers: Collection<User> = db.collection<User>('users');
  const rawOrders: Collection<Order> = db.collection<Order>('orders');
  const shop = createSafeDb(db, { users: userView, orders: orderView }, { sealKeys: [SEAL_KEY] });
  return {
    db,
    rawUsers,
    rawOrders,
    shop,
    users: new SafeCollection(rawUsers, userView),
    orders: new SafeCollection(rawOrders, orderView),
  };
}

export type World = ReturnType<typeof openWorld>;

/** Fills the database with two users and three orders. */
export async function seed({ rawUsers, rawOrders }: World): Promise<void> {
  await rawUsers.insertMany([
    {
      _id: ADA,
      username: 'ada',
      email: 'ada@example.com',
      age: 36,
      role: 'admin',
      tags: ['a', 'b'],
      joined_at: day('2024-01-01'),
      deleted_at: null,
      profile: { bio: 'Notes.', avatar: '/ada.png', ssn: '1' },
      settings: { theme: 1 },
      password_hash: 'x',
      internal_role: 'root',
    },
    {
      _id: BOB,
      username: 'bob',
      email: 'bob@example.com',
      age: 20,
      role: 'member',
      tags: [],
      joined_at: day('2024-02-01'),
      deleted_at: null,
      settings: {},
      password_hash: 'y',
      internal_role: 'user',
    },
  ]);
  await rawOrders.insertMany([
    {
      _id: new ObjectId(),
      user_id: ADA,
      product: 'lamp',
      quantity: 2,
      order_date: day('2024-01-05'),
      lines: [{ _id: LINE, sku: 'l', count: 2 }],
      cost_center: 'c',
    },
    {
      _id: new ObjectId(),
      user_id: ADA,
      product: 'desk',
      quantity: 1,
      order_date: day('2024-01-06'),
      lines: [],
      ship: { city: 'Rome', zip: '1' },
      cost_center: 'c',
    },
    {
      _id: new ObjectId(),
      user_id: BOB,
      product: 'lamp',
      quantity: 5,
      order_date: day('2024-02-05'),
      lines: [],
      cost_center: 'd',
    },
  ]);
}

/** A program that has to compile and run: what it found, and what it should find. */
export type Program = (world: World) => Promise<readonly [found: unknown, expected: unknown]>;
export type Programs = Readonly<Record<string, Program>>;
