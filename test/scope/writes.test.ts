import { ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { everything, trusted } from 'safe-collection';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';
import { UPDATE_CALLS } from '../write/support/update-calls.ts';
import { rowsOf, shopOf, type Order } from './support/shop.ts';

const server = testServer();
const raw = () => server.db.collection<Order>('orders');
const orders = (tenant_id = 'acme'): Loose => loose(shopOf(server.db).scoped({ tenant_id }).orders);
const NEW = { product: 'chair', quantity: 3, status: 'open', tags: [] };
const WHOLE = { ...NEW, buyer_id: 1, cost: 1 };

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany(rowsOf('acme', 2).orders);
  server.forget();
});

const INSERTS: Readonly<Record<string, (orders: Loose, document: object, options?: object) => Promise<unknown>>> = {
  insertOne: (held, document, options) => held.insertOne(document, options),
  insertMany: (held, document, options) => held.insertMany([document], options),
  bulkWrite: (held, document, options) => held.bulkWrite([{ insertOne: { document, ...options } }]),
  'bulkWrite, built': (held, document, options) => held.initializeOrderedBulkOp().insert(document, options).execute(),
};

describe.each(Object.entries(INSERTS))('%s', (_, insert) => {
  const rest = { trusted: trusted({ set: { buyer_id: 1, cost: 1 } }) };

  it('stores the value of the scope', async () => {
    await insert(orders(), NEW, rest);
    expect(await raw().findOne({ product: 'chair' })).toMatchObject({ tenant_id: 'acme' });
  });

  it('takes the same value from the program', async () => {
    await insert(orders(), trusted({ ...WHOLE, tenant_id: 'acme' }), {});
    expect(await raw().countDocuments({ tenant_id: 'acme' })).toBe(3);
  });

  it.each<readonly [string, object, object, string]>([
    ["the caller's other value", { ...NEW, tenant_id: 'globex' }, rest, 'write_path'],
    ["the caller's same value", { ...NEW, tenant_id: 'acme' }, rest, 'write_path'],
    ["the program's other value", NEW, { trusted: trusted({ set: { tenant_id: 'globex', cost: 1 } }) }, 'scope_value'],
    ['another value of a trusted document', trusted({ ...WHOLE, tenant_id: 'globex' }), {}, 'scope_value'],
    ['another type', trusted({ ...WHOLE, tenant_id: new ObjectId() }), {}, 'scope_value'],
    ['a list with the value', trusted({ ...WHOLE, tenant_id: ['acme'] }), {}, 'scope_value'],
    ['null', trusted({ ...WHOLE, tenant_id: null }), {}, 'scope_value'],
  ])('refuses %s', async (__, document, options, code) => {
    await expect((async () => await insert(orders(), document, options))()).rejects.toMatchObject({ code });
    expect(server.sent).toEqual([]);
  });
});

/** Updates that would move a document, or take it out of every scope. */
const MOVES: Readonly<Record<string, object>> = {
  $set: { $set: { tenant_id: 'globex' } },
  '$set of a list': { $set: { tenant_id: ['acme', 'globex'] } },
  $unset: { $unset: { tenant_id: '' } },
  $setOnInsert: { $setOnInsert: { tenant_id: 'globex' } },
  $push: { $push: { tenant_id: 'globex' } },
  $inc: { $inc: { tenant_id: 1 } },
  $min: { $min: { tenant_id: 'a' } },
  $max: { $max: { tenant_id: 'z' } },
  $currentDate: { $currentDate: { tenant_id: true } },
  'a field below': { $set: { 'tenant_id.x': 'globex' } },
};

describe.each(Object.entries(UPDATE_CALLS))('%s', (name, send) => {
  const shown = name.startsWith('findOneAnd') ? { projection: ['product'] } : {};
  const update: typeof send = (held, filter, change, options) => send(held, filter, change, { ...options, ...shown });

  it.each(Object.entries(MOVES))("moves no document: the program's %s", async (__, move) => {
    for (const given of [
      () => update(orders(), { product: 'lamp' }, trusted(move as { readonly $set: object })),
      () => update(orders(), { product: 'lamp' }, { $set: { status: 'x' } }, { trusted: trusted({ update: move }) }),
    ])
      await expect((async () => await given())()).rejects.toMatchObject({
        code: expect.stringMatching(/^(scope_value|write_)/),
      });
    expect(server.sent).toEqual([]);
  });

  it.each(Object.entries(MOVES))("moves no document: the caller's %s", async (__, move) => {
    await expect((async () => await update(orders(), { product: 'lamp' }, move))()).rejects.toMatchObject({
      code: expect.stringMatching(/^write_/),
    });
    expect(server.sent).toEqual([]);
  });

  it('may set the value that the document has', async () => {
    await update(orders(), { product: 'lamp' }, trusted({ $set: { tenant_id: 'acme', status: 'same' } }));
    expect(await raw().countDocuments({ tenant_id: 'acme', status: 'same' })).toBe(1);
  });

  it('upserts into its scope', async () => {
    await update(orders('globex'), { product: 'lamp' }, { $set: { status: 'up' } }, { upsert: true });
    expect(await raw().findOne({ status: 'up' })).toMatchObject({ tenant_id: 'globex', product: 'lamp' });
    expect(await raw().countDocuments({ tenant_id: 'acme' })).toBe(2);
  });

  it.each([
    ['in the filter', trusted({ product: 'x', tenant_id: 'globex' })],
    ['in the filter, the same value', trusted({ product: 'x', tenant_id: 'acme' })],
  ])('an upsert names no value of the scope %s', async (__, filter) => {
    const call = update(orders(), filter, { $set: { status: 'up' } }, { upsert: true });
    await expect((async () => await call)()).rejects.toMatchObject({ code: 'scope_value' });
    expect(server.sent).toEqual([]);
  });
});

describe('a replacement', () => {
  const REPLACES: Readonly<Record<string, (held: Loose, document: object, options: object) => Promise<unknown>>> = {
    replaceOne: (held, document, options) => held.replaceOne({ product: 'lamp' }, document, options),
    findOneAndReplace: (held, document, options) =>
      held.findOneAndReplace({ product: 'lamp' }, document, { projection: ['product'], ...options }),
    bulkWrite: (held, replacement, options) =>
      held.bulkWrite([{ replaceOne: { filter: { product: 'lamp' }, replacement, ...options } }]),
  };

  it.each(Object.entries(REPLACES))('%s keeps the scope', async (_, replace) => {
    await replace(orders(), NEW, {});
    expect(await raw().findOne({ product: 'chair' })).toMatchObject({ tenant_id: 'acme', cost: 0 });
    await replace(orders('globex'), NEW, { upsert: true });
    expect(await raw().countDocuments({ tenant_id: 'globex' })).toBe(1);
  });

  it.each(Object.entries(REPLACES))('%s moves nothing', async (_, replace) => {
    const moved = trusted({ ...WHOLE, tenant_id: 'globex' });
    await expect((async () => await replace(orders(), moved, {}))()).rejects.toMatchObject({ code: 'scope_value' });
    expect(server.sent).toEqual([]);
  });
});

it('a version conflict is told of own rows only', async () => {
  expect(await orders('globex').deleteMany(everything)).toMatchObject({ deletedCount: 0 });
  expect(await raw().countDocuments()).toBe(2);
});

describe('a unique index', () => {
  const again = (held: Loose): Promise<unknown> =>
    held.insertOne(NEW, { trusted: trusted({ set: { buyer_id: 1, cost: 1 } }) });
  const inBulk = async (held: Loose): Promise<unknown> =>
    await held
      .bulkWrite([{ insertOne: { document: NEW, trusted: trusted({ set: { buyer_id: 1, cost: 1 } }) } }])
      .catch((error: unknown) => (error as { failures: readonly unknown[] }).failures[0]);

  it('that begins with the scope lets each scope have its value, and names the fields', async () => {
    await raw().createIndex({ tenant_id: 1, product: 1 }, { unique: true });
    await again(orders());
    await again(orders('globex'));
    await expect(again(orders())).rejects.toMatchObject({ code: 'duplicate_key', paths: ['product'] });
    expect(await inBulk(orders())).toMatchObject({ code: 'duplicate_key', paths: ['product'] });
    await raw().dropIndexes();
  });

  it('across scopes is named by no error', async () => {
    await raw().createIndex({ product: 1 }, { unique: true });
    await again(orders('globex'));
    await expect(again(orders())).rejects.toMatchObject({ code: 'duplicate_key', paths: [] });
    expect(await inBulk(orders())).toMatchObject({ code: 'duplicate_key', paths: [] });
    await raw().dropIndexes();
  });
});
