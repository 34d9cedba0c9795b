/** The schema of a route whose body is a JSON object. The view checks its fields. */
export const JSON_BODY = { body: { type: 'object' } } as const;
