import type { ObjectId } from 'mongodb';
import { defineView, subtree } from 'safe-collection';

export type State = 'open' | 'waiting' | 'closed';

export interface Ticket {
  _id: ObjectId;
  number: number;
  subject: string;
  state: State;
  priority: 1 | 2 | 3;
  customer: ObjectId;
  agent: ObjectId | null;
  labels: string[];
  messages: { from: string; text: string; at: Date }[];
  fields: Record<string, string | number>;
  contact: { name: string; phone?: string };
  rating?: number;
  opened_at: Date;
  closed_at?: Date;
  internal_notes: { by: ObjectId; text: string }[];
  sla_cost: number;
}

export interface Agent {
  _id: ObjectId;
  name: string;
  team: 'first' | 'second';
  active: boolean;
  load: number;
  skills: string[];
  salary: number;
}

const leaves = {
  subject: 1,
  priority: 1,
  labels: 1,
  fields: subtree,
  rating: 1,
  'contact.name': 1,
  'contact.phone': 1,
  'messages.from': 1,
  'messages.text': 1,
  'messages.at': 1,
} as const;
const arrays = { labels: 1, messages: 1 } as const;

export const ticketView = defineView<Ticket>()({
  name: 'tickets',
  public: { number: 1, state: 1, customer: 1, opened_at: 1, closed_at: 1, ...leaves },
  writable: leaves,
  filterable: { agent: 1 },
  arrays,
  whole: { messages: 1 },
  timestamps: { createdAt: 'opened_at' },
});

/** What staff sees of a ticket. */
export const staffView = defineView<Ticket>()({
  name: 'tickets',
  public: {
    number: 1,
    state: 1,
    customer: 1,
    agent: 1,
    opened_at: 1,
    sla_cost: 1,
    'internal_notes.by': 1,
    'internal_notes.text': 1,
    ...leaves,
  },
  writable: { state: 1, 'internal_notes.by': 1, 'internal_notes.text': 1, ...leaves },
  arrays: { ...arrays, internal_notes: 1 },
});

export const agentView = defineView<Agent>()({
  name: 'agents',
  public: { name: 1, team: 1, active: 1, load: 1, skills: 1 },
  writable: { name: 1, skills: 1, active: 1 },
  arrays: { skills: 1 },
});
