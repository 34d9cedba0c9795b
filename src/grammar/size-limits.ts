/** The highest number of paths in a projection or an update. The work of a server (mongod 6.0.5) grows with their square: 100,000 take a minute. */
export const MOST_PATHS = 10_000;

/** The highest number of conditions in a filter that is sent as expressions: each becomes up to twenty objects. */
export const MOST_CONDITIONS = 1_000;
