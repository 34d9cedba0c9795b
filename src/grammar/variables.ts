/** The system variables that are the document. */
export const DOCUMENT_VARIABLES = ['ROOT', 'CURRENT'] as const;

/** The system variables that are one value. `$$CLUSTER_TIME` is not one: it moves with writes to private fields. */
export const VALUE_VARIABLES = ['NOW', 'REMOVE'] as const;

export type DocumentVariable = (typeof DOCUMENT_VARIABLES)[number];
export type SystemVariable = DocumentVariable | (typeof VALUE_VARIABLES)[number];
