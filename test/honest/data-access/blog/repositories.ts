import type { ObjectId } from 'mongodb';
import { defined, op, trusted, type CollectionOf, type SafeFilter } from 'safe-collection';

import { authorView, postView, type Block, type Post } from './documents.ts';

export interface ListQuery {
  tag?: string | undefined;
  state?: Post['state'] | undefined;
  search?: string | undefined;
  since?: Date | undefined;
  page?: number;
}
export type Comment = { _id: ObjectId; by: string; text: string; at: Date };

const authorCard = authorView.select(['handle', 'bio']);
const postCard = postView.select(['_id', 'slug', 'title', 'tags', 'published_at']);
const PAGE = 10;
const alive = trusted({ filter: { banned_at: null } });

export class AuthorRepository {
  readonly #authors: CollectionOf<typeof authorView>;
  constructor(authors: CollectionOf<typeof authorView>) {
    this.#authors = authors;
  }
  byId(_id: ObjectId) {
    return this.#authors.findOne({ _id }, { projection: authorCard, trusted: alive });
  }
  byHandle(handle: string) {
    return this.#authors.findOne({ handle }, { projection: authorView });
  }
  isTaken(handle: string) {
    return this.#authors.exists({ handle });
  }
  isMailTaken(email: string) {
    return this.#authors.exists(trusted({ email }));
  }
  listByRole(role: 'reader' | 'writer' | 'editor') {
    return this.#authors.find({ role }, { projection: authorCard, sort: { handle: 1 } }).toArray();
  }
  search(text: string, limit?: number) {
    return this.#authors.find({ handle: new RegExp(text, 'i') }, { projection: authorCard, limit }).toArray();
  }
  many(ids: readonly ObjectId[]) {
    return this.#authors.find({ _id: op({ $in: ids }) }, { projection: ['handle'], sort: { handle: 1 } }).toArray();
  }
  followersOf(_id: ObjectId) {
    return this.#authors.find({ followers: _id }, { projection: ['handle'] }).toArray();
  }
  async register(body: { handle: string; email: string; bio?: string }, password_hash: string) {
    const set = { role: 'reader' as const, banned_at: null, password_hash };
    const { insertedId } = await this.#authors.insertOne(
      { ...body, followers: [], settings: {} },
      { trusted: trusted({ set }) },
    );
    return insertedId;
  }
  patch(_id: ObjectId, body: { handle?: string | undefined; bio?: string | undefined }) {
    return this.#authors.updateOne({ _id }, { $set: defined(body) });
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
    return this.#authors.updateOne({ _id }, trusted({ $set: { role: 'editor' } }));
  }
  ban(handle: string) {
    return this.#authors.updateMany({ handle }, trusted({ $set: { banned_at: new Date() } }));
  }
  startReset(email: string, reset_token: string) {
    return this.#authors.updateOne(trusted({ email }), trusted({ $set: { reset_token } }));
  }
  finishReset(reset_token: string, password_hash: string) {
    return this.#authors.updateOne(
      trusted({ reset_token }),
      trusted({ $set: { password_hash }, $unset: { reset_token: 1 } }),
    );
  }
  seen(_id: ObjectId) {
    return this.#authors.findOneAndUpdate({ _id }, trusted({ $set: { last_seen: new Date() } }), {
      projection: ['last_seen'],
      returnDocument: 'after',
    });
  }
  remove(_id: ObjectId) {
    return this.#authors.findOneAndDelete({ _id }, { projection: authorCard });
  }
  purge() {
    return this.#authors.deleteMany(trusted({ banned_at: op({ $ne: null }) }));
  }
  roles() {
    return this.#authors.distinct('role');
  }
  count() {
    return this.#authors.countDocuments({}, { trusted: alive });
  }
  perRole() {
    return this.#authors
      .aggregate([{ $group: { _id: '$role', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }])
      .toArray();
  }
}

export class PostRepository {
  readonly #posts: CollectionOf<typeof postView>;
  constructor(posts: CollectionOf<typeof postView>) {
    this.#posts = posts;
  }
  #filterOf({ tag, state, search, since }: ListQuery): SafeFilter<typeof postView> {
    const filter: SafeFilter<typeof postView> = {};
    if (tag !== undefined) filter.tags = tag;
    if (state !== undefined) filter.state = state;
    if (search !== undefined) filter.title = op({ $regex: search, $options: 'i' });
    if (since !== undefined) filter.published_at = op({ $gte: since });
    return filter;
  }
  bySlug(slug: string) {
    return this.#posts.findOne({ slug }, { projection: postView });
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
    const filter = slug === undefined ? {} : { slug: op({ $gt: slug }) };
    return this.#posts.find(filter, { projection: postCard, sort: { slug: 1 }, limit: PAGE }).toArray();
  }
  of(author: ObjectId) {
    return this.#posts.find({ author }, { projection: ['slug', 'state'], sort: { slug: 1 } }).toArray();
  }
  drafts(author: ObjectId) {
    return this.#posts.find({ author, state: 'draft' }, { projection: ['slug'] }).toArray();
  }
  popular(limit: number) {
    return this.#posts
      .find({ state: 'published' }, { projection: ['slug', 'views'], sort: [['views', -1]], limit })
      .toArray();
  }
  withImages() {
    return this.#posts.find({ blocks: op({ $elemMatch: { kind: 'image' } }) }, { projection: ['slug'] }).toArray();
  }
  uncommented() {
    return this.#posts.countDocuments({ comments: op({ $size: 0 }) });
  }
  async titles() {
    const titles = new Map<string, string>();
    for await (const post of this.#posts.find({}, { projection: ['slug', 'title'] })) titles.set(post.slug, post.title);
    return titles;
  }
  tags() {
    return this.#posts.distinct('tags', { state: 'published' });
  }
  async create(author: ObjectId, body: { slug: string; title: string; tags: string[]; blocks: Block[] }) {
    const post = { ...body, state: 'draft' as const, comments: [], reactions: {}, views: 0 };
    const { document } = await this.#posts.insertOne(post, {
      projection: postCard,
      trusted: trusted({ set: { author } }),
    });
    return document;
  }
  patch(_id: ObjectId, body: { title?: string; tags?: string[] }) {
    return this.#posts.updateOne({ _id }, { $set: body });
  }
  rewrite(_id: ObjectId, blocks: Block[]) {
    return this.#posts.updateOne({ _id }, { $set: { blocks } });
  }
  append(_id: ObjectId, block: Block) {
    return this.#posts.updateOne({ _id }, { $push: { blocks: block } });
  }
  publish(_id: ObjectId) {
    return this.#posts.findOneAndUpdate(
      { _id, state: 'draft' },
      trusted({ $set: { state: 'published', published_at: new Date() } }),
      { projection: postCard, returnDocument: 'after' },
    );
  }
  archive(before: Date) {
    return this.#posts.updateMany({ published_at: op({ $lt: before }) }, { $set: { state: 'archived' } });
  }
  view(slug: string) {
    return this.#posts.updateOne({ slug }, { $inc: { views: 1 } });
  }
  react(_id: ObjectId, emoji: string) {
    const counted: Record<`reactions.${string}`, number> = { [`reactions.${emoji}`]: 1 };
    return this.#posts.updateOne({ _id }, { $inc: counted });
  }
  tag(_id: ObjectId, tags: string[]) {
    return this.#posts.updateOne({ _id }, { $addToSet: { tags: op({ $each: tags }) } });
  }
  untag(tag: string) {
    return this.#posts.updateMany({ tags: tag }, { $pull: { tags: tag } });
  }
  comment(_id: ObjectId, comment: Comment) {
    return this.#posts.updateOne({ _id }, { $push: { comments: op({ $each: [comment], $slice: -100 }) } });
  }
  editComment(_id: ObjectId, comment: ObjectId, text: string) {
    return this.#posts.updateOne({ _id, 'comments._id': comment }, { $set: { 'comments.$.text': text } });
  }
  rename(from: string, to: string) {
    const options = { arrayFilters: [{ 'c.by': from }] };
    return this.#posts.updateMany({ 'comments.by': from }, { $set: { 'comments.$[c].by': to } }, options);
  }
  removeComment(_id: ObjectId, comment: ObjectId) {
    return this.#posts.updateOne({ _id }, { $pull: { comments: { _id: comment } } });
  }
  removeCommentsOf(by: string) {
    return this.#posts.updateMany({ 'comments.by': by }, { $pull: { comments: { by } } });
  }
  note(_id: ObjectId, editor_note: string) {
    return this.#posts.updateOne({ _id }, trusted({ $set: { editor_note } }));
  }
  order(slugs: readonly string[]) {
    return this.#posts.bulkWrite(
      slugs.map((slug, views) => ({ updateOne: { filter: { slug }, update: { $set: { views } } } })),
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
        { $group: { _id: { $month: '$published_at' }, views: { $sum: '$views' }, slugs: { $push: '$slug' } } },
        { $project: { _id: 0, month: '$_id', views: 1, slugs: 1 } },
      ])
      .toArray();
  }
}
