import { type Collection, type Db, ObjectId } from 'mongodb';

import type { Review } from '../documents.ts';

export class ReviewRepository {
  private readonly coll: Collection<Review>;

  constructor(db: Db) {
    this.coll = db.collection<Review>('reviews');
  }

  async insert(review: Omit<Review, '_id'>): Promise<ObjectId> {
    const { insertedId } = await this.coll.insertOne({ _id: new ObjectId(), ...review });
    return insertedId;
  }

  async published(product_id: ObjectId, limit: number) {
    return await this.coll.find({ product_id, status: 'published' }).sort({ helpful: -1, created_at: -1 }).limit(limit).toArray();
  }

  async pending() {
    return await this.coll.find({ status: 'pending' }, { projection: { ip: 0 } }).sort({ created_at: 1 }).toArray();
  }

  async moderate(id: ObjectId, status: 'published' | 'rejected', by: string, reason: string): Promise<Review | null> {
    return await this.coll.findOneAndUpdate({ _id: id, status: 'pending' }, { $set: { status, moderation: { by, reason, at: new Date() } } }, { returnDocument: 'after' });
  }

  async markHelpful(id: ObjectId): Promise<number | undefined> {
    const review = await this.coll.findOneAndUpdate({ _id: id, status: 'published' }, { $inc: { helpful: 1 } }, { projection: { helpful: 1 }, returnDocument: 'after' });
    return review?.helpful;
  }

  async report(id: ObjectId, user_id: ObjectId, reason: string): Promise<boolean> {
    const { modifiedCount } = await this.coll.updateOne({ _id: id, 'reports.user_id': { $ne: user_id } }, { $push: { reports: { user_id, reason, at: new Date() } } });
    return modifiedCount === 1;
  }

  async mostReported() {
    return await this.coll.find({ 'reports.0': { $exists: true } }).limit(20).toArray();
  }

  async averageOf(product_id: ObjectId): Promise<{ average: number; count: number }> {
    const row = await this.coll
      .aggregate<{ average: number; count: number }>([
        { $match: { product_id, status: 'published' } },
        { $group: { _id: null, average: { $avg: '$rating' }, count: { $sum: 1 } } },
      ])
      .next();
    return { average: row?.average ?? 0, count: row?.count ?? 0 };
  }

  async removeOf(user_id: ObjectId): Promise<number> {
    return (await this.coll.deleteMany({ user_id })).deletedCount;
  }
}
