/** The schema of a route whose body is a JSON object. What the object may hold is checked by the view. */
export const JSON_BODY = { body: { type: 'object' } } as const;
