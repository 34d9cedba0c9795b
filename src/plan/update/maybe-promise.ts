/** A value, or a promise of one if the view's validator is asynchronous. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * A promise of a value that is awaited later, or never if another part of the call is refused first. Until then a rejection must not count as
 * unhandled.
 */
export function settledLater<T>(value: MaybePromise<T>): Promise<T> {
  const settled = Promise.resolve(value);
  settled.catch(() => undefined);
  return settled;
}

/** Applies a function to a value, synchronously unless it is a promise. */
export function afterwards<T, R>(value: MaybePromise<T>, becomes: (value: T) => R): MaybePromise<R> {
  return value instanceof Promise ? value.then(becomes) : becomes(value);
}
