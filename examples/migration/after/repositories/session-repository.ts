import { type Collection, type Db, ObjectId } from 'mongodb';

import type { Session } from '../documents.ts';
import { hashToken, newToken } from '../helpers/secrets.ts';
import { op, trusted } from 'safe-collection';
import { safeDb, wholeSession } from '../collections.ts';

const WEEK = 7 * 24 * 3_600_000;

export class SessionRepository {
  private readonly coll: Collection<Session>;

  constructor(db: Db) {
    this.coll = db.collection<Session>('sessions');
  }

  async start(user_id: ObjectId, ip: string, user_agent: string): Promise<string> {
    const token = newToken('st');
    await safeDb(this.coll.db).sessions.insertOne({}, { trusted: trusted({ set: { _id: new ObjectId(), token_hash: hashToken(token), user_id, created_at: new Date(), expires_at: new Date(Date.now() + WEEK), ip, user_agent } }) });
    return token;
  }

  async userOf(token: string): Promise<ObjectId | undefined> {
    const session = await safeDb(this.coll.db).sessions.findOne({ expires_at: op({ $gt: new Date() }) }, { projection: { user_id: 1 }, trusted: trusted({ filter: { token_hash: hashToken(token) } }) });
    return session?.user_id;
  }

  async end(token: string): Promise<boolean> {
    const { deletedCount } = await safeDb(this.coll.db).sessions.deleteOne({}, { trusted: trusted({ filter: { token_hash: hashToken(token) } }) });
    return deletedCount === 1;
  }

  async endAll(user_id: ObjectId): Promise<number> {
    const { deletedCount } = await safeDb(this.coll.db).sessions.deleteMany({ user_id });
    return deletedCount;
  }

  async list(user_id: ObjectId) {
    // safe-collection: the whole document is passed on here, so all fields that sessionView makes public are projected: name what is needed
    return await safeDb(this.coll.db).sessions.find({ user_id }, { projection: wholeSession }).sort({ created_at: -1 }).toArray();
  }

  async removeExpired(now: Date): Promise<number> {
    const { deletedCount } = await safeDb(this.coll.db).sessions.deleteMany({ expires_at: op({ $lte: now }) });
    return deletedCount;
  }
}
