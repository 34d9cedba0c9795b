import type { Db, MongoClient, ObjectId } from 'mongodb';

import type { Author, Post } from './documents.ts';

export class BlogService {
  readonly #db: Db;
  readonly #client: MongoClient;
  constructor(db: Db, client: MongoClient) {
    this.#db = db;
    this.#client = client;
  }
  withAuthors() {
    return this.#db
      .collection<Post>('posts')
      .aggregate<{ slug: string; by: string }>([
        { $sort: { slug: 1 } },
        { $lookup: { from: 'authors', localField: 'author', foreignField: '_id', as: 'by' } },
        { $unwind: '$by' },
        { $project: { _id: 0, slug: 1, by: '$by.handle' } },
      ])
      .toArray();
  }
  removeAuthor(_id: ObjectId) {
    const [authors, posts] = [this.#db.collection<Author>('authors'), this.#db.collection<Post>('posts')];
    return this.#client.withSession((session) =>
      session.withTransaction(async () => {
        const { deletedCount } = await posts.deleteMany({ author: _id }, { session });
        await authors.updateMany({ followers: _id }, { $pull: { followers: _id } }, { session });
        await authors.deleteOne({ _id }, { session });
        return deletedCount;
      }),
    );
  }
}
