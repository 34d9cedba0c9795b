/** The value at a key, without the `undefined` of an optional key. */
export type GivenAt<T, K extends keyof T> = undefined extends T[K]
  ? {} extends Pick<T, K>
    ? Exclude<T[K], undefined>
    : T[K]
  : T[K];
