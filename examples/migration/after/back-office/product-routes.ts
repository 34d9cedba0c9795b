import type { FastifyInstance } from 'fastify';
import { ObjectId } from 'mongodb';

import type { Coupon, Product } from '../documents.ts';
import { audit } from '../helpers/audit.ts';
import { HttpError, notFound } from '../helpers/http-error.ts';
import { pickFields, readCount, readText } from '../helpers/input.ts';
import { stockHistory } from '../helpers/stock.ts';
import type { Shop } from '../shop.ts';
import { holderOf } from './key-hook.ts';
import { safeDb } from '../collections.ts';
import { trusted } from 'safe-collection';

type NewProduct = Pick<Product, 'sku' | 'slug' | 'title' | 'description' | 'category' | 'tags' | 'price' | 'stock' | 'cost_price' | 'supplier'>;

const EDITABLE = ['title', 'description', 'category', 'tags', 'price', 'images', 'attributes', 'margin_notes'] as const;

export function productRoutes(app: FastifyInstance, { db, products, maintenance }: Shop): void {
  app.post<{ Body: NewProduct }>('/products', async (request, reply) => {
    const by = holderOf(request, 'products');
    const { body } = request;
    readText(body.sku, 'sku');
    readText(body.slug, 'slug');
    if ((await safeDb(db).products.countDocuments({ $or: [{ sku: body.sku }, { slug: body.slug }] })) > 0) throw new HttpError(409, 'the sku or the slug is taken');
    const now = new Date();
    await products.insert({ _id: new ObjectId(), currency: 'EUR', active: true, images: [], attributes: {}, rating: { average: 0, count: 0 }, created_at: now, updated_at: now, ...body });
    await audit(db, { actor: by, action: 'create', kind: 'product', id: body.sku });
    return await reply.code(201).send({ sku: body.sku });
  });

  app.get<{ Params: { sku: string } }>('/products/:sku', async (request) => {
    holderOf(request, 'products');
    const product = await products.findBySku(request.params.sku);
    if (product === null) throw notFound('product');
    return product;
  });

  app.patch<{ Params: { sku: string }; Body: Partial<Product> }>('/products/:sku', async (request) => {
    const by = holderOf(request, 'products');
    const patch = pickFields(request.body, EDITABLE);
    const product = await products.patch(request.params.sku, patch);
    if (product === null) throw notFound('product');
    await audit(db, { actor: by, action: 'edit', kind: 'product', id: product.sku, details: patch });
    return product;
  });

  app.post<{ Params: { sku: string } }>('/products/:sku/retire', async (request) => {
    holderOf(request, 'products');
    const before = await products.retire(request.params.sku);
    if (before === null) throw notFound('active product');
    return { sku: before.sku, stock: before.stock };
  });

  app.delete<{ Params: { sku: string } }>('/products/:sku', async (request) => {
    holderOf(request, 'products');
    const removed = await products.remove(request.params.sku);
    if (removed === null) throw notFound('retired product');
    return { sku: removed.sku };
  });

  app.post<{ Body: Record<string, number> }>('/prices', async (request) => {
    holderOf(request, 'products');
    return { changed: await products.setPrices(request.body) };
  });

  app.post<{ Body: { category: string; percent: number } }>('/prices/raise', async (request) => {
    holderOf(request, 'products');
    const { category, percent } = request.body;
    return { changed: await products.raisePrices(category, 1 + percent / 100) };
  });

  app.post<{ Body: { skus: string[]; tag: string } }>('/tags', async (request) => {
    holderOf(request, 'products');
    return { changed: await products.tag(request.body.skus, readText(request.body.tag, 'tag')) };
  });

  app.post<{ Body: Record<string, number> }>('/stock', async (request) => {
    holderOf(request, 'products');
    return await maintenance.importStock(request.body);
  });

  app.get<{ Querystring: { below?: string } }>('/stock/low', async (request) => {
    holderOf(request, 'products');
    return await products.lowStock(readCount(request.query.below, 5, 10_000));
  });

  app.get<{ Params: { sku: string } }>('/stock/:sku', async (request) => {
    holderOf(request, 'products');
    return await stockHistory(db, request.params.sku, 50);
  });

  app.put<{ Params: { code: string }; Body: Pick<Coupon, 'percent_off' | 'max_uses' | 'campaign_budget'> & { days: number } }>('/coupons/:code', async (request) => {
    const by = holderOf(request, 'products');
    const { percent_off, max_uses, campaign_budget, days } = request.body;
    const { upsertedCount } = await safeDb(db).coupons.updateOne({ code: request.params.code }, { $set: { percent_off, max_uses, campaign_budget } }, { upsert: true, trusted: trusted({ update: { $set: { active: true, expires_at: new Date(Date.now() + days * 24 * 3_600_000) }, $setOnInsert: { used: 0, used_by: [], created_by: by } } }) });
    return { created: upsertedCount === 1 };
  });

  app.get<{ Params: { code: string } }>('/coupons/:code', async (request) => {
    holderOf(request, 'products');
    // safe-collection: the document is passed on here without used_by, so all other fields that couponView makes public are projected: name what is needed
    const coupon = await safeDb(db).coupons.findOne({ code: request.params.code }, { projection: { active: 1, campaign_budget: 1, code: 1, created_by: 1, expires_at: 1, max_uses: 1, percent_off: 1, used: 1, _id: 1 } });
    if (coupon === null) throw notFound('coupon');
    return coupon;
  });
}
