/** A value, or a promise of one if the view's validator is asynchronous. */
export type MaybePromise<T> = T | Promise<T>;

/** Applies a function to a value, synchronously unless it is a promise. */
export function afterwards<T, R>(value: MaybePromise<T>, becomes: (value: T) => R): MaybePromise<R> {
  return value instanceof Promise ? value.then(becomes) : becomes(value);
}
