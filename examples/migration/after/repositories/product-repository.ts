import type { Collection, Db, Filter, ObjectId, Sort } from 'mongodb';

import { getProductsCollection } from '../database.ts';
import type { Product } from '../documents.ts';
import { safeDb, wholeProduct } from '../collections.ts';
import { op, trusted } from 'safe-collection';

export interface ProductSearch {
  readonly category?: string | undefined;
  readonly tag?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly title?: RegExp | undefined;
}

export class ProductRepository {
  private readonly coll: Collection<Product>;

  constructor(db: Db) {
    this.coll = getProductsCollection(db);
  }

  private filterOf({ category, tag, min, max, title }: ProductSearch): Filter<Product> {
    const filter: Filter<Product> = { active: true };
    if (category !== undefined) filter.category = category;
    if (tag !== undefined) filter.tags = tag;
    if (title !== undefined) filter.title = title;
    if (min !== undefined || max !== undefined) filter.price = { ...(min === undefined ? {} : { $gte: min }), ...(max === undefined ? {} : { $lte: max }) };
    return filter;
  }

  async search(search: ProductSearch, sort: Sort, limit: number, skip: number): Promise<{ total: number; products: Product[] }> {
    const filter = this.filterOf(search);
    // safe-collection: the filter is built step by step: write it in one piece, with spreads
    const total = await this.coll.countDocuments(filter);
    // safe-collection: the filter is built step by step: write it in one piece, with spreads
    const products = await this.coll.find(filter, { sort, limit, skip }).toArray();
    return { total, products };
  }

  async findBySlug(slug: string) {
    // safe-collection: the document is passed on here without cost_price, supplier, so all other fields that productView makes public are projected: name what is needed
    return await safeDb(this.coll.db).products.findOne({ slug, active: true }, { projection: { active: 1, attributes: 1, category: 1, created_at: 1, currency: 1, description: 1, 'images.alt': 1, 'images.url': 1, margin_notes: 1, price: 1, 'rating.average': 1, 'rating.count': 1, sku: 1, slug: 1, stock: 1, tags: 1, title: 1, updated_at: 1, _id: 1 } });
  }

  async findBySku(sku: string) {
    // safe-collection: the whole document is passed on here, so all fields that productView makes public are projected: name what is needed
    return await safeDb(this.coll.db).products.findOne({ sku }, { projection: wholeProduct });
  }

  async findForOrder(skus: readonly string[]) {
    return await safeDb(this.coll.db).products
      .find({ sku: op({ $in: [...skus] }), active: true }, { projection: { sku: 1, title: 1, price: 1, cost_price: 1, _id: 1 } })
      .toArray();
  }

  async related(product: Pick<Product, 'category' | 'slug'>) {
    return await safeDb(this.coll.db).products
      .find({ category: product.category, active: true, slug: op({ $ne: product.slug }) }, { projection: { slug: 1, title: 1, price: 1, images: 1, _id: 1 } })
      .sort({ 'rating.average': -1, slug: 1 })
      .limit(4)
      .toArray();
  }

  async categories(): Promise<string[]> {
    return await safeDb(this.coll.db).products.distinct('category', { active: true });
  }

  async tagsOf(category: string): Promise<string[]> {
    return await safeDb(this.coll.db).products.distinct('tags', { category, active: true });
  }

  async size(): Promise<number> {
    return await safeDb(this.coll.db).products.estimatedDocumentCount();
  }

  async insert(product: Product): Promise<void> {
    await safeDb(this.coll.db).products.insertOne({}, { trusted: trusted({ set: product }) });
  }

  async patch(sku: string, patch: Partial<Product>) {
    // safe-collection: it would not compile (Type 'Trusted<{ readonly update: { readonly $set: { readonly updated_at: Date; readonly _id?: ObjectId; readonly sku?: string; readonly slug?: string…)
    return await this.coll.findOneAndUpdate({ sku }, { $set: { ...patch, updated_at: new Date() } }, { returnDocument: 'after' });
  }

  async retire(sku: string) {
    return await safeDb(this.coll.db).products.findOneAndUpdate({ sku, active: true }, {}, { projection: { sku: 1, stock: 1 }, trusted: trusted({ update: { $set: { active: false } } }) });
  }

  async remove(sku: string) {
    return await safeDb(this.coll.db).products.findOneAndDelete({ sku, active: false }, { projection: { sku: 1 } });
  }

  async tag(skus: readonly string[], tag: string): Promise<number> {
    const { modifiedCount = 0 } = await safeDb(this.coll.db).products.updateMany({ sku: op({ $in: [...skus] }) }, {}, { trusted: trusted({ update: { $addToSet: { tags: tag } } }) });
    return modifiedCount;
  }

  async setPrices(prices: Readonly<Record<string, number>>): Promise<number> {
    const operations = Object.entries(prices).map(([sku, price]) => ({ updateOne: { filter: { sku }, update: {}, trusted: trusted({ update: { $set: { price, updated_at: new Date() } } }) } }));
    const { modifiedCount = 0 } = await safeDb(this.coll.db).products.bulkWrite(operations, { ordered: false });
    return modifiedCount;
  }

  async raisePrices(category: string, factor: number): Promise<number> {
    const { modifiedCount = 0 } = await safeDb(this.coll.db).products.updateMany({ category }, {}, { trusted: trusted({ update: { $mul: { price: factor } } }) });
    return modifiedCount;
  }

  async setRating(id: ObjectId, average: number, count: number): Promise<void> {
    await safeDb(this.coll.db).products.updateOne({ _id: id }, {}, { trusted: trusted({ update: { $set: { rating: { average, count } } } }) });
  }

  async lowStock(below: number) {
    return await safeDb(this.coll.db).products.find({ stock: op({ $lt: below }), active: true }, { projection: { sku: 1, title: 1, stock: 1, supplier: 1, _id: 1 } }).sort({ stock: 1 }).toArray();
  }
}
