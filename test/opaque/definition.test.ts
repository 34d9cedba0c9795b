import type { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { createSafeDb, defineAudiences, defineView, opaqueId, SafeCollection, subtree } from 'safe-collection';
import { createMongoView } from 'safe-collection/privileged';

import { testServer } from '../write/support/server.ts';
import { ada, buyerView, fill, KEY, lin, purchaseView, type Buyer, type Purchase } from './support/shop.ts';

const server = testServer();

interface Row {
  _id: ObjectId;
  owner_id: ObjectId;
  name: string;
  nested: { ref_id: ObjectId };
  settings: Record<string, unknown>;
}

/** Definitions as JavaScript may write them, each with the code of its refusal. */
const REFUSED: Readonly<Record<string, readonly [spec: () => object, code: string]>> = {
  'no name of the view': [() => ({ public: { id: opaqueId('_id') } }), 'view_value'],
  'the name _id': [() => ({ name: 'x', public: { _id: opaqueId('_id') } }), 'view_path'],
  'another branch': [() => ({ name: 'x', public: { ref: opaqueId('nested.ref_id') } }), 'view_path'],
  'a malformed stored path': [() => ({ name: 'x', public: { id: opaqueId('$id') } }), 'view_path'],
  'the same stored id twice': [
    () => ({ name: 'x', public: { a: opaqueId('owner_id'), b: opaqueId('owner_id') } }),
    'view_contradiction',
  ],
  'a stored path that is public too': [
    () => ({ name: 'x', public: { id: opaqueId('_id'), _id: 1 } }),
    'view_contradiction',
  ],
  'a stored path that is writable': [
    () => ({ name: 'x', public: { owner: opaqueId('owner_id') }, writable: { owner_id: 1 } }),
    'view_contradiction',
  ],
  'a writable _id': [() => ({ name: 'x', public: { id: opaqueId('_id') }, writable: { id: 1 } }), 'view_contradiction'],
  'a sortable id': [() => ({ name: 'x', public: { id: opaqueId('_id') }, sortable: { id: 1 } }), 'view_contradiction'],
  'a default at the public path': [
    () => ({ name: 'x', public: { owner: opaqueId('owner_id') }, defaults: { owner: null } }),
    'view_contradiction',
  ],
  'a path below it': [
    () => ({ name: 'x', public: { owner: opaqueId('owner_id'), 'owner_id.x': 1 } }),
    'view_contradiction',
  ],
  'a subtree around it': [
    () => ({ name: 'x', public: { settings: subtree, 'settings.id': opaqueId('settings._id') } }),
    'view_contradiction',
  ],
  'a view without an opaque _id': [
    () => ({ name: 'x', public: { owner: opaqueId('owner_id', defineView<Row>()({ public: { name: 1 } })) } }),
    'view_value',
  ],
  'an object that is no view': [
    () => ({ name: 'x', public: { owner: opaqueId('owner_id', {} as never) } }),
    'view_value',
  ],
  'a mark outside of public': [
    () => ({ name: 'x', public: { name: 1 }, filterable: { id: opaqueId('_id') } }),
    'view_value',
  ],
};

describe('a view refuses', () => {
  it.each(Object.entries(REFUSED))('%s', (_, [spec, code]) => {
    const define = () => defineView<Row>()(spec() as never);
    expect(define).toThrow(expect.objectContaining({ name: 'ViewError', code }));
  });

  it('a view that is not defined yet, and other arguments', () => {
    const make = opaqueId as (...args: readonly unknown[]) => unknown;
    expect(() => make('user_id', undefined)).toThrow(expect.objectContaining({ code: 'argument_invalid' }));
    expect(() => make(5)).toThrow(expect.objectContaining({ code: 'argument_invalid' }));
  });
});

describe('a view with opaque ids', () => {
  it('has them in its JSON Schema', () => {
    const id = { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$' };
    expect(purchaseView.toJSONSchema(['id', 'buyer', 'watchers'])).toEqual({
      type: 'object',
      properties: {
        id,
        buyer: { anyOf: [id, { type: 'null' }] },
        watchers: { anyOf: [{ type: 'array', items: id }, { type: 'null' }] },
      },
      additionalProperties: false,
    });
  });

  it('does not pick, because it has no keys', () => {
    const pick = () => purchaseView.pick({ product: 'x' } as never);
    expect(pick).toThrow(expect.objectContaining({ code: 'projection_path', path: 'id' }));
    expect(purchaseView.pick({ product: 'x' } as never, ['product'])).toEqual({ product: 'x' });
  });

  it('keeps its ids in a view that extends it, and in audiences', async () => {
    await fill(server.db);
    const staffView = buyerView.extend({ name: 'staff', public: { password_hash: 1 } });
    const audiences = defineAudiences(buyerView, { public: {}, staff: { public: { password_hash: 1 } } });
    const make = (view: never) =>
      new SafeCollection(server.db.collection<Buyer>('buyers') as never, view, { sealKeys: [KEY] }) as never as {
        findOne(filter: object, options: object): Promise<{ id: string } | null>;
        forAudience(name: string): { findOne(filter: object, options: object): Promise<{ id: string } | null> };
      };
    const ask = { projection: ['id'] };
    const first = await make(buyerView as never).findOne({ name: 'ada' }, ask);
    expect(await make(staffView as never).findOne({ name: 'ada' }, ask)).toEqual(first);
    const held = make(audiences as never);
    expect(await held.findOne({ id: first?.id }, ask)).toEqual(first);
    expect(await held.forAudience('staff').findOne({ id: first?.id }, { projection: ['password_hash'] })).toEqual({
      password_hash: 'secret-a',
    });
  });

  it('is contained only in an audience with the same ids', () => {
    const other = defineView<Buyer>()({ name: 'other', public: { id: opaqueId('_id'), name: 1, password_hash: 1 } });
    const define = () => defineAudiences(buyerView, { public: {}, other } as never);
    expect(define).toThrow(expect.objectContaining({ code: 'view_contradiction' }));
  });

  it('may refer to its own documents', async () => {
    interface Comment {
      _id: ObjectId;
      parent_id: ObjectId | null;
      text: string;
    }
    const view = defineView<Comment>()({
      name: 'comment',
      public: { id: opaqueId('_id'), parent: opaqueId('parent_id'), text: 1 },
      writable: { parent: 1, text: 1 },
    });
    const comments = createSafeDb(server.db, { comments: view }, { sealKeys: [KEY] }).comments;
    const { document } = await comments.insertOne({ parent: null, text: 'a' }, { projection: ['id'] });
    await comments.insertOne({ parent: document.id, text: 'b' });
    expect(await comments.findOne({ parent: document.id }, { projection: ['text', 'parent'] })).toEqual({
      text: 'b',
      parent: document.id,
    });
  });

  it('shows the stored ids to the user of a MongoDB view, because the library reads them there', async () => {
    const { script } = await createMongoView(server.db, 'public_purchases', purchaseView as never, {
      viewOn: 'purchases',
    });
    expect(script).toContain('buyer_id');
    const through = createSafeDb(server.db, { public_purchases: purchaseView }, { sealKeys: [KEY] }).public_purchases;
    const direct = createSafeDb(server.db, { purchases: purchaseView }, { sealKeys: [KEY] }).purchases;
    const ask = { projection: purchaseView, sort: { total: 1 } } as const;
    expect(await through.find({}, ask).toArray()).toEqual(await direct.find({}, ask).toArray());
  });

  it('works with scopes, whose rows have ids of their own', async () => {
    const scopedView = defineView<Purchase>()({
      name: 'scoped_purchase',
      public: { id: opaqueId('_id'), product: 1 },
      scope: { tenant_id: 1 },
    });
    const shop = createSafeDb(server.db, { purchases: scopedView }, { sealKeys: [KEY] });
    const [own, other] = [shop.scoped({ tenant_id: 'acme' }), shop.scoped({ tenant_id: 'globex' })];
    const found = await own.purchases.findOne({ product: 'lamp' }, { projection: ['id'] });
    expect(await own.purchases.exists({ id: found?.id ?? '' })).toBe(true);
    expect(await other.purchases.findOne({ id: found?.id ?? '' }, { projection: ['product'] })).toBe(null);
    expect(ada._id.equals(lin._id)).toBe(false);
  });
});
