import type { Collection, Filter, ObjectId } from 'mongodb';

import type { Author, Block, Post } from './documents.ts';

export interface ListQuery {
  tag?: string | undefined;
  state?: Post['state'] | undefined;
  search?: string | undefined;
  since?: Date | undefined;
  page?: number;
}
export type Comment = { _id: ObjectId; by: string; text: string; at: Date };

const authorCard = { _id: 0, handle: 1, bio: 1 } as const;
const postCard = { slug: 1, title: 1, tags: 1, published_at: 1 } as const;
const PAGE = 10;
const alive = { banned_at: null };
const publicAuthor = { _id: 0, handle: 1, role: 1, bio: 1, followers: 1, last_seen: 1, settings: 1 } as const;
const publicPost = { updated_at: 0, editor_note: 0 } as const;

export class AuthorRepository {
  readonly #authors: Collection<Author>;
  constructor(authors: Collection<Author>) {
    this.#authors = authors;
  }
  byId(_id: ObjectId) {
    return this.#authors.findOne({ _id, ...alive }, { projection: authorCard });
  }
  byHandle(handle: string) {
    return this.#authors.findOne({ handle }, { projection: publicAuthor });
  }
  isTaken(handle: string) {
    return this.#authors.findOne({ handle }, { projection: { _id: 1 } }).then((found) => found !== null);
  }
  isMailTaken(email: string) {
    return this.#authors.findOne({ email }, { projection: { _id: 1 } }).then((found) => found !== null);
  }
  listByRole(role: 'reader' | 'writer' | 'editor') {
    return this.#authors.find({ role }, { projection: authorCard, sort: { handle: 1 } }).toArray();
  }
  search(text: string, limit?: number) {
    return this.#authors
      .find({ handle: new RegExp(text, 'i') }, { projection: authorCard, ...(limit !== undefined && { limit }) })
      .toArray();
  }
  many(ids: readonly ObjectId[]) {
    return this.#authors
      .find({ _id: { $in: ids } }, { projection: { _id: 0, handle: 1 }, sort: { handle: 1 } })
      .toArray();
  }
  followersOf(_id: ObjectId) {
    return this.#authors.find({ followers: _id }, { projection: { _id: 0, handle: 1 } }).toArray();
  }
  async register(body: { handle: string; email: string; bio?: string }, password_hash: string) {
    const set = { role: 'reader' as const, banned_at: null, password_hash };
    const author = { ...body, followers: [], settings: {}, ...set } as unknown as Author;
    const { insertedId } = await this.#authors.insertOne(author);
    return insertedId;
  }
  patch(_id: ObjectId, body: { handle?: string | undefined; bio?: string | undefined }) {
    return this.#authors.updateOne({ _id }, { $set: body as Partial<Author> });
  }
  clearBio(_id: ObjectId) {
    return this.#authors.updateOne({ _id }, { $unset: { bio: 1 } });
  }
  follow(_id: ObjectId, follower: ObjectId) {
    return this.#authors.updateOne({ _id }, { $addToSet: { followers: follower } });
  }
  unfollow(_id: ObjectId, follower: ObjectId) {
    return this.#authors.updateOne({ _id }, { $pull: { followers: follower } });
  }
  setting(_id: ObjectId, key: string, value: string) {
    const set: Record<`settings.${string}`, string> = { [`settings.${key}`]: value };
    return this.#authors.updateOne({ _id }, { $set: set });
  }
  resetSettings(_id: ObjectId) {
    return this.#authors.updateOne({ _id }, { $set: { settings: {} } });
  }
  promote(_id: ObjectId) {
    return this.#authors.updateOne({ _id }, { $set: { role: 'editor' } });
  }
  ban(handle: string) {
    return this.#authors.updateMany({ handle }, { $set: { banned_at: new Date() } });
  }
  startReset(email: string, reset_token: string) {
    return this.#authors.updateOne({ email }, { $set: { reset_token } });
  }
  finishReset(reset_token: string, password_hash: string) {
    return this.#authors.updateOne({ reset_token }, { $set: { password_hash }, $unset: { reset_token: 1 } });
  }
  seen(_id: ObjectId) {
    return this.#authors.findOneAndUpdate(
      { _id },
      { $set: { last_seen: new Date() } },
      {
        projection: { _id: 0, last_seen: 1 },
        returnDocument: 'after',
      },
    );
  }
  remove(_id: ObjectId) {
    return this.#authors.findOneAndDelete({ _id }, { projection: authorCard });
  }
  purge() {
    return this.#authors.deleteMany({ banned_at: { $ne: null } });
  }
  roles() {
    return this.#authors.distinct('role');
  }
  count() {
    return this.#authors.countDocuments(alive);
  }
  perRole() {
    return this.#authors
      .aggregate([{ $group: { _id: '$role', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }])
      .toArray();
  }
}

export class PostRepository {
  readonly #posts: Collection<Post>;
  constructor(posts: Collection<Post>) {
    this.#posts = posts;
  }
  #filterOf({ tag, state, search, since }: ListQuery): Filter<Post> {
    const filter: Filter<Post> = {};
    if (tag !== undefined) filter.tags = tag;
    if (state !== undefined) filter.state = state;
    if (search !== undefined) filter.title = { $regex: search, $options: 'i' };
    if (since !== undefined) filter.published_at = { $gte: since };
    return filter;
  }
  bySlug(slug: string) {
    return this.#posts.findOne({ slug }, { projection: publicPost });
  }
  byId(_id: ObjectId) {
    return this.#posts.findOne({ _id }, { projection: postCard });
  }
  list(query: ListQuery) {
    const skip = (query.page ?? 0) * PAGE;
    return this.#posts
      .find(this.#filterOf(query), { projection: postCard, sort: { slug: 1 }, skip, limit: PAGE })
      .toArray();
  }
  total(query: ListQuery) {
    return this.#posts.countDocuments(this.#filterOf(query));
  }
  after(slug: string | undefined) {
    const filter = slug === undefined ? {} : { slug: { $gt: slug } };
    return this.#posts.find(filter, { projection: postCard, sort: { slug: 1 }, limit: PAGE }).toArray();
  }
  of(author: ObjectId) {
    return this.#posts.find({ author }, { projection: { _id: 0, slug: 1, state: 1 }, sort: { slug: 1 } }).toArray();
  }
  drafts(author: ObjectId) {
    return this.#posts.find({ author, state: 'draft' }, { projection: { _id: 0, slug: 1 } }).toArray();
  }
  popular(limit: number) {
    return this.#posts
      .find({ state: 'published' }, { projection: { _id: 0, slug: 1, views: 1 }, sort: [['views', -1]], limit })
      .toArray();
  }
  withImages() {
    return this.#posts
      .find({ blocks: { $elemMatch: { kind: 'image' } } }, { projection: { _id: 0, slug: 1 } })
      .toArray();
  }
  uncommented() {
    return this.#posts.countDocuments({ comments: { $size: 0 } });
  }
  async titles() {
    const titles = new Map<string, string>();
    for await (const post of this.#posts.find({}, { projection: { _id: 0, slug: 1, title: 1 } }))
      titles.set(post.slug, post.title);
    return titles;
  }
  tags() {
    return this.#posts.distinct('tags', { state: 'published' });
  }
  async create(author: ObjectId, body: { slug: string; title: string; tags: string[]; blocks: Block[] }) {
    const post = { ...body, author, state: 'draft', comments: [], reactions: {}, views: 0, updated_at: new Date() };
    const { insertedId } = await this.#posts.insertOne(post as unknown as Post);
    return this.#posts.findOne({ _id: insertedId }, { projection: postCard });
  }
  patch(_id: ObjectId, body: { title?: string; tags?: string[] }) {
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date(), ...body } });
  }
  rewrite(_id: ObjectId, blocks: Block[]) {
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date(), blocks } });
  }
  append(_id: ObjectId, block: Block) {
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date() }, $push: { blocks: block } });
  }
  publish(_id: ObjectId) {
    return this.#posts.findOneAndUpdate(
      { _id, state: 'draft' },
      { $set: { updated_at: new Date(), state: 'published', published_at: new Date() } },
      { projection: postCard, returnDocument: 'after' },
    );
  }
  archive(before: Date) {
    return this.#posts.updateMany(
      { published_at: { $lt: before } },
      { $set: { updated_at: new Date(), state: 'archived' } },
    );
  }
  view(slug: string) {
    return this.#posts.updateOne({ slug }, { $set: { updated_at: new Date() }, $inc: { views: 1 } });
  }
  react(_id: ObjectId, emoji: string) {
    const counted: Record<`reactions.${string}`, number> = { [`reactions.${emoji}`]: 1 };
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date() }, $inc: counted });
  }
  tag(_id: ObjectId, tags: string[]) {
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date() }, $addToSet: { tags: { $each: tags } } });
  }
  untag(tag: string) {
    return this.#posts.updateMany({ tags: tag }, { $set: { updated_at: new Date() }, $pull: { tags: tag } });
  }
  comment(_id: ObjectId, comment: Comment) {
    return this.#posts.updateOne(
      { _id },
      { $set: { updated_at: new Date() }, $push: { comments: { $each: [comment], $slice: -100 } } },
    );
  }
  editComment(_id: ObjectId, comment: ObjectId, text: string) {
    return this.#posts.updateOne(
      { _id, 'comments._id': comment },
      { $set: { updated_at: new Date(), 'comments.$.text': text } },
    );
  }
  rename(from: string, to: string) {
    const options = { arrayFilters: [{ 'c.by': from }] };
    return this.#posts.updateMany(
      { 'comments.by': from },
      { $set: { updated_at: new Date(), 'comments.$[c].by': to } },
      options,
    );
  }
  removeComment(_id: ObjectId, comment: ObjectId) {
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date() }, $pull: { comments: { _id: comment } } });
  }
  removeCommentsOf(by: string) {
    return this.#posts.updateMany(
      { 'comments.by': by },
      { $set: { updated_at: new Date() }, $pull: { comments: { by } } },
    );
  }
  note(_id: ObjectId, editor_note: string) {
    return this.#posts.updateOne({ _id }, { $set: { updated_at: new Date(), editor_note } });
  }
  order(slugs: readonly string[]) {
    return this.#posts.bulkWrite(
      slugs.map((slug, views) => ({
        updateOne: { filter: { slug }, update: { $set: { updated_at: new Date(), views } } },
      })),
    );
  }
  remove(_id: ObjectId) {
    return this.#posts.deleteOne({ _id });
  }
  perTag() {
    return this.#posts
      .aggregate([
        { $match: { state: 'published' } },
        { $unwind: '$tags' },
        { $group: { _id: '$tags', n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
  }
  monthly() {
    return this.#posts
      .aggregate([
        { $match: { state: 'published' } },
        {
          $group: {
            _id: { $month: '$published_at' },
            views: { $sum: '$views' },
            slugs: { $push: '$slug' },
          },
        },
        { $project: { _id: 0, month: '$_id', views: 1, slugs: 1 } },
      ])
      .toArray();
  }
}
