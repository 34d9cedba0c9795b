import { describe, expect, it } from 'vitest';
import { createSafeDb, defineView } from 'safe-collection';

import { testServer } from '../write/support/server.ts';
import { orderView, type Order } from './support/shop.ts';

const server = testServer();

interface Row {
  tenant_id: string;
  user_id: string;
  name: string;
  tags: string[];
  free: Record<string, string>;
  org: { id: string };
  made_at: Date;
}

const define = (spec: object) => defineView<Row>()({ public: { name: 1 }, ...spec } as never);

describe('the scope of a view', () => {
  it.each<readonly [string, object, string]>([
    ['another word', { scope: 'everyone' }, 'view_value'],
    ['no field', { scope: {} }, 'view_value'],
    ['another mark', { scope: { tenant_id: 0 } }, 'view_value'],
    ['true', { scope: { tenant_id: true } }, 'view_value'],
    ['a list', { scope: ['tenant_id'] }, 'input_invalid'],
    ['null', { scope: null }, 'input_invalid'],
    ['_id', { scope: { _id: 1 } }, 'view_path'],
    ['a nested path', { scope: { 'org.id': 1 } }, 'view_path'],
    ['a number', { scope: { 0: 1 } }, 'view_path'],
    ['an operator', { scope: { $where: 1 } }, 'view_path'],
    ['a writable field', { writable: { tenant_id: 1 }, scope: { tenant_id: 1 } }, 'view_contradiction'],
    ['a field with a writable one below', { writable: { 'org.id': 1 }, scope: { org: 1 } }, 'view_contradiction'],
    ['a field with a public one below', { public: { 'org.id': 1 }, scope: { org: 1 } }, 'view_contradiction'],
    ['a timestamp', { timestamps: { createdAt: 'made_at' }, scope: { made_at: 1 } }, 'view_contradiction'],
    ['a field with a default', { defaults: { tenant_id: 'x' }, scope: { tenant_id: 1 } }, 'view_contradiction'],
    ['an array', { arrays: { tags: 1 }, scope: { tags: 1 } }, 'view_contradiction'],
    ['a subtree', { public: { name: 1, free: Symbol.for('x') }, scope: { free: 1 } }, 'input_invalid'],
  ])('takes no %s', (_, spec, code) => {
    expect(() => define(spec)).toThrowError(expect.objectContaining({ code }));
  });

  it('is replaced by an extension, and kept without one', async () => {
    const db = server.db;
    const wider = orderView.extend({ name: 'support', scope: 'shared' });
    const kept = orderView.extend({ name: 'kept', public: { cost: 1 } });
    await db.collection<Order>('orders').insertOne({ tenant_id: 'a', product: 'p' } as Order);
    expect(await createSafeDb(db, { orders: wider }).orders.countDocuments()).toBe(1);
    expect(await createSafeDb(db, { orders: kept }).scoped({ tenant_id: 'b' }).orders.countDocuments()).toBe(0);
  });
});

describe('a SafeDb of views with scopes', () => {
  const silent = defineView<Row>()({ public: { name: 1 } });

  it('asks every view whose rows it has', () => {
    expect(() => createSafeDb(server.db, { orders: orderView, rows: silent as never })).toThrowError(
      expect.objectContaining({ code: 'scope_missing', path: 'rows' }),
    );
  });

  it('has no collection named scoped', () => {
    expect(() => createSafeDb(server.db, { orders: orderView, scoped: orderView })).toThrowError(
      expect.objectContaining({ code: 'argument_invalid', path: 'scoped' }),
    );
  });

  it('asks for the fields of all its scopes', () => {
    const own = defineView<Row>()({ public: { name: 1 }, scope: { tenant_id: 1, user_id: 1 } });
    const shop = createSafeDb(server.db, { orders: orderView, rows: own });
    expect(Object.keys(shop)).toEqual(['orders', 'rows']);
    expect(() => shop.scoped({ tenant_id: 'a' } as never)).toThrowError(
      expect.objectContaining({ code: 'scope_missing', path: 'user_id' }),
    );
    const { orders, rows } = shop.scoped({ tenant_id: 'a', user_id: 'u' });
    expect(typeof orders.find).toBe('function');
    expect(typeof rows.find).toBe('function');
  });

  it('has no scoped() without a scope', () => {
    expect('scoped' in createSafeDb(server.db, { rows: silent })).toBe(false);
  });

  it('gives the same collection each time, and nothing to change', () => {
    const own = createSafeDb(server.db, { orders: orderView }).scoped({ tenant_id: 'a' });
    expect(own.orders).toBe(own.orders);
    expect(Object.isFrozen(own)).toBe(true);
    expect(Object.isFrozen(Object.getPrototypeOf(own))).toBe(true);
    expect(Object.getPrototypeOf(Object.getPrototypeOf(own))).toBe(null);
  });
});
