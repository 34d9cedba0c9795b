import type { ObjectId } from 'mongodb';

/** A stored user. `reset_token` was added after the views and schemas were written. */
export interface StoredUser {
  _id: ObjectId;
  username: string;
  age: number;
  password_hash: string;
  internal_role: string;
  profile: { bio: string; ssn: string };
}

/** What a client sends. A cast says that they are a name and an age, as in many services. */
export interface Sent {
  readonly username: string;
  readonly body: { readonly age: number };
}

export const QUESTIONS = {
  byName: 'A user by name, as most code reads it',
  onlyName: 'Only the name',
  profile: 'The profile',
  withoutHash: 'Everything but the hash',
  operator: 'A search by a name that a client sends as `?username[$ne]=`',
  guess: 'How many hashes begin with `$2b`?',
  body: 'A change by a body that a client sends as `{"age":30,"internal_role":"admin"}`',
} as const;

export type Question = keyof typeof QUESTIONS;

/** The calls of a library, written as its own documentation shows. */
export interface Library {
  readonly name: string;
  readonly calls: Readonly<Record<Question, () => Promise<unknown>>>;
  close(): Promise<void>;
}

/** Connects a library to a database, in the way that its documentation shows. */
export type OpenLibrary = (uri: string, database: string, sent: Sent) => Promise<Library>;

/** What a library answers: the JSON that a service would send, or the message of its error. */
export interface Answer {
  readonly library: string;
  /** The source of the call. */
  readonly call: string;
  readonly sent: string;
  readonly isRefused: boolean;
}
