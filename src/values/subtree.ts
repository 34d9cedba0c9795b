/**
 * Marks a public path that returns all that is below it: for a field whose type has no fixed leaves
 * (`Record<string, T>`, `unknown`). Whatever is stored there later is public too.
 *
 * @example
 * defineView<User>()({ public: { username: 1, settings: subtree } });
 */
export const subtree: unique symbol = Symbol('safe-collection.subtree');
