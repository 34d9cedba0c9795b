import { type Collection, type Db, ObjectId } from 'mongodb';

import type { Session } from '../documents.ts';
import { hashToken, newToken } from '../helpers/secrets.ts';

const WEEK = 7 * 24 * 3_600_000;

export class SessionRepository {
  private readonly coll: Collection<Session>;

  constructor(db: Db) {
    this.coll = db.collection<Session>('sessions');
  }

  async start(user_id: ObjectId, ip: string, user_agent: string): Promise<string> {
    const token = newToken('st');
    await this.coll.insertOne({ _id: new ObjectId(), token_hash: hashToken(token), user_id, created_at: new Date(), expires_at: new Date(Date.now() + WEEK), ip, user_agent });
    return token;
  }

  async userOf(token: string): Promise<ObjectId | undefined> {
    const session = await this.coll.findOne({ token_hash: hashToken(token), expires_at: { $gt: new Date() } });
    return session?.user_id;
  }

  async end(token: string): Promise<boolean> {
    const { deletedCount } = await this.coll.deleteOne({ token_hash: hashToken(token) });
    return deletedCount === 1;
  }

  async endAll(user_id: ObjectId): Promise<number> {
    const { deletedCount } = await this.coll.deleteMany({ user_id });
    return deletedCount;
  }

  async list(user_id: ObjectId) {
    return await this.coll.find({ user_id }).sort({ created_at: -1 }).toArray();
  }

  async removeExpired(now: Date): Promise<number> {
    const { deletedCount } = await this.coll.deleteMany({ expires_at: { $lte: now } });
    return deletedCount;
  }
}
