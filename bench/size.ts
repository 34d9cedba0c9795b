/** How much data a run stores, and how long it measures. */
export interface Size {
  readonly users: number;
  readonly orders: number;
  /** The lengths of the lists to read. */
  readonly lists: readonly number[];
  /** Milliseconds for which a lane runs before it is measured, because the code of a service is already compiled. */
  readonly warmUpMs: number;
  /** Milliseconds for each sample. Shorter calls are repeated. */
  readonly sampleMs: number;
  /** Calls over which allocated bytes are counted. */
  readonly allocationCalls: number;
  /** Calls of one run of the mixed load. */
  readonly mixedCalls: number;
  readonly minRounds: number;
  readonly maxRounds: number;
  /** Seconds after which no new round of a piece of work begins, except to reach the minimum number of rounds. */
  readonly secondsPerWork: number;
  /** Processes among which the library's rounds are divided. */
  readonly processes: number;
}

export const WHOLE: Size = {
  users: 100_000,
  orders: 50_000,
  lists: [100, 1_000, 10_000],
  warmUpMs: 1_500,
  sampleMs: 40,
  allocationCalls: 20,
  mixedCalls: 640,
  minRounds: 9,
  maxRounds: 101,
  secondsPerWork: 18,
  processes: 2,
};

/** Runs in seconds to check that everything works. The numbers are meaningless. */
export const QUICK: Size = {
  users: 400,
  orders: 200,
  lists: [100],
  warmUpMs: 3,
  sampleMs: 1,
  allocationCalls: 2,
  mixedCalls: 64,
  minRounds: 2,
  maxRounds: 2,
  secondsPerWork: 1,
  processes: 2,
};
