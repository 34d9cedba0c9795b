// Written by safe-collection migrate: the one place where collections are made.
import type { Db } from 'mongodb';
import { createSafeDb, type SafeDb } from 'safe-collection';
import { apiKeyView, auditEventView, couponView, orderView, productView, reviewView, sessionView, stockMovementView, ticketView, userView } from './views.js';

const views = {
  api_keys: apiKeyView,
  audit_events: auditEventView,
  coupons: couponView,
  orders: orderView,
  products: productView,
  reviews: reviewView,
  sessions: sessionView,
  stock_movements: stockMovementView,
  tickets: ticketView,
  users: userView,
};

/** Everything that orderView makes public, with `_id`. */
export const wholeOrder = orderView.select({
  _id: 1,
  coupon_code: 1,
  fraud_score: 1,
  'history.at': 1,
  'history.by': 1,
  'history.note': 1,
  'history.status': 1,
  'items.product_id': 1,
  'items.quantity': 1,
  'items.sku': 1,
  'items.title': 1,
  'items.unit_cost': 1,
  'items.unit_price': 1,
  number: 1,
  'payment.fingerprint': 1,
  'payment.intent_id': 1,
  'payment.paid_at': 1,
  'payment.provider': 1,
  placed_at: 1,
  'shipping_address.access_code': 1,
  'shipping_address.city': 1,
  'shipping_address.country': 1,
  'shipping_address.label': 1,
  'shipping_address.street': 1,
  'shipping_address.zip': 1,
  status: 1,
  'totals.discount': 1,
  'totals.items': 1,
  'totals.shipping': 1,
  'totals.total': 1,
  tracking_number: 1,
  updated_at: 1,
  user_id: 1,
});

/** Everything that productView makes public, with `_id`. */
export const wholeProduct = productView.select({
  _id: 1,
  active: 1,
  attributes: 1,
  category: 1,
  cost_price: 1,
  created_at: 1,
  currency: 1,
  description: 1,
  'images.alt': 1,
  'images.url': 1,
  margin_notes: 1,
  price: 1,
  'rating.average': 1,
  'rating.count': 1,
  sku: 1,
  slug: 1,
  stock: 1,
  'supplier.contract_id': 1,
  'supplier.name': 1,
  tags: 1,
  title: 1,
  updated_at: 1,
});

/** Everything that reviewView makes public, with `_id`. */
export const wholeReview = reviewView.select({
  _id: 1,
  author: 1,
  created_at: 1,
  helpful: 1,
  ip: 1,
  'moderation.at': 1,
  'moderation.by': 1,
  'moderation.reason': 1,
  product_id: 1,
  rating: 1,
  'reports.at': 1,
  'reports.reason': 1,
  'reports.user_id': 1,
  status: 1,
  text: 1,
  title: 1,
  user_id: 1,
});

/** Everything that sessionView makes public, with `_id`. */
export const wholeSession = sessionView.select({
  _id: 1,
  created_at: 1,
  expires_at: 1,
  ip: 1,
  user_agent: 1,
  user_id: 1,
});

/** Everything that ticketView makes public, with `_id`. */
export const wholeTicket = ticketView.select({
  _id: 1,
  assignee: 1,
  closed_at: 1,
  'messages.at': 1,
  'messages.author': 1,
  'messages.from': 1,
  'messages.internal': 1,
  'messages.text': 1,
  number: 1,
  opened_at: 1,
  priority: 1,
  status: 1,
  subject: 1,
  user_id: 1,
});

/** Everything that userView makes public, with `_id`. */
export const wholeUser = userView.select({
  _id: 1,
  'addresses.access_code': 1,
  'addresses.city': 1,
  'addresses.country': 1,
  'addresses.label': 1,
  'addresses.street': 1,
  'addresses.zip': 1,
  created_at: 1,
  deleted_at: 1,
  display_name: 1,
  email: 1,
  email_verified: 1,
  failed_logins: 1,
  last_login_ip: 1,
  locale: 1,
  'loyalty.points': 1,
  'loyalty.tier': 1,
  newsletter: 1,
  'payment.card_fingerprint': 1,
  'payment.card_last4': 1,
  'payment.provider_customer_id': 1,
  'profile.avatar': 1,
  'profile.bio': 1,
  'profile.birth_date': 1,
  'profile.website': 1,
  reset_expires_at: 1,
  risk_score: 1,
  role: 1,
  updated_at: 1,
  username: 1,
});

const opened = new WeakMap<Db, SafeDb<typeof views>>();

/** The collections of a database that have views. They may join each other. */
export function safeDb(db: Db): SafeDb<typeof views> {
  const known = opened.get(db) ?? createSafeDb(db, views);
  opened.set(db, known);
  return known;
}
