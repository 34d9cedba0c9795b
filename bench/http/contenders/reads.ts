/** Where the users are. */
export interface Source {
  readonly uri: string;
  readonly database: string;
}

/** What the routes of a server call. Their results are the bodies. */
export interface Reads {
  /** One user by name, three paths. */
  one(username: string): Promise<unknown>;
  /** A list of users, eight paths. */
  list(limit: number): Promise<unknown>;
}

/** Connects a contender. */
export type OpenReads = (source: Source) => Promise<Reads>;
