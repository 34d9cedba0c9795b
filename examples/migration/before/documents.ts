import type { ObjectId } from 'mongodb';

/** The stored documents. */

export interface Address {
  label: string;
  street: string;
  city: string;
  zip: string;
  country: string;
  access_code?: string;
}

export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  email_verified: boolean;
  display_name: string;
  password_hash: string;
  reset_token_hash?: string | null;
  reset_expires_at?: Date | null;
  role: 'customer' | 'staff' | 'admin';
  locale: string;
  newsletter: boolean;
  profile?: { bio?: string; avatar?: string; website?: string; birth_date?: Date };
  addresses: Address[];
  loyalty: { tier: 'none' | 'silver' | 'gold'; points: number };
  payment?: { provider_customer_id: string; card_last4: string; card_fingerprint: string };
  risk_score: number;
  internal_notes: string;
  failed_logins: number;
  last_login_ip?: string;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

export interface Session {
  _id: ObjectId;
  token_hash: string;
  user_id: ObjectId;
  created_at: Date;
  expires_at: Date;
  ip: string;
  user_agent: string;
}

export interface Product {
  _id: ObjectId;
  sku: string;
  slug: string;
  title: string;
  description: string;
  category: string;
  tags: string[];
  /** In cents, like all amounts. */
  price: number;
  currency: string;
  stock: number;
  active: boolean;
  images: { url: string; alt: string }[];
  attributes: Record<string, string>;
  rating: { average: number; count: number };
  cost_price: number;
  supplier: { name: string; contact_email: string; contract_id: string };
  margin_notes?: string;
  created_at: Date;
  updated_at: Date;
}

export interface OrderItem {
  product_id: ObjectId;
  sku: string;
  title: string;
  quantity: number;
  unit_price: number;
  unit_cost: number;
}

export type OrderStatus = 'pending' | 'paid' | 'shipped' | 'cancelled' | 'refunded';

export interface Order {
  _id: ObjectId;
  number: string;
  user_id: ObjectId;
  status: OrderStatus;
  items: OrderItem[];
  shipping_address: Address;
  totals: { items: number; discount: number; shipping: number; total: number };
  coupon_code?: string;
  payment?: { provider: string; intent_id: string; fingerprint: string; paid_at: Date };
  tracking_number?: string;
  history: { status: OrderStatus; at: Date; by: string; note?: string }[];
  fraud_score: number;
  internal_notes: string[];
  placed_at: Date;
  updated_at: Date;
}

export interface Review {
  _id: ObjectId;
  product_id: ObjectId;
  user_id: ObjectId;
  author: string;
  rating: number;
  title: string;
  text: string;
  status: 'pending' | 'published' | 'rejected';
  helpful: number;
  reports: { user_id: ObjectId; reason: string; at: Date }[];
  moderation?: { by: string; reason: string; at: Date };
  ip: string;
  created_at: Date;
}

export interface Coupon {
  _id: ObjectId;
  code: string;
  percent_off: number;
  max_uses: number;
  used: number;
  used_by: ObjectId[];
  active: boolean;
  expires_at: Date;
  created_by: string;
  campaign_budget: number;
}

export interface ApiKey {
  _id: ObjectId;
  name: string;
  prefix: string;
  key_hash: string;
  scopes: string[];
  owner_email: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface Ticket {
  _id: ObjectId;
  number: string;
  user_id: ObjectId;
  subject: string;
  status: 'open' | 'waiting' | 'closed';
  priority: number;
  assignee: string | null;
  messages: { from: 'customer' | 'staff'; author: string; text: string; at: Date; internal: boolean }[];
  internal_tags: string[];
  opened_at: Date;
  closed_at: Date | null;
}

export interface AuditEvent {
  _id: ObjectId;
  actor: string;
  action: string;
  target: { kind: string; id: string };
  details: Record<string, unknown>;
  ip?: string;
  at: Date;
}

export interface StockMovement {
  _id: ObjectId;
  product_id: ObjectId;
  sku: string;
  change: number;
  reason: 'sale' | 'return' | 'delivery' | 'correction';
  order_number?: string;
  by: string;
  at: Date;
}
