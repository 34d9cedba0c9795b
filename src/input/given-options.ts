/** The options in the rest arguments of a call. Destructuring is used because an index could read from Array.prototype. */
export function givenOptions([options]: readonly unknown[]): unknown {
  return options;
}

/** The filter and the options in the rest arguments of a call where both are optional. An explicit `undefined` is not a filter. */
export function givenFilter(rest: readonly unknown[]): readonly [filter: unknown, options: unknown] {
  const [filter, options] = rest;
  return rest.length === 0 ? [{}, undefined] : [filter, options];
}
