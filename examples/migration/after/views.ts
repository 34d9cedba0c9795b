// Written by safe-collection init. Remove from `public` what no client needs. Fields that are left out are refused.
import { defineView, subtree } from 'safe-collection';
import type { ApiKey } from './documents.js';
import type { AuditEvent } from './documents.js';
import type { Coupon } from './documents.js';
import type { Order } from './documents.js';
import type { Product } from './documents.js';
import type { Review } from './documents.js';
import type { Session } from './documents.js';
import type { StockMovement } from './documents.js';
import type { Ticket } from './documents.js';
import type { User } from './documents.js';

export const apiKeyView = defineView<ApiKey>()({
  name: 'api_keys',
  public: {
    name: 1,
    prefix: 1,
    scopes: 1,
    created_at: 1,
    last_used_at: 1,
    revoked_at: 1,
    // key_hash: left out (secret: hash)
    // owner_email: left out (personal: mail address)
  },
  arrays: {
    scopes: 1,
  },
  writable: { name: 1, scopes: 1, owner_email: 1 },
});

export const auditEventView = defineView<AuditEvent>()({
  name: 'audit_events',
  public: {
    actor: 1,
    action: 1,
    'target.kind': 1,
    'target.id': 1,
    details: subtree, // returns everything below it
    ip: 1,
    at: 1,
  },
});

export const couponView = defineView<Coupon>()({
  name: 'coupons',
  public: {
    _id: 1,
    code: 1,
    percent_off: 1,
    max_uses: 1,
    used: 1,
    used_by: 1,
    active: 1,
    expires_at: 1,
    created_by: 1,
    campaign_budget: 1,
  },
  arrays: {
    used_by: 1,
  },
  writable: { code: 1, percent_off: 1, max_uses: 1, campaign_budget: 1 },
});

export const orderView = defineView<Order>()({
  name: 'orders',
  public: {
    _id: 1,
    number: 1,
    user_id: 1,
    status: 1,
    'items.product_id': 1,
    'items.sku': 1,
    'items.title': 1,
    'items.quantity': 1,
    'items.unit_price': 1,
    'items.unit_cost': 1,
    'shipping_address.label': 1,
    'shipping_address.street': 1,
    'shipping_address.access_code': 1,
    'shipping_address.city': 1,
    'shipping_address.zip': 1,
    'shipping_address.country': 1,
    'totals.items': 1,
    'totals.discount': 1,
    'totals.shipping': 1,
    'totals.total': 1,
    coupon_code: 1,
    'payment.provider': 1,
    'payment.intent_id': 1,
    'payment.fingerprint': 1,
    'payment.paid_at': 1,
    tracking_number: 1,
    'history.status': 1,
    'history.at': 1,
    'history.by': 1,
    'history.note': 1,
    fraud_score: 1,
    placed_at: 1,
    updated_at: 1,
    // internal_notes: left out (internal: internal)
  },
  arrays: {
    items: 1,
    history: 1,
  },
  writable: {
    'shipping_address.label': 1,
    'shipping_address.street': 1,
    'shipping_address.access_code': 1,
    'shipping_address.city': 1,
    'shipping_address.zip': 1,
    'shipping_address.country': 1,
  },
});

export const productView = defineView<Product>()({
  name: 'products',
  public: {
    _id: 1,
    sku: 1,
    slug: 1,
    title: 1,
    description: 1,
    category: 1,
    tags: 1,
    price: 1,
    currency: 1,
    stock: 1,
    active: 1,
    'images.url': 1,
    'images.alt': 1,
    attributes: subtree, // returns everything below it
    'rating.average': 1,
    'rating.count': 1,
    cost_price: 1,
    'supplier.name': 1,
    'supplier.contract_id': 1,
    margin_notes: 1,
    created_at: 1,
    updated_at: 1,
    // 'supplier.contact_email': left out (personal: mail address)
  },
  arrays: {
    tags: 1,
    images: 1,
  },
  writable: { stock: 1 },
});

export const reviewView = defineView<Review>()({
  name: 'reviews',
  public: {
    _id: 1,
    product_id: 1,
    user_id: 1,
    author: 1,
    rating: 1,
    title: 1,
    text: 1,
    status: 1,
    helpful: 1,
    'reports.user_id': 1,
    'reports.reason': 1,
    'reports.at': 1,
    'moderation.by': 1,
    'moderation.reason': 1,
    'moderation.at': 1,
    ip: 1,
    created_at: 1,
  },
  arrays: {
    reports: 1,
  },
  writable: { status: 1 },
});

export const sessionView = defineView<Session>()({
  name: 'sessions',
  public: {
    _id: 1,
    user_id: 1,
    created_at: 1,
    expires_at: 1,
    ip: 1,
    user_agent: 1,
    // token_hash: left out (secret: hash)
  },
});

export const stockMovementView = defineView<StockMovement>()({
  name: 'stock_movements',
  public: {
    product_id: 1,
    sku: 1,
    change: 1,
    reason: 1,
    order_number: 1,
    by: 1,
    at: 1,
  },
});

export const ticketView = defineView<Ticket>()({
  name: 'tickets',
  public: {
    _id: 1,
    number: 1,
    user_id: 1,
    subject: 1,
    status: 1,
    priority: 1,
    assignee: 1,
    'messages.from': 1,
    'messages.author': 1,
    'messages.text': 1,
    'messages.at': 1,
    'messages.internal': 1,
    opened_at: 1,
    closed_at: 1,
    // internal_tags: left out (internal: internal)
  },
  arrays: {
    messages: 1,
  },
});

export const userView = defineView<User>()({
  name: 'users',
  public: {
    _id: 1,
    email: 1,
    'addresses.street': 1,
    'addresses.access_code': 1,
    username: 1,
    email_verified: 1,
    display_name: 1,
    reset_expires_at: 1,
    role: 1,
    locale: 1,
    newsletter: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    'profile.website': 1,
    'profile.birth_date': 1,
    'addresses.label': 1,
    'addresses.city': 1,
    'addresses.zip': 1,
    'addresses.country': 1,
    'loyalty.tier': 1,
    'loyalty.points': 1,
    'payment.provider_customer_id': 1,
    'payment.card_last4': 1,
    'payment.card_fingerprint': 1,
    risk_score: 1,
    failed_logins: 1,
    last_login_ip: 1,
    created_at: 1,
    updated_at: 1,
    deleted_at: 1,
    // password_hash: left out (secret: password)
    // reset_token_hash: left out (secret: hash)
    // internal_notes: left out (internal: internal)
  },
  arrays: {
    addresses: 1,
  },
  writable: { risk_score: 1, internal_notes: 1 },
});
