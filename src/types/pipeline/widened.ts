/** The general type of a constant: `$reduce` starts with a constant, but its result may be another value. */
export type Widened<V> = V extends string
  ? string
  : V extends number
    ? number
    : V extends boolean
      ? boolean
      : V extends readonly (infer E)[]
        ? E[]
        : V;
