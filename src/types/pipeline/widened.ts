/** A constant as the type of what may be put in its place: the start of a `$reduce` is not its end. */
export type Widened<V> = V extends string
  ? string
  : V extends number
    ? number
    : V extends boolean
      ? boolean
      : V extends readonly (infer E)[]
        ? E[]
        : V;
