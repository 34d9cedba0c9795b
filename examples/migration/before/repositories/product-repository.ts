import type { AnyBulkWriteOperation, Collection, Db, Filter, ObjectId, Sort } from 'mongodb';

import { getProductsCollection } from '../database.ts';
import type { Product } from '../documents.ts';

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
    const total = await this.coll.countDocuments(filter);
    const products = await this.coll.find(filter, { sort, limit, skip }).toArray();
    return { total, products };
  }

  async findBySlug(slug: string) {
    return await this.coll.findOne({ slug, active: true }, { projection: { cost_price: 0, supplier: 0 } });
  }

  async findBySku(sku: string): Promise<Product | null> {
    return await this.coll.findOne({ sku });
  }

  async findForOrder(skus: readonly string[]) {
    return await this.coll
      .find({ sku: { $in: [...skus] }, active: true })
      .project<Pick<Product, '_id' | 'sku' | 'title' | 'price' | 'cost_price'>>({ sku: 1, title: 1, price: 1, cost_price: 1 })
      .toArray();
  }

  async related(product: Pick<Product, 'category' | 'slug'>) {
    return await this.coll
      .find({ category: product.category, active: true, slug: { $ne: product.slug } }, { projection: { slug: 1, title: 1, price: 1, images: 1 } })
      .sort({ 'rating.average': -1, slug: 1 })
      .limit(4)
      .toArray();
  }

  async categories(): Promise<string[]> {
    return await this.coll.distinct('category', { active: true });
  }

  async tagsOf(category: string): Promise<string[]> {
    return await this.coll.distinct('tags', { category, active: true });
  }

  async size(): Promise<number> {
    return await this.coll.estimatedDocumentCount();
  }

  async insert(product: Product): Promise<void> {
    await this.coll.insertOne(product);
  }

  async patch(sku: string, patch: Partial<Product>) {
    return await this.coll.findOneAndUpdate({ sku }, { $set: { ...patch, updated_at: new Date() } }, { returnDocument: 'after' });
  }

  async retire(sku: string): Promise<Product | null> {
    return await this.coll.findOneAndUpdate({ sku, active: true }, { $set: { active: false } });
  }

  async remove(sku: string): Promise<Product | null> {
    return await this.coll.findOneAndDelete({ sku, active: false });
  }

  async tag(skus: readonly string[], tag: string): Promise<number> {
    const { modifiedCount } = await this.coll.updateMany({ sku: { $in: [...skus] } }, { $addToSet: { tags: tag } });
    return modifiedCount;
  }

  async setPrices(prices: Readonly<Record<string, number>>): Promise<number> {
    const operations: AnyBulkWriteOperation<Product>[] = Object.entries(prices).map(([sku, price]) => ({
      updateOne: { filter: { sku }, update: { $set: { price, updated_at: new Date() } } },
    }));
    const { modifiedCount } = await this.coll.bulkWrite(operations, { ordered: false });
    return modifiedCount;
  }

  async raisePrices(category: string, factor: number): Promise<number> {
    const { modifiedCount } = await this.coll.updateMany({ category }, { $mul: { price: factor } });
    return modifiedCount;
  }

  async setRating(id: ObjectId, average: number, count: number): Promise<void> {
    await this.coll.updateOne({ _id: id }, { $set: { rating: { average, count } } });
  }

  async lowStock(below: number) {
    return await this.coll.find({ stock: { $lt: below }, active: true }).project({ sku: 1, title: 1, stock: 1, supplier: 1 }).sort({ stock: 1 }).toArray();
  }
}
