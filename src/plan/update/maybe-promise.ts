/** A value that is there, or comes once the view's validator has answered. */
export type MaybePromise<T> = T | Promise<T>;

/** What a value becomes, at once where it is there. */
export function afterwards<T, R>(value: MaybePromise<T>, becomes: (value: T) => R): MaybePromise<R> {
  return value instanceof Promise ? value.then(becomes) : becomes(value);
}
