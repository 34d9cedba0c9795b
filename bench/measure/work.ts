/** One row of a table: a way to do a piece of work. */
export interface Lane {
  readonly name: string;
  run(): unknown;
}

/** A piece of work that several lanes do. The others are compared with the first lane. */
export interface Work {
  readonly name: string;
  readonly lanes: readonly Lane[];
  /** Whether one call takes tens of megabytes. */
  readonly isLarge?: boolean;
  /** Removes what the lanes stored. */
  readonly clean?: () => Promise<void>;
}

/** The time of one call of a lane in one round. */
export interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** All samples of one lane, by round: the n-th of each lane belong together. */
export interface LaneSamples {
  readonly lane: string;
  readonly samples: readonly Sample[];
}

export interface WorkSamples {
  readonly work: string;
  readonly lanes: readonly LaneSamples[];
}
