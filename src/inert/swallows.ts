/** So many elements are looked for at each call: the arrays that the driver fills for one are seldom longer, but for those of a bulk. */
const FEW = 16;

/**
 * Whether a prototype keeps what is set on objects below it from getting there: it has an accessor at the key, or a value
 * that is read-only. What is defined on an object, as literals, `map` and spread do, gets there in any case.
 */
export function swallows(prototype: object, key: PropertyKey): boolean {
  const property = Object.getOwnPropertyDescriptor(prototype, key);
  return property !== undefined && !(Object.hasOwn(property, 'value') && property.writable === true);
}

/** The first index at which arrays lose what is pushed to them, among so many of the first ones. */
export function swallowedIndex(count = 0): number | undefined {
  const most = Math.max(count, FEW);
  for (let index = 0; index < most; index += 1) {
    if (index in Array.prototype && (swallows(Array.prototype, index) || swallows(Object.prototype, index))) return index;
  }
  return undefined;
}
