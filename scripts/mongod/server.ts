export interface Server {
  readonly uri: string;
  /** A description of the server in one line, without credentials. */
  readonly description: string;
  /** The processes that were started for it; none for the user's own server. */
  readonly processIds: readonly number[];
  stop(): Promise<void>;
}
