/** How the documents of a JSON stream are put together: as one array, or as a line for each. */
export const JSON_FORMATS = ['array', 'ndjson'] as const;

/** The options of a cursor's JSON. */
export const JSON_OPTIONS = { json: ['ejson'], jsonStream: ['ejson', 'format'] } as const;

export type JsonFormat = (typeof JSON_FORMATS)[number];
