export interface Server {
  readonly uri: string;
  /** One line: which server this is. It holds no credentials. */
  readonly description: string;
  /** The processes that were started for it; none for a server of the user's own. */
  readonly processIds: readonly number[];
  stop(): Promise<void>;
}
