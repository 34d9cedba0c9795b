/** How much data an HTTP benchmark stores, and how long it loads the servers. */
export interface HttpSize {
  readonly users: number;
  /** Seconds for which each server runs each load before it is measured. */
  readonly warmUpSeconds: number;
  /** Seconds of one sample. */
  readonly sampleSeconds: number;
  readonly rounds: number;
  /** How many connections ask at once. */
  readonly connections: readonly number[];
}

export const WHOLE_HTTP: HttpSize = {
  users: 20_000,
  warmUpSeconds: 1.5,
  sampleSeconds: 0.9,
  rounds: 7,
  connections: [1, 64],
};

/** Runs in seconds to check that everything works. The numbers are meaningless. */
export const QUICK_HTTP: HttpSize = {
  users: 1_000,
  warmUpSeconds: 0.01,
  sampleSeconds: 0.01,
  rounds: 2,
  connections: [1, 2],
};
