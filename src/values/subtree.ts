/**
 * Marks a public path that returns everything below it, for a field whose type has no fixed leaves
 * (`Record<string, T>`, `unknown`). Values that are stored there later are public too.
 *
 * @example
 * defineView<User>()({ public: { username: 1, settings: subtree } });
 */
export const subtree: unique symbol = Symbol('safe-collection.subtree');
