import type { MongoClient } from 'mongodb';

import type { NewUser } from '../data/new-user.ts';

/** Where a contender finds its data. */
export interface Place {
  readonly uri: string;
  readonly database: string;
  /** For those who use the driver itself: a connection that is used more often answers sooner. Whoever opened it closes it. */
  readonly client: MongoClient;
  /** The collection for what it inserts. */
  readonly scratch: string;
}

/** What each contender does, in the way that its own documentation shows. One that lacks a call takes no part in it. */
export interface Calls {
  findOne(username: string): Promise<unknown>;
  narrow(limit: number): Promise<readonly unknown[]>;
  wide(limit: number): Promise<readonly unknown[]>;
  /** Reads so many documents with `for await`, and counts them. */
  iterate(limit: number): Promise<number>;
  insertOne(user: NewUser): Promise<unknown>;
  insertMany(users: readonly NewUser[]): Promise<unknown>;
  updateOne(username: string, age: number): Promise<unknown>;
  findOneAndUpdate(username: string, age: number): Promise<unknown>;
  /** The newest users, through a pipeline. */
  aggregate(limit: number): Promise<readonly unknown[]>;
  countDocuments(age: number): Promise<number>;
}

/** One of those that are compared. */
export interface Contender {
  readonly name: string;
  readonly calls: Partial<Calls>;
  /** Where it has a connection of its own. */
  close?(): Promise<void>;
}

/** Connects a contender. */
export type OpenContender = (place: Place) => Promise<readonly Contender[]>;
