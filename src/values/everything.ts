/**
 * Says that `updateMany` or `deleteMany` means every document. An empty filter is refused there, because a filter that
 * lost its keys on the way looks the same.
 *
 * @example
 * await orders.deleteMany(everything);
 */
export const everything: unique symbol = Symbol('safe-collection.everything');
