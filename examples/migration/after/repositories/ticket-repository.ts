import type { Collection, Db, Filter, ObjectId } from 'mongodb';

import type { Ticket } from '../documents.ts';
import { op, trusted } from 'safe-collection';
import { safeDb, wholeTicket } from '../collections.ts';

export class TicketRepository {
  private readonly coll: Collection<Ticket>;

  constructor(db: Db) {
    this.coll = db.collection<Ticket>('tickets');
  }

  async insert(ticket: Ticket): Promise<void> {
    await safeDb(this.coll.db).tickets.insertOne({}, { trusted: trusted({ set: ticket }) });
  }

  async findOwn(number: string, user_id: ObjectId) {
    return await safeDb(this.coll.db).tickets.findOne({ number, user_id }, { projection: { number: 1, subject: 1, status: 1, messages: 1, opened_at: 1, _id: 1 } });
  }

  async listOwn(user_id: ObjectId) {
    const tickets = await safeDb(this.coll.db).tickets.find({ user_id }, { projection: { number: 1, opened_at: 1, status: 1, subject: 1 } }).sort({ opened_at: -1 }).toArray();
    return tickets.map(({ number, subject, status, opened_at }) => ({ number, subject, status, opened_at }));
  }

  async inbox(filter: Filter<Ticket>) {
    // safe-collection: the filter spreads a variable: name its paths here
    return await this.coll.find(filter).sort({ priority: -1, opened_at: 1 }).limit(50).toArray();
  }

  async reply(number: string, message: Ticket['messages'][number], status: Ticket['status']) {
    // safe-collection: the whole document is passed on here, so all fields that ticketView makes public are projected: name what is needed
    return await safeDb(this.coll.db).tickets.findOneAndUpdate({ number, status: op({ $ne: 'closed' }) }, {}, { projection: wholeTicket, returnDocument: 'after', trusted: trusted({ update: { $push: { messages: message }, $set: { status } } }) });
  }

  async assign(number: string, assignee: string): Promise<boolean> {
    const { matchedCount } = await safeDb(this.coll.db).tickets.updateOne({ number }, {}, { trusted: trusted({ update: { $set: { assignee }, $addToSet: { internal_tags: 'assigned' } } }) });
    return matchedCount === 1;
  }

  async close(number: string): Promise<boolean> {
    const { modifiedCount = 0 } = await safeDb(this.coll.db).tickets.updateOne({ number, status: op({ $ne: 'closed' }) }, {}, { trusted: trusted({ update: { $set: { status: 'closed', closed_at: new Date() } } }) });
    return modifiedCount === 1;
  }

  async closeAbandoned(before: Date): Promise<number> {
    const { modifiedCount = 0 } = await safeDb(this.coll.db).tickets.updateMany({ status: 'waiting', opened_at: op({ $lt: before }) }, {}, { trusted: trusted({ update: { $set: { status: 'closed', closed_at: new Date() } } }) });
    return modifiedCount;
  }

  async openCount(user_id: ObjectId): Promise<number> {
    return await safeDb(this.coll.db).tickets.countDocuments({ user_id, status: op({ $in: ['open', 'waiting'] }) });
  }
}
