/** The value at a key of what was written, without the `undefined` of a key that may be left out. */
export type GivenAt<T, K extends keyof T> = undefined extends T[K]
  ? {} extends Pick<T, K>
    ? Exclude<T[K], undefined>
    : T[K]
  : T[K];
