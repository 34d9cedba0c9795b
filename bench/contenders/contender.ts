import type { MongoClient } from 'mongodb';

import type { NewUser } from '../data/new-user.ts';

/** Where the data of a contender are. */
export interface Place {
  readonly uri: string;
  readonly database: string;
  /** Shared by the contenders that use the driver itself, because a busier connection answers sooner. Its opener closes it. */
  readonly client: MongoClient;
  /** The collection for its inserts. */
  readonly scratch: string;
}

/** The calls of a contender, written as its own documentation shows. A contender without a call is left out of that table. */
export interface Calls {
  findOne(username: string): Promise<unknown>;
  narrow(limit: number): Promise<readonly unknown[]>;
  wide(limit: number): Promise<readonly unknown[]>;
  /** Reads a number of documents with `for await`, and counts them. */
  iterate(limit: number): Promise<number>;
  insertOne(user: NewUser): Promise<unknown>;
  insertMany(users: readonly NewUser[]): Promise<unknown>;
  updateOne(username: string, age: number): Promise<unknown>;
  findOneAndUpdate(username: string, age: number): Promise<unknown>;
  /** The newest users, through a pipeline. */
  aggregate(limit: number): Promise<readonly unknown[]>;
  countDocuments(age: number): Promise<number>;
}

/** A library or a way of calling that is compared. */
export interface Contender {
  readonly name: string;
  readonly calls: Partial<Calls>;
  /** Closes its own connection, if it has one. */
  close?(): Promise<void>;
}

/** Connects a contender. */
export type OpenContender = (place: Place) => Promise<readonly Contender[]>;
