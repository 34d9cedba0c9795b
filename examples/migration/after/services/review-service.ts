import type { ObjectId } from 'mongodb';

import type { User } from '../documents.ts';
import { HttpError, notFound } from '../helpers/http-error.ts';
import type { OrderRepository } from '../repositories/order-repository.ts';
import type { ProductRepository } from '../repositories/product-repository.ts';
import type { ReviewRepository } from '../repositories/review-repository.ts';

export interface ReviewInput {
  readonly rating: number;
  readonly title: string;
  readonly text: string;
}

export class ReviewService {
  private readonly reviews: ReviewRepository;
  private readonly products: ProductRepository;
  private readonly orders: OrderRepository;

  constructor(reviews: ReviewRepository, products: ProductRepository, orders: OrderRepository) {
    this.reviews = reviews;
    this.products = products;
    this.orders = orders;
  }

  async write(user: Pick<User, '_id' | 'username'>, slug: string, { rating, title, text }: ReviewInput, ip: string): Promise<ObjectId> {
    if (![1, 2, 3, 4, 5].includes(rating)) throw new HttpError(400, 'a rating is 1 to 5');
    const product = await this.products.findBySlug(slug);
    if (product === null) throw notFound('product');
    if (!(await this.orders.hasBought(user._id, product._id))) throw new HttpError(403, 'only buyers write reviews');
    return await this.reviews.insert({
      product_id: product._id,
      user_id: user._id,
      author: user.username,
      rating,
      title,
      text,
      status: 'pending',
      helpful: 0,
      reports: [],
      ip,
      created_at: new Date(),
    });
  }

  async moderate(id: ObjectId, status: 'published' | 'rejected', by: string, reason: string) {
    const review = await this.reviews.moderate(id, status, by, reason);
    if (review === null) throw notFound('pending review');
    const { average, count } = await this.reviews.averageOf(review.product_id);
    await this.products.setRating(review.product_id, average, count);
    return review;
  }

  async listFor(slug: string, limit: number) {
    const product = await this.products.findBySlug(slug);
    if (product === null) throw notFound('product');
    return { rating: product.rating, reviews: await this.reviews.published(product._id, limit) };
  }
}
