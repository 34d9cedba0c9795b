/** The options among the last arguments of a call. By an index, one that was left out would be looked for on Array.prototype. */
export function givenOptions([options]: readonly unknown[]): unknown {
  return options;
}
