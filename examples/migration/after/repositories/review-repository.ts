import { type Collection, type Db, ObjectId } from 'mongodb';

import type { Review } from '../documents.ts';
import { safeDb, wholeReview } from '../collections.ts';
import { trusted } from 'safe-collection';

export class ReviewRepository {
  private readonly coll: Collection<Review>;

  constructor(db: Db) {
    this.coll = db.collection<Review>('reviews');
  }

  async insert(review: Omit<Review, '_id'>): Promise<ObjectId> {
    // safe-collection: it spreads a variable: say which of its fields the caller writes
    const { insertedId } = await this.coll.insertOne({ _id: new ObjectId(), ...review });
    return insertedId;
  }

  async published(product_id: ObjectId, limit: number) {
    // safe-collection: the whole document is passed on here, so all fields that reviewView makes public are projected: name what is needed
    return await safeDb(this.coll.db).reviews.find({ product_id, status: 'published' }, { projection: wholeReview }).sort({ helpful: -1, created_at: -1 }).limit(limit).toArray();
  }

  async pending() {
    // safe-collection: the document is passed on here without ip, so all other fields that reviewView makes public are projected: name what is needed
    return await safeDb(this.coll.db).reviews.find({ status: 'pending' }, { projection: { author: 1, created_at: 1, helpful: 1, 'moderation.at': 1, 'moderation.by': 1, 'moderation.reason': 1, product_id: 1, rating: 1, 'reports.at': 1, 'reports.reason': 1, 'reports.user_id': 1, status: 1, text: 1, title: 1, user_id: 1, _id: 1 } }).sort({ created_at: 1 }).toArray();
  }

  async moderate(id: ObjectId, status: 'published' | 'rejected', by: string, reason: string) {
    return await safeDb(this.coll.db).reviews.findOneAndUpdate({ _id: id, status: 'pending' }, { $set: { status } }, { projection: { product_id: 1, status: 1, title: 1 }, returnDocument: 'after', trusted: trusted({ update: { $set: { moderation: { by, reason, at: new Date() } } } }) });
  }

  async markHelpful(id: ObjectId): Promise<number | undefined> {
    const review = await safeDb(this.coll.db).reviews.findOneAndUpdate({ _id: id, status: 'published' }, {}, { projection: { helpful: 1 }, returnDocument: 'after', trusted: trusted({ update: { $inc: { helpful: 1 } } }) });
    return review?.helpful;
  }

  async report(id: ObjectId, user_id: ObjectId, reason: string): Promise<boolean> {
    // safe-collection: the code reads modifiedCount, which would reveal the stored value of a field that is not filterable: read matchedCount
    const { modifiedCount } = await this.coll.updateOne({ _id: id, 'reports.user_id': { $ne: user_id } }, { $push: { reports: { user_id, reason, at: new Date() } } });
    return modifiedCount === 1;
  }

  async mostReported() {
    // safe-collection: 'reports.0' has a number in its path, which reaches an element of an array
    return await this.coll.find({ 'reports.0': { $exists: true } }).limit(20).toArray();
  }

  async averageOf(product_id: ObjectId): Promise<{ average: number; count: number }> {
    const row = await safeDb(this.coll.db).reviews
      .aggregate([
        { $match: { product_id, status: 'published' } },
        { $group: { _id: null, average: { $avg: '$rating' }, count: { $sum: 1 } } },
        { $project: { average: 1, count: 1 } },
      ])
      .next();
    return { average: row?.average ?? 0, count: row?.count ?? 0 };
  }

  async removeOf(user_id: ObjectId): Promise<number> {
    return (await safeDb(this.coll.db).reviews.deleteMany({ user_id })).deletedCount;
  }
}
