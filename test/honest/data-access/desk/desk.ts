import type { ObjectId } from 'mongodb';
import { defined, op, trusted, type CollectionOf, type SafeFilter, type SafeUpdate } from 'safe-collection';

import { agentView, staffView, ticketView, type Agent, type State, type Ticket } from './documents.ts';

export interface Patch {
  subject?: string | undefined;
  priority?: Ticket['priority'] | undefined;
  labels?: string[] | undefined;
}
export interface Query {
  state?: State;
  label?: string;
  priority?: Ticket['priority'];
  text?: string;
}

const row = ticketView.select(['number', 'subject', 'state', 'priority']);
const shown = {
  guest: ticketView.select(['number', 'state']),
  customer: ticketView.select(['number', 'state', 'subject', 'messages']),
} as const;
const orders = { newest: { opened_at: -1 }, urgent: { priority: 1, number: 1 } } as const;
const opening = { state: 'open' as const, agent: null, internal_notes: [], sla_cost: 0 };

function filterOf({ state, label, priority, text }: Query): SafeFilter<typeof ticketView> {
  const parts: SafeFilter<typeof ticketView>[] = [];
  if (state) parts.push({ state });
  if (label) parts.push({ labels: label });
  if (priority) parts.push({ priority });
  if (text) parts.push({ $or: [{ subject: new RegExp(text, 'i') }, { 'messages.text': new RegExp(text, 'i') }] });
  return parts.length > 0 ? { $and: parts } : {};
}

/** What customers do with tickets. */
export const ticketStore = (tickets: CollectionOf<typeof ticketView>) => ({
  get: (number: number) => tickets.findOne({ number }, { projection: ticketView }),
  as: (number: number, role: keyof typeof shown) => tickets.findOne({ number }, { projection: shown[role] }),
  has: (number: number) => tickets.exists({ number }),
  list: (query: Query, order: keyof typeof orders) =>
    tickets.find(filterOf(query), { projection: row, sort: orders[order] }).toArray(),
  page: (query: Query, skip: number, limit?: number) =>
    tickets.find(filterOf(query), { projection: row, sort: { number: 1 }, skip, limit }).toArray(),
  count: (query: Query) => tickets.countDocuments(filterOf(query)),
  of: (customer: ObjectId) => tickets.find({ customer }, { projection: row, sort: [['number', -1]] }).toArray(),
  openOf: (customer: ObjectId) => tickets.countDocuments({ customer, state: op({ $in: ['open', 'waiting'] }) }),
  numbers: async (state: State) =>
    (await tickets.find({ state }, { projection: ['number'] }).toArray()).map(({ number }) => number),
  since: (from: Date, to?: Date) =>
    tickets.find({ opened_at: op({ $gte: from, ...(to && { $lt: to }) }) }, { projection: row }).toArray(),
  unassigned: () => tickets.find({ agent: null }, { projection: row, sort: { number: 1 } }).toArray(),
  unrated: () => tickets.countDocuments({ rating: op({ $exists: false }) }),
  silent: () => tickets.find({ messages: op({ $size: 0 }) }, { projection: ['number'] }).toArray(),
  byField: (key: string, value: string) => {
    const filter: Record<`fields.${string}`, string> = { [`fields.${key}`]: value };
    return tickets.countDocuments(filter);
  },
  labels: () => tickets.distinct('labels'),
  customers: (state: State) => tickets.distinct('customer', { state }),
  open: (customer: ObjectId, number: number, body: { subject: string; contact: { name: string; phone?: string } }) =>
    tickets.insertOne(
      { ...body, priority: 3, labels: [], messages: [], fields: {} },
      { projection: row, trusted: trusted({ set: { ...opening, number, customer } }) },
    ),
  patch: (number: number, body: Patch) => tickets.updateOne({ number }, { $set: defined(body) }),
  contact: (number: number, contact: Ticket['contact']) => tickets.updateOne({ number }, { $set: { contact } }),
  forgetPhone: (number: number) => tickets.updateOne({ number }, { $unset: { 'contact.phone': 1 } }),
  say: (number: number, from: string, text: string) =>
    tickets.updateOne({ number }, { $push: { messages: { from, text, at: new Date() } } }),
  trim: (number: number) => tickets.updateOne({ number }, { $push: { messages: op({ $each: [], $slice: -2 }) } }),
  unsay: (number: number, text: string) => tickets.updateOne({ number }, { $pull: { messages: { text } } }),
  edit: (number: number, from: string, text: string) =>
    tickets.updateOne({ number, 'messages.from': from }, { $set: { 'messages.$.text': text } }),
  rename: (from: string, to: string) =>
    tickets.updateMany(
      { 'messages.from': from },
      { $set: { 'messages.$[m].from': to } },
      { arrayFilters: [{ 'm.from': from }] },
    ),
  label: (number: number, label: string) => tickets.updateOne({ number }, { $addToSet: { labels: label } }),
  labelAll: (number: number, labels: string[]) =>
    tickets.updateOne({ number }, { $addToSet: { labels: op({ $each: labels }) } }),
  unlabel: (number: number, label: string) => tickets.updateOne({ number }, { $pull: { labels: label } }),
  dropLabel: (label: string) => tickets.updateMany({ labels: label }, { $pull: { labels: label } }),
  rate: (number: number, rating: number) =>
    tickets.findOneAndUpdate({ number }, { $set: { rating } }, { projection: ['rating'], returnDocument: 'after' }),
  raise: (number: number) =>
    tickets.updateOne({ number, priority: op({ $gt: 1 }) }, trusted({ $inc: { priority: -1 } })),
  wait: (number: number) => tickets.updateOne({ number }, trusted({ $set: { state: 'waiting' } })),
  close: (number: number) =>
    tickets.updateOne(
      { number, state: op({ $ne: 'closed' }) },
      trusted({ $set: { state: 'closed', closed_at: new Date() } }),
    ),
  reopen: (number: number) =>
    tickets.updateOne({ number }, trusted({ $set: { state: 'open' }, $unset: { closed_at: 1 } })),
  assign: (number: number, agent: ObjectId) => tickets.updateOne({ number }, trusted({ $set: { agent } })),
  release: (agent: ObjectId) => tickets.updateMany(trusted({ agent }), trusted({ $set: { agent: null } })),
  charge: (number: number, cost: number) => tickets.updateOne({ number }, trusted({ $inc: { sla_cost: cost } })),
  remove: (number: number) => tickets.findOneAndDelete({ number }, { projection: row }),
  purge: (before: Date) => tickets.deleteMany(trusted({ state: 'closed', closed_at: op({ $lt: before }) })),
  setPriorities: (all: readonly { number: number; priority: 1 | 2 | 3 }[]) =>
    tickets.bulkWrite(
      all.map(({ number, priority }) => ({ updateOne: { filter: { number }, update: { $set: { priority } } } })),
    ),
  perState: () => tickets.aggregate([{ $group: { _id: '$state', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]).toArray(),
  perLabel: () => tickets.aggregate([{ $unwind: '$labels' }, { $sortByCount: '$labels' }]).toArray(),
  ratings: () =>
    tickets
      .aggregate([
        { $match: { rating: op({ $gte: 1 }) } },
        { $group: { _id: '$priority', mean: { $avg: '$rating' } } },
        { $project: { _id: 0, priority: '$_id', mean: 1 } },
      ])
      .toArray(),
});

/** What staff does. */
export const staffStore = (tickets: CollectionOf<typeof staffView>) => ({
  get: (number: number) => tickets.findOne({ number }, { projection: staffView }),
  queue: (agent: ObjectId) =>
    tickets
      .find({ agent, state: 'open' }, { projection: ['number', 'priority', 'sla_cost'], sort: { priority: 1 } })
      .toArray(),
  note: (number: number, by: ObjectId, text: string) =>
    tickets.updateOne({ number }, { $push: { internal_notes: { by, text } } }),
  set: (number: number, change: { state?: State; priority?: 1 | 2 | 3 }) =>
    tickets.updateOne({ number }, { $set: change }),
  apply: (number: number, update: SafeUpdate<typeof staffView>) => tickets.updateOne({ number }, update),
  costs: () =>
    tickets.aggregate([{ $group: { _id: '$agent', cost: { $sum: '$sla_cost' } } }, { $sort: { cost: -1 } }]).toArray(),
});

/** The agents. */
export const agentStore = (agents: CollectionOf<typeof agentView>) => ({
  get: (_id: ObjectId) => agents.findOne({ _id }, { projection: agentView }),
  team: (team: Agent['team']) =>
    agents.find({ team, active: true }, { projection: ['name'], sort: { name: 1 } }).toArray(),
  idlest: (skill: string) =>
    agents
      .find({ skills: skill, active: true }, { projection: ['name', 'load'], sort: { load: 1, name: 1 }, limit: 1 })
      .toArray(),
  able: (skills: string[]) => agents.countDocuments({ skills: op({ $all: skills }) }),
  hire: (name: string, team: Agent['team'], salary: number) =>
    agents.insertOne({ name, skills: [], active: true }, { trusted: trusted({ set: { team, salary, load: 0 } }) }),
  hireAll: (names: readonly string[]) =>
    agents.insertMany(
      names.map((name) => ({ name, skills: [], active: true })),
      { trusted: trusted({ set: { team: 'first', salary: 1, load: 0 } }) },
    ),
  learn: (_id: ObjectId, skill: string) => agents.updateOne({ _id }, { $addToSet: { skills: skill } }),
  busy: (_id: ObjectId, by: number) => agents.updateOne({ _id }, trusted({ $inc: { load: by } })),
  retire: (_id: ObjectId) => agents.updateOne({ _id }, { $set: { active: false } }),
  raiseAll: (by: number) => agents.updateMany({ active: true }, trusted({ $mul: { salary: by } })),
  fire: (_id: ObjectId) => agents.deleteOne({ _id }),
  skills: () => agents.distinct('skills', { active: true }),
});
