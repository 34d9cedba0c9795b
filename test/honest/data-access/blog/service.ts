import type { ObjectId } from 'mongodb';
import { withTransaction, type SafeDb } from 'safe-collection';

import type { authorView, postView } from './documents.ts';

export interface Views {
  authors: typeof authorView;
  posts: typeof postView;
}

export class BlogService {
  readonly #db: SafeDb<Views>;
  constructor(db: SafeDb<Views>) {
    this.#db = db;
  }
  withAuthors() {
    return this.#db.posts
      .aggregate([
        { $sort: { slug: 1 } },
        { $lookup: { from: 'authors', localField: 'author', foreignField: '_id', as: 'by' } },
        { $unwind: '$by' },
        { $project: { slug: 1, by: '$by.handle' } },
      ])
      .toArray();
  }
  removeAuthor(_id: ObjectId) {
    return withTransaction(this.#db, async ({ collections: { authors, posts } }) => {
      const { deletedCount } = await posts.deleteMany({ author: _id });
      await authors.updateMany({ followers: _id }, { $pull: { followers: _id } });
      await authors.deleteOne({ _id });
      return deletedCount;
    });
  }
}
