/** The highest number of paths in a projection or an update. The work of a server (mongod 6.0.5) grows with their square: 100,000 take a minute. */
export const MOST_PATHS = 10_000;

/** The highest number of conditions in a filter that is sent as expressions: each becomes up to twenty objects. */
export const MOST_CONDITIONS = 1_000;

/** The highest number of fields in a path, if each of them may hold an array: each becomes a loop of the expression, and the server limits how deep those are nested. */
export const MOST_STEPS = 20;

/** The highest number of paths in a sort: the server's own limit (mongod 6.0.5, code 13103). */
export const MOST_SORT_KEYS = 32;
