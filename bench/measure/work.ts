/** One row of a table: a way to do a piece of work. */
export interface Lane {
  readonly name: string;
  run(): unknown;
}

/** A piece of work that several lanes do. The first lane is what the others are compared with. */
export interface Work {
  readonly name: string;
  readonly lanes: readonly Lane[];
  /** Whether one call takes tens of megabytes. */
  readonly isLarge?: boolean;
  /** Takes away what the lanes stored. */
  readonly clean?: () => Promise<void>;
}

/** What one lane took in one round, for one call. */
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
