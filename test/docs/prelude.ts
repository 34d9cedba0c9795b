import { randomBytes } from 'node:crypto';

import { MongoClient, ObjectId } from 'mongodb';
import {
  type CollectionOf,
  defineAudiences,
  createSafeDb,
  defineView,
  type Exposed,
  type PublicOf,
  SafeCollection,
  SafeCollectionError,
  type SafeFilter,
} from 'safe-collection';

import { PrivilegedCollection, Sensitive } from 'safe-collection/privileged';

/*
 * Names that the blocks of the docs and the examples in comments may use without an import: the reference
 * users and orders, and the names that a reader would guess right.
 */

export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  joined_at: Date;
  age?: number;
  order_count?: number;
  password_hash: string;
  internal_role: 'user' | 'admin';
  api_key?: string;
  reviewed?: boolean;
  deleted_at?: Date | null;
  settings?: Record<string, unknown>;
  profile?: { bio?: string; avatar?: string; ssn?: string };
  addresses?: { city: string; street?: string; access_code?: string }[];
}

export const userView = defineView<User>()({
  public: { username: 1, email: 1, joined_at: 1, age: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  writable: { username: 1, email: 1, age: 1, order_count: 1, 'profile.bio': 1 },
  filterable: { order_count: 1 },
  arrays: { addresses: 1 },
  defaults: { joined_at: () => new Date() },
});
export type PublicUser = PublicOf<typeof userView>;

export const userAudiences = defineAudiences(userView, {
  public: {
    public: { email: 0, age: 0 },
    writable: { username: 0, email: 0, age: 0, order_count: 0, 'profile.bio': 0 },
  },
  self: {},
  admin: { public: { internal_role: 1 } },
});

export interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  order_date?: Date;
  cost_center?: string;
}

export const orderView = defineView<Order>()({
  public: { user_id: 1, product: 1, quantity: 1, order_date: 1 },
  writable: { product: 1, quantity: 1 },
});

/** Orders of several tenants. */
export interface TenantOrder {
  _id: ObjectId;
  tenant_id: string;
  product: string;
  quantity: number;
  cost_center?: string;
}

export const tenantOrderView = defineView<TenantOrder>()({
  public: { product: 1, quantity: 1 },
  writable: { product: 1, quantity: 1 },
  scope: { tenant_id: 1 },
});
export const tenant_id: string = 'acme';

export const client = new MongoClient(process.env['MONGODB_URI'] ?? '');
export const db = client.db();
/** 32 secret bytes. */
export const sealKey = randomBytes(32);
export const shop = createSafeDb(db, { users: userView, orders: orderView }, { sealKeys: [sealKey] });
export const users: CollectionOf<typeof userView> = new SafeCollection(db.collection<User>('users'), userView);
export const orders: CollectionOf<typeof orderView> = new SafeCollection(db.collection<Order>('orders'), orderView);

const sessionView = defineView<{ _id: ObjectId; opened_at: Date }>()({ public: { opened_at: 1 } });
export const sessions = new SafeCollection(db.collection<{ _id: ObjectId; opened_at: Date }>('sessions'), sessionView);

export const keptOrders = new SafeCollection(db.collection<Order>('kept_orders'), orderView, {
  sealKeys: [Buffer.alloc(32, 7)],
});
export const stopping = AbortSignal.timeout(1_000);

export const _id = new ObjectId('6b0519c1186421491b7b0b07');
export const user_id = new ObjectId('6b0519c1186421491b7b0b07');
export const username: string = 'ada';
export const email = 'ada@example.com';
export const password_hash = '$2b$12$Kq0mJ8Zr4nVtP1yXw9uBEe';
export const body = { username: 'lin', email: 'lin@example.com' };
export const line = { product: 'lamp', quantity: 2 };
export const lines = [line];
export const filter: SafeFilter<typeof userView> = { username };
export const options = { projection: userView.select(['username']) };
export const onlyAdults: boolean = true;
export const newest: boolean = true;
export const request: { readonly query: Record<string, unknown> } = {
  query: { fields: 'username,email', username: { $ne: '' } },
};
export const message = { user: { username: 'ada', password_hash } };
export const logger = { warn: (_entry: object): void => {} };
export class Conflict extends Error {}

const privileged = (reason: string) => new PrivilegedCollection(db.collection<User>('users'), userView, { reason });
export const logins = privileged('login');
export const keys = privileged('api key');
export const reports = privileged('report');
export const key = new Sensitive('sk_live_51Hx9Qe7');
export const password: string = 'engine-1843';
export const presented: string = 'sk_live_51Hx9Qe7';
export const audit = { info: (_entry: object): void => {} };
/** In the place of a slow hash: the stored one is of this password. */
export const isPassword = async (given: string, hash: string): Promise<boolean> =>
  given === password && hash === password_hash;
export const takesPublic = (_user: Exposed<{ readonly username: string; readonly email: string }>): void => {};
export const takesText = (_text: string): void => {};

/** The documents that the blocks read. */
export async function seed(): Promise<void> {
  await db.collection<User>('users').insertOne({
    _id,
    username,
    email,
    joined_at: new Date('2026-03-14T09:26:53Z'),
    age: 36,
    password_hash,
    internal_role: 'admin',
    profile: { bio: 'Writes notes on engines.', avatar: '/img/ada.png', ssn: '000-12-1815' },
    addresses: [{ city: 'London', street: '12 St James Square', access_code: '1852#' }],
  });
  await db
    .collection<Order>('orders')
    .insertOne({ _id: new ObjectId(), user_id, product: 'lamp', quantity: 2, cost_center: 'CC-7741' });
  await db.createCollection('kept_orders', { changeStreamPreAndPostImages: { enabled: true } });
}

/** Ends in an error unless the guard refuses the call. */
export async function isRefused(call: () => Promise<unknown>): Promise<void> {
  const outcome = await call().then(
    () => 'was not refused',
    (error: unknown) => (error instanceof SafeCollectionError ? undefined : String(error)),
  );
  if (outcome !== undefined) throw new Error(`${String(call)}: ${outcome}`);
}
