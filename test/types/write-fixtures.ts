import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

/** A document with every kind of path that a write can name. It is only for the compiler. */
export interface Member {
  _id: ObjectId;
  username: string;
  email: string;
  age?: number;
  credits: number;
  big?: bigint;
  tags: string[];
  scores?: number[];
  grid?: number[][];
  seen_at?: Date | null;
  plan: 'free' | 'paid';
  phrase?: string;
  code: string;
  profile?: { bio?: string; avatar: string; ssn: string };
  home: { city: string; gate_code: string };
  notes?: { text: string; at?: Date }[];
  addresses: { city: string; street?: string; access_code: string }[];
  password_hash: string;
  internal_role: 'user' | 'admin';
  joined_at: Date;
}

/** `phrase` and `code` are writable and neither public nor filterable. */
export const memberView = defineView<Member>()({
  public: {
    username: 1,
    email: 1,
    age: 1,
    credits: 1,
    big: 1,
    tags: 1,
    scores: 1,
    grid: 1,
    seen_at: 1,
    plan: 1,
    joined_at: 1,
    'profile.bio': 1,
    'home.city': 1,
    'notes.text': 1,
    'notes.at': 1,
    'addresses.city': 1,
    'addresses.street': 1,
  },
  writable: {
    username: 1,
    email: 1,
    age: 1,
    credits: 1,
    big: 1,
    tags: 1,
    scores: 1,
    grid: 1,
    seen_at: 1,
    plan: 1,
    phrase: 1,
    code: 1,
    'profile.bio': 1,
    'home.city': 1,
    'notes.text': 1,
    'notes.at': 1,
    'addresses.city': 1,
    'addresses.street': 1,
  },
  arrays: { tags: 1, scores: 1, grid: 2, notes: 1, addresses: 1 },
  defaults: { plan: 'free', joined_at: () => new Date() },
});

/** Everything that it requires may be written by a caller. */
export interface Note {
  _id: ObjectId;
  text: string;
  rev: number;
  made_at: Date;
  pinned?: boolean;
}

export const noteView = defineView<Note>()({
  public: { text: 1, rev: 1, pinned: 1 },
  writable: { text: 1, pinned: 1 },
  version: 'rev',
  timestamps: { createdAt: 'made_at' },
});

export declare const rawMembers: Collection<Member>;
export declare const rawNotes: Collection<Note>;

export const members = new SafeCollection(rawMembers, memberView);
export const notes = new SafeCollection(rawNotes, noteView);

/** `devices` and `keys` are not public. */
export const devices = new SafeCollection(
  {} as Collection<{ name: string; devices?: { label?: string }[]; keys?: string[] }>,
  defineView<{ name: string; devices?: { label?: string }[]; keys?: string[] }>()({
    public: { name: 1 },
    writable: { 'devices.label': 1, keys: 1 },
    arrays: { devices: 1, keys: 1 },
  }),
);

export const carts = new SafeCollection(
  {} as Collection<{ lines: { product: string; quantity: number; note?: string }[] }>,
  defineView<{ lines: { product: string; quantity: number; note?: string }[] }>()({
    public: { 'lines.product': 1, 'lines.quantity': 1 },
    writable: { 'lines.product': 1, 'lines.quantity': 1 },
    arrays: { lines: 1 },
  }),
);
