import type { Collection, Db, Filter, ObjectId, UpdateFilter } from 'mongodb';

import { getUsersCollection } from '../database.ts';
import type { Address, User } from '../documents.ts';

export interface ProfilePatch {
  display_name?: string;
  locale?: string;
  newsletter?: boolean;
  profile?: NonNullable<User['profile']>;
}

export class UserRepository {
  private readonly coll: Collection<User>;

  constructor(db: Db) {
    this.coll = getUsersCollection(db);
  }

  async findById(id: ObjectId): Promise<User | null> {
    return await this.coll.findOne({ _id: id, deleted_at: null });
  }

  async findByUsername(username: string) {
    return await this.coll.findOne({ username, deleted_at: null }, { projection: { password_hash: 0, reset_token_hash: 0, internal_notes: 0 } });
  }

  async findForLogin(email: string): Promise<User | null> {
    return await this.coll.findOne({ email: email.toLowerCase(), deleted_at: null });
  }

  async publicProfile(username: string) {
    return await this.coll.findOne({ username, deleted_at: null }, { projection: { username: 1, display_name: 1, profile: 1, 'loyalty.tier': 1 } });
  }

  async isTaken(username: string, email: string): Promise<boolean> {
    return (await this.coll.countDocuments({ $or: [{ username }, { email: email.toLowerCase() }] }, { limit: 1 })) > 0;
  }

  async insert(user: User): Promise<ObjectId> {
    const { insertedId } = await this.coll.insertOne(user);
    return insertedId;
  }

  async update(id: ObjectId, patch: ProfilePatch) {
    return await this.coll.findOneAndUpdate({ _id: id }, { $set: patch, $currentDate: { updated_at: true } }, { returnDocument: 'after' });
  }

  async addAddress(id: ObjectId, address: Address): Promise<boolean> {
    const update: UpdateFilter<User> = { $push: { addresses: address }, $set: { updated_at: new Date() } };
    const { matchedCount } = await this.coll.updateOne({ _id: id, 'addresses.label': { $ne: address.label } }, update);
    return matchedCount === 1;
  }

  async removeAddress(id: ObjectId, label: string): Promise<boolean> {
    const { modifiedCount } = await this.coll.updateOne({ _id: id }, { $pull: { addresses: { label } } });
    return modifiedCount === 1;
  }

  async moveAddress(id: ObjectId, label: string, city: string, zip: string): Promise<boolean> {
    const { modifiedCount } = await this.coll.updateOne(
      { _id: id, 'addresses.label': label },
      { $set: { 'addresses.$.city': city, 'addresses.$.zip': zip } },
    );
    return modifiedCount === 1;
  }

  async noteFailedLogin(id: ObjectId): Promise<number> {
    const user = await this.coll.findOneAndUpdate({ _id: id }, { $inc: { failed_logins: 1 } }, { returnDocument: 'after', projection: { failed_logins: 1 } });
    return user?.failed_logins ?? 0;
  }

  async noteLogin(id: ObjectId, ip: string): Promise<void> {
    await this.coll.updateOne({ _id: id }, { $set: { failed_logins: 0, last_login_ip: ip } });
  }

  async setPassword(id: ObjectId, password_hash: string): Promise<void> {
    await this.coll.updateOne({ _id: id }, { $set: { password_hash, updated_at: new Date() }, $unset: { reset_token_hash: '', reset_expires_at: '' } });
  }

  async startReset(email: string, reset_token_hash: string, reset_expires_at: Date): Promise<boolean> {
    const { matchedCount } = await this.coll.updateOne({ email: email.toLowerCase(), deleted_at: null }, { $set: { reset_token_hash, reset_expires_at } });
    return matchedCount === 1;
  }

  async findByResetToken(reset_token_hash: string) {
    return await this.coll.findOne({ reset_token_hash, reset_expires_at: { $gt: new Date() } });
  }

  async addPoints(id: ObjectId, points: number): Promise<void> {
    await this.coll.updateOne({ _id: id }, { $inc: { 'loyalty.points': points } });
  }

  async softDelete(id: ObjectId): Promise<void> {
    await this.coll.updateOne({ _id: id }, { $set: { deleted_at: new Date(), newsletter: false }, $unset: { payment: '' } });
  }

  async search(filter: Filter<User>, limit: number, skip: number): Promise<User[]> {
    return await this.coll.find(filter).sort({ username: 1 }).skip(skip).limit(limit).toArray();
  }

  async count(filter: Filter<User>): Promise<number> {
    return await this.coll.countDocuments(filter);
  }

  async usernamesOf(ids: readonly ObjectId[]): Promise<Map<string, string>> {
    const users = await this.coll.find({ _id: { $in: [...ids] } }, { projection: { username: 1 } }).toArray();
    return new Map(users.map(({ _id, username }) => [_id.toHexString(), username]));
  }

  async locales(): Promise<string[]> {
    return await this.coll.distinct('locale', { deleted_at: null });
  }

  async *subscribers(): AsyncGenerator<{ email: string; locale: string }> {
    const cursor = this.coll.find({ newsletter: true, deleted_at: null }).sort({ email: 1 });
    for await (const { email, locale } of cursor) yield { email, locale };
  }
}
