/** The chapters of the results that take nothing but the database, and can be run alone. */
export const OWN_CHAPTERS = ['orders', 'scopes', 'pages', 'ids', 'covered', 'json'] as const;

export type OwnChapter = (typeof OWN_CHAPTERS)[number];

/** All chapters of the results. */
export type Chapter = 'users' | OwnChapter;
