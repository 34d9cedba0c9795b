/**
 * The filter of an `updateMany` or `deleteMany` that is meant for every document. An empty filter is refused there, because a
 * filter that lost its keys by mistake looks the same.
 *
 * @example
 * await orders.deleteMany(everything);
 */
export const everything: unique symbol = Symbol('safe-collection.everything');
