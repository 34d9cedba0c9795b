import type { Collection, Db, ObjectId } from 'mongodb';

import { getUsersCollection } from '../database.ts';
import type { Address, User } from '../documents.ts';
import { safeDb, wholeUser } from '../collections.ts';
import { op, type SafeFilter, trusted } from 'safe-collection';
import type { userView } from '../views.ts';

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

  async findById(id: ObjectId) {
    // safe-collection: the whole document is passed on here, so all fields that userView makes public are projected: name what is needed
    return await safeDb(this.coll.db).users.findOne({ _id: id, deleted_at: null }, { projection: wholeUser });
  }

  async findByUsername(username: string) {
    // safe-collection: the whole document is passed on here, so all fields that userView makes public are projected: name what is needed
    return await safeDb(this.coll.db).users.findOne({ username, deleted_at: null }, { projection: wholeUser });
  }

  async findForLogin(email: string): Promise<User | null> {
    // safe-collection: the code reads 'password_hash', which userView does not make public: make it public, or read it with a PrivilegedCollection
    return await this.coll.findOne({ email: email.toLowerCase(), deleted_at: null });
  }

  async publicProfile(username: string) {
    return await safeDb(this.coll.db).users.findOne({ username, deleted_at: null }, { projection: { username: 1, display_name: 1, profile: 1, 'loyalty.tier': 1, _id: 1 } });
  }

  async isTaken(username: string, email: string): Promise<boolean> {
    return (await safeDb(this.coll.db).users.countDocuments({ $or: [{ username }, { email: email.toLowerCase() }] }, { limit: 1 })) > 0;
  }

  async insert(user: User): Promise<ObjectId> {
    // safe-collection: the document is in a variable: say which of its fields the caller writes
    const { insertedId } = await this.coll.insertOne(user);
    return insertedId;
  }

  async update(id: ObjectId, patch: ProfilePatch) {
    // safe-collection: the fields of '$set' are in a variable: say which of them the caller writes
    return await this.coll.findOneAndUpdate({ _id: id }, { $set: patch, $currentDate: { updated_at: true } }, { returnDocument: 'after' });
  }

  async addAddress(id: ObjectId, address: Address): Promise<boolean> {
    const { matchedCount } = await safeDb(this.coll.db).users.updateOne({ _id: id, 'addresses.label': op({ $ne: address.label }) }, {}, { trusted: trusted({ update: { $push: { addresses: address }, $set: { updated_at: new Date() } } }) });
    return matchedCount === 1;
  }

  async removeAddress(id: ObjectId, label: string): Promise<boolean> {
    // safe-collection: the code reads modifiedCount, which would reveal the stored value of a field that is not filterable: read matchedCount
    const { modifiedCount } = await this.coll.updateOne({ _id: id }, { $pull: { addresses: { label } } });
    return modifiedCount === 1;
  }

  async moveAddress(id: ObjectId, label: string, city: string, zip: string): Promise<boolean> {
    const { modifiedCount = 0 } = await safeDb(this.coll.db).users.updateOne({ _id: id, 'addresses.label': label }, {}, { trusted: trusted({ update: { $set: { 'addresses.$.city': city, 'addresses.$.zip': zip } } }) });
    return modifiedCount === 1;
  }

  async noteFailedLogin(id: ObjectId): Promise<number> {
    const user = await safeDb(this.coll.db).users.findOneAndUpdate({ _id: id }, {}, { projection: { failed_logins: 1 }, returnDocument: 'after', trusted: trusted({ update: { $inc: { failed_logins: 1 } } }) });
    return user?.failed_logins ?? 0;
  }

  async noteLogin(id: ObjectId, ip: string): Promise<void> {
    await safeDb(this.coll.db).users.updateOne({ _id: id }, {}, { trusted: trusted({ update: { $set: { failed_logins: 0, last_login_ip: ip } } }) });
  }

  async setPassword(id: ObjectId, password_hash: string): Promise<void> {
    await safeDb(this.coll.db).users.updateOne({ _id: id }, {}, { trusted: trusted({ update: { $set: { password_hash, updated_at: new Date() }, $unset: { reset_token_hash: '', reset_expires_at: '' } } }) });
  }

  async startReset(email: string, reset_token_hash: string, reset_expires_at: Date): Promise<boolean> {
    const { matchedCount } = await safeDb(this.coll.db).users.updateOne({ email: email.toLowerCase(), deleted_at: null }, {}, { trusted: trusted({ update: { $set: { reset_token_hash, reset_expires_at } } }) });
    return matchedCount === 1;
  }

  async findByResetToken(reset_token_hash: string) {
    return await safeDb(this.coll.db).users.findOne({ reset_expires_at: op({ $gt: new Date() }) }, { projection: { _id: 1 }, trusted: trusted({ filter: { reset_token_hash } }) });
  }

  async addPoints(id: ObjectId, points: number): Promise<void> {
    await safeDb(this.coll.db).users.updateOne({ _id: id }, {}, { trusted: trusted({ update: { $inc: { 'loyalty.points': points } } }) });
  }

  async softDelete(id: ObjectId): Promise<void> {
    await safeDb(this.coll.db).users.updateOne({ _id: id }, {}, { trusted: trusted({ update: { $set: { deleted_at: new Date(), newsletter: false }, $unset: { payment: '' } } }) });
  }

  async search(filter: SafeFilter<typeof userView>, limit: number, skip: number) {
    // safe-collection: the whole document is passed on here, so all fields that userView makes public are projected: name what is needed
    return await safeDb(this.coll.db).users.find(filter, { projection: wholeUser }).sort({ username: 1 }).skip(skip).limit(limit).toArray();
  }

  async count(filter: SafeFilter<typeof userView>): Promise<number> {
    return await safeDb(this.coll.db).users.countDocuments(filter);
  }

  async usernamesOf(ids: readonly ObjectId[]): Promise<Map<string, string>> {
    const users = await safeDb(this.coll.db).users.find({ _id: op({ $in: [...ids] }) }, { projection: { username: 1, _id: 1 } }).toArray();
    return new Map(users.map(({ _id, username }) => [_id.toHexString(), username]));
  }

  async locales(): Promise<string[]> {
    return await safeDb(this.coll.db).users.distinct('locale', { deleted_at: null });
  }

  async *subscribers(): AsyncGenerator<{ email: string; locale: string }> {
    const cursor = safeDb(this.coll.db).users.find({ newsletter: true, deleted_at: null }, { projection: { email: 1, locale: 1 } }).sort({ email: 1 });
    for await (const { email, locale } of cursor) yield { email, locale };
  }
}
