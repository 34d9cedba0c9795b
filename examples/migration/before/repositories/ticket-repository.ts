import type { Collection, Db, Filter, ObjectId } from 'mongodb';

import type { Ticket } from '../documents.ts';

export class TicketRepository {
  private readonly coll: Collection<Ticket>;

  constructor(db: Db) {
    this.coll = db.collection<Ticket>('tickets');
  }

  async insert(ticket: Ticket): Promise<void> {
    await this.coll.insertOne(ticket);
  }

  async findOwn(number: string, user_id: ObjectId) {
    return await this.coll.findOne({ number, user_id }, { projection: { number: 1, subject: 1, status: 1, messages: 1, opened_at: 1 } });
  }

  async listOwn(user_id: ObjectId) {
    const tickets = await this.coll.find({ user_id }).sort({ opened_at: -1 }).toArray();
    return tickets.map(({ number, subject, status, opened_at }) => ({ number, subject, status, opened_at }));
  }

  async inbox(filter: Filter<Ticket>) {
    return await this.coll.find(filter).sort({ priority: -1, opened_at: 1 }).limit(50).toArray();
  }

  async reply(number: string, message: Ticket['messages'][number], status: Ticket['status']) {
    return await this.coll.findOneAndUpdate({ number, status: { $ne: 'closed' } }, { $push: { messages: message }, $set: { status } }, { returnDocument: 'after' });
  }

  async assign(number: string, assignee: string): Promise<boolean> {
    const { matchedCount } = await this.coll.updateOne({ number }, { $set: { assignee }, $addToSet: { internal_tags: 'assigned' } });
    return matchedCount === 1;
  }

  async close(number: string): Promise<boolean> {
    const { modifiedCount } = await this.coll.updateOne({ number, status: { $ne: 'closed' } }, { $set: { status: 'closed', closed_at: new Date() } });
    return modifiedCount === 1;
  }

  async closeAbandoned(before: Date): Promise<number> {
    const { modifiedCount } = await this.coll.updateMany({ status: 'waiting', opened_at: { $lt: before } }, { $set: { status: 'closed', closed_at: new Date() } });
    return modifiedCount;
  }

  async openCount(user_id: ObjectId): Promise<number> {
    return await this.coll.countDocuments({ user_id, status: { $in: ['open', 'waiting'] } });
  }
}
