/** The options among the last arguments of a call. By an index, one that was left out would be looked for on Array.prototype. */
export function givenOptions([options]: readonly unknown[]): unknown {
  return options;
}

/** The filter and the options among the last arguments of a call that may do without both. An `undefined` that was passed is no filter. */
export function givenFilter(rest: readonly unknown[]): readonly [filter: unknown, options: unknown] {
  const [filter, options] = rest;
  return rest.length === 0 ? [{}, undefined] : [filter, options];
}
