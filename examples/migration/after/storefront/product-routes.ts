import { Router } from 'express';

import { HttpError, notFound } from '../helpers/http-error.ts';
import { escapeRegExp, readCount, readId } from '../helpers/input.ts';
import type { Shop } from '../shop.ts';
import { authenticate, currentUser } from './authenticate.ts';
import { op, type SafeSort } from 'safe-collection';
import type { productView } from '../views.ts';
import { safeDb } from '../collections.ts';

const SORTS: Readonly<Record<string, SafeSort<typeof productView>>> = {
  price: { price: 1, sku: 1 },
  '-price': { price: -1, sku: 1 },
  rating: { 'rating.average': -1, sku: 1 },
  new: { created_at: -1, sku: 1 },
};

export function productRoutes(shop: Shop): Router {
  const { db, products, reviewing, reviews } = shop;
  const router = Router();
  const loggedIn = authenticate(shop);

  router.get('/products', async (request, response) => {
    const { category, tag, q, min, max, sort } = request.query as Record<string, string | undefined>;
    const order = SORTS[sort ?? 'price'];
    if (order === undefined) throw new HttpError(400, 'not a sort');
    const limit = readCount(request.query['limit'], 20);
    const page = readCount(request.query['page'], 1, 1_000);
    const search = {
      category,
      tag,
      min: min === undefined ? undefined : Number(min),
      max: max === undefined ? undefined : Number(max),
      title: q === undefined ? undefined : new RegExp(escapeRegExp(q), 'i'),
    };
    response.json(await products.search(search, order, limit, (page - 1) * limit));
  });

  router.get('/products/:slug', async (request, response) => {
    const product = await products.findBySlug(request.params.slug);
    if (product === null) throw notFound('product');
    response.json({ product, related: await products.related(product) });
  });

  router.get('/categories', async (_, response) => {
    const categories = await products.categories();
    const lists = await Promise.all(categories.map(async (category) => ({ category, tags: await products.tagsOf(category) })));
    response.json(lists);
  });

  router.get('/suggest', async (request, response) => {
    const { q } = request.query;
    const start = typeof q === 'string' ? q : '';
    const found = await safeDb(db).products
      .find({ title: op({ $regex: `^${escapeRegExp(start)}`, $options: 'i' }), active: true }, { projection: { title: 1, slug: 1, _id: 0 } })
      .sort({ title: 1 })
      .limit(5)
      .toArray();
    response.json(found);
  });

  router.get('/products/:slug/reviews', async (request, response) => {
    response.json(await reviewing.listFor(request.params.slug, readCount(request.query['limit'], 10)));
  });

  router.post('/products/:slug/reviews', loggedIn, async (request, response) => {
    const id = await reviewing.write(currentUser(response), String(request.params['slug']), request.body, request.ip ?? '');
    response.status(201).json({ id: id.toHexString() });
  });

  router.post('/reviews/:id/helpful', async (request, response) => {
    const helpful = await reviews.markHelpful(readId(request.params.id));
    if (helpful === undefined) throw notFound('review');
    response.json({ helpful });
  });

  router.post('/reviews/:id/report', loggedIn, async (request, response) => {
    const reported = await reviews.report(readId(request.params['id']), currentUser(response)._id, String(request.body.reason ?? ''));
    response.json({ reported });
  });

  return router;
}
