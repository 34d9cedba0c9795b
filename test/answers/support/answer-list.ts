import type { Db } from 'mongodb';

/**
 * Calls whose answers are known: what each sends to the server, and what its caller gets. The answers are kept in `known/<name>.txt`, so a change of
 * what the library does is a change of a line that somebody has to look at.
 */
export interface AnswerList {
  readonly name: string;
  readonly world: AnswerWorld;
  /** The bodies of async functions that return something, as JavaScript. */
  readonly calls: readonly string[];
}

/** What the calls of a list work on. */
export interface AnswerWorld {
  /** Stores the documents. After each call that may have changed some, it does so again for the collections of that call. */
  store(db: Db, only?: ReadonlySet<string>): Promise<void>;
  /** The names that the calls may use, made anew for each of them. */
  names(db: Db): Readonly<Record<string, unknown>>;
}
