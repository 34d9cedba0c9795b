/** The system variables whose value is the document. */
export const DOCUMENT_VARIABLES = ['ROOT', 'CURRENT'] as const;

/** The system variables whose value is a scalar. `$$CLUSTER_TIME` is not listed: it changes with writes to private fields. */
export const VALUE_VARIABLES = ['NOW', 'REMOVE'] as const;

export type DocumentVariable = (typeof DOCUMENT_VARIABLES)[number];
export type SystemVariable = DocumentVariable | (typeof VALUE_VARIABLES)[number];
