/** The fields of a write concern. */
export const WRITE_CONCERN_FIELDS = ['w', 'journal', 'wtimeoutMS'] as const;

export type WriteConcernField = (typeof WRITE_CONCERN_FIELDS)[number];
